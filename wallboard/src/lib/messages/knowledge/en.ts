import type { KnowledgeMessageKey } from './zh-CN.ts';

export const knowledgeEnglish: Readonly<Record<KnowledgeMessageKey, string>> = {
  'title': 'Knowledge',
};
