import { useAreaWords } from '../../app/area-words.ts';
import { vendorEnglish } from '../../lib/messages/vendor/en.ts';
import { vendorChinese, type VendorMessageKey } from '../../lib/messages/vendor/zh-CN.ts';
import type { Translate } from '../../lib/messages/translator.ts';

/** The texts of these pages. */
export function useVendorWords(): Translate<VendorMessageKey> {
  return useAreaWords({ chinese: vendorChinese, english: vendorEnglish });
}
