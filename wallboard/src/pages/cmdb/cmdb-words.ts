import { useAreaWords } from '../../app/area-words.ts';
import { cmdbEnglish } from '../../lib/messages/cmdb/en.ts';
import { cmdbChinese, type CmdbMessageKey } from '../../lib/messages/cmdb/zh-CN.ts';
import type { Translate } from '../../lib/messages/translator.ts';

/** The texts of these pages. */
export function useCmdbWords(): Translate<CmdbMessageKey> {
  return useAreaWords({ chinese: cmdbChinese, english: cmdbEnglish });
}
