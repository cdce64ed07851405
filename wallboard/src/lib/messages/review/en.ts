import type { ReviewMessageKey } from './zh-CN.ts';

export const reviewEnglish: Readonly<Record<ReviewMessageKey, string>> = {
  'title': 'Incident reviews',
};
