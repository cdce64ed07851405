import type { ProblemMessageKey } from './zh-CN.ts';

export const problemEnglish: Readonly<Record<ProblemMessageKey, string>> = {
  'title': 'Problems',
};
