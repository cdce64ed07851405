import type { VendorMessageKey } from './zh-CN.ts';

export const vendorEnglish: Readonly<Record<VendorMessageKey, string>> = {
  'title': 'Vendor cases',
};
