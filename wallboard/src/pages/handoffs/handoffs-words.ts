import { useAreaWords } from '../../app/area-words.ts';
import { handoffsEnglish } from '../../lib/messages/handoffs/en.ts';
import { handoffsChinese, type HandoffsMessageKey } from '../../lib/messages/handoffs/zh-CN.ts';
import type { Translate } from '../../lib/messages/translator.ts';

/** The texts of this page. */
export function useHandoffsWords(): Translate<HandoffsMessageKey> {
  return useAreaWords({ chinese: handoffsChinese, english: handoffsEnglish });
}
