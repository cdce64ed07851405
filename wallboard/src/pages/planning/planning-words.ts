import { useAreaWords } from '../../app/area-words.ts';
import { planningEnglish } from '../../lib/messages/planning/en.ts';
import { planningChinese, type PlanningMessageKey } from '../../lib/messages/planning/zh-CN.ts';
import type { Translate } from '../../lib/messages/translator.ts';

/** The texts of these pages. */
export function usePlanningWords(): Translate<PlanningMessageKey> {
  return useAreaWords({ chinese: planningChinese, english: planningEnglish });
}
