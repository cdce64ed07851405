/** What the pages of this area say, as ICU messages. English must have exactly these keys. */
export const knowledgeChinese = {
  'title': '知识库',
} as const satisfies Readonly<Record<string, string>>;

export type KnowledgeMessageKey = keyof typeof knowledgeChinese;
