/** Every table of this feature. */
export const METRICS_ENTITIES: readonly object[] = [];
