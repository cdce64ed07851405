/** Every table of this feature. */
export const CHANGE_ENTITIES: readonly object[] = [];
