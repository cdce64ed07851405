import { useAreaWords } from '../../app/area-words.ts';
import { myEnglish } from '../../lib/messages/my/en.ts';
import { myChinese, type MyMessageKey } from '../../lib/messages/my/zh-CN.ts';
import type { Translate } from '../../lib/messages/translator.ts';

/** The texts of these pages. */
export function useMyWords(): Translate<MyMessageKey> {
  return useAreaWords({ chinese: myChinese, english: myEnglish });
}

export type MyTranslate = Translate<MyMessageKey>;
