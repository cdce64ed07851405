/** Every table of this feature. */
export const REVIEW_ENTITIES: readonly object[] = [];
