/** What the pages of this area say, as ICU messages. English must have exactly these keys. */
export const changeChinese = {
  'title': '变更',
} as const satisfies Readonly<Record<string, string>>;

export type ChangeMessageKey = keyof typeof changeChinese;
