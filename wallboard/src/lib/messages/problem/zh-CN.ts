/** What the pages of this area say, as ICU messages. English must have exactly these keys. */
export const problemChinese = {
  'title': '问题',
} as const satisfies Readonly<Record<string, string>>;

export type ProblemMessageKey = keyof typeof problemChinese;
