import { useAreaWords } from '../../app/area-words.ts';
import { releaseEnglish } from '../../lib/messages/release/en.ts';
import { releaseChinese, type ReleaseMessageKey } from '../../lib/messages/release/zh-CN.ts';
import type { Translate } from '../../lib/messages/translator.ts';

/** The texts of these pages. */
export function useReleaseWords(): Translate<ReleaseMessageKey> {
  return useAreaWords({ chinese: releaseChinese, english: releaseEnglish });
}
