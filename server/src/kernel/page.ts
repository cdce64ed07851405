import { Refusal } from './refusal.ts';

export const PAGE_LIMIT = 100;

/** A keyset page: at most 100 rows after an opaque cursor. */
export interface PageRequest {
  readonly first: number;
  readonly after: string | null;
}

export function pageRequest(first: number | null | undefined, after: string | null | undefined): PageRequest {
  const size = first ?? 50;
  if (!Number.isInteger(size) || size < 1 || size > PAGE_LIMIT) {
    throw new Refusal('OUT_OF_RANGE', `"first" must be 1–${PAGE_LIMIT}, got ${size}.`, 'first');
  }
  return { first: size, after: after ?? null };
}
