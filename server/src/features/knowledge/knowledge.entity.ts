/** Every table of this feature. */
export const KNOWLEDGE_ENTITIES: readonly object[] = [];
