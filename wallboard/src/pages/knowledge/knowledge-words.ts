import { useAreaWords } from '../../app/area-words.ts';
import { knowledgeEnglish } from '../../lib/messages/knowledge/en.ts';
import { knowledgeChinese, type KnowledgeMessageKey } from '../../lib/messages/knowledge/zh-CN.ts';
import type { Translate } from '../../lib/messages/translator.ts';

/** The texts of these pages. */
export function useKnowledgeWords(): Translate<KnowledgeMessageKey> {
  return useAreaWords({ chinese: knowledgeChinese, english: knowledgeEnglish });
}
