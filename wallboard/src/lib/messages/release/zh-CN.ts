/** What the pages of this area say, as ICU messages. English must have exactly these keys. */
export const releaseChinese = {
  'title': '发布',
} as const satisfies Readonly<Record<string, string>>;

export type ReleaseMessageKey = keyof typeof releaseChinese;
