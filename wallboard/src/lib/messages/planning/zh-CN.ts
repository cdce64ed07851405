/** What the pages of this area say, as ICU messages. English must have exactly these keys. */
export const planningChinese = {
  'title': '变更日历',
} as const satisfies Readonly<Record<string, string>>;

export type PlanningMessageKey = keyof typeof planningChinese;
