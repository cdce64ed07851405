/** What the pages of this area say, as ICU messages. English must have exactly these keys. */
export const vendorChinese = {
  'title': '原厂工单',
} as const satisfies Readonly<Record<string, string>>;

export type VendorMessageKey = keyof typeof vendorChinese;
