/** Every table of this feature. */
export const VENDOR_ENTITIES: readonly object[] = [];
