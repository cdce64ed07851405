import { useAreaWords } from '../../app/area-words.ts';
import { changeEnglish } from '../../lib/messages/change/en.ts';
import { changeChinese, type ChangeMessageKey } from '../../lib/messages/change/zh-CN.ts';
import type { Translate } from '../../lib/messages/translator.ts';

/** The texts of these pages. */
export function useChangeWords(): Translate<ChangeMessageKey> {
  return useAreaWords({ chinese: changeChinese, english: changeEnglish });
}
