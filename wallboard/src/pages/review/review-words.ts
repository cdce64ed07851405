import { useAreaWords } from '../../app/area-words.ts';
import { reviewEnglish } from '../../lib/messages/review/en.ts';
import { reviewChinese, type ReviewMessageKey } from '../../lib/messages/review/zh-CN.ts';
import type { Translate } from '../../lib/messages/translator.ts';

/** The texts of these pages. */
export function useReviewWords(): Translate<ReviewMessageKey> {
  return useAreaWords({ chinese: reviewChinese, english: reviewEnglish });
}
