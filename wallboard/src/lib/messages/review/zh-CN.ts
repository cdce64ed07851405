/** What the pages of this area say, as ICU messages. English must have exactly these keys. */
export const reviewChinese = {
  'title': '事件回顾',
} as const satisfies Readonly<Record<string, string>>;

export type ReviewMessageKey = keyof typeof reviewChinese;
