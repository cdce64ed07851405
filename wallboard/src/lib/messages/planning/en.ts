import type { PlanningMessageKey } from './zh-CN.ts';

export const planningEnglish: Readonly<Record<PlanningMessageKey, string>> = {
  'title': 'Change calendar',
};
