import { useAreaWords } from '../../app/area-words.ts';
import { onCallEnglish } from '../../lib/messages/on-call/en.ts';
import { onCallChinese, type OnCallMessageKey } from '../../lib/messages/on-call/zh-CN.ts';
import type { Translate } from '../../lib/messages/translator.ts';

/** The texts of these pages. */
export function useOnCallWords(): Translate<OnCallMessageKey> {
  return useAreaWords({ chinese: onCallChinese, english: onCallEnglish });
}
