/** SQL that reads a timestamptz column as an Instant: milliseconds since the epoch, null as null. */
export const ms = (column: string): string => `(extract(epoch from ${column}) * 1000)::float8`;
