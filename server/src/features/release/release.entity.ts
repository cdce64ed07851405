/** Every table of this feature. */
export const RELEASE_ENTITIES: readonly object[] = [];
