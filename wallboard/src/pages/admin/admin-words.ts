import { useAreaWords } from '../../app/area-words.ts';
import { adminEnglish } from '../../lib/messages/admin/en.ts';
import { adminChinese, type AdminMessageKey } from '../../lib/messages/admin/zh-CN.ts';
import type { Translate } from '../../lib/messages/translator.ts';

export type AdminTranslate = Translate<AdminMessageKey>;

/** The texts of these pages. */
export function useAdminWords(): AdminTranslate {
  return useAreaWords({ chinese: adminChinese, english: adminEnglish });
}
