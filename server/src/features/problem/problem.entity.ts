/** Every table of this feature. */
export const PROBLEM_ENTITIES: readonly object[] = [];
