/** What the pages of this area say, as ICU messages. English must have exactly these keys. */
export const cmdbChinese = {
  'title': '配置项',
} as const satisfies Readonly<Record<string, string>>;

export type CmdbMessageKey = keyof typeof cmdbChinese;
