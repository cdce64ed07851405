import { useAreaWords } from '../../app/area-words.ts';
import { problemEnglish } from '../../lib/messages/problem/en.ts';
import { problemChinese, type ProblemMessageKey } from '../../lib/messages/problem/zh-CN.ts';
import type { Translate } from '../../lib/messages/translator.ts';

/** The texts of these pages. */
export function useProblemWords(): Translate<ProblemMessageKey> {
  return useAreaWords({ chinese: problemChinese, english: problemEnglish });
}
