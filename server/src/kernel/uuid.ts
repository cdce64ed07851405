import { Refusal } from './refusal.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** An id as this API gives them; anything else is refused before it reaches the database (API-02). */
export function requireUuid(id: string, field = 'id'): string {
  if (isUuid(id)) return id;
  throw new Refusal('INVALID_INPUT', `"${field}" must be an id that this API gave, got "${id.slice(0, 60)}".`, field);
}

export function isUuid(text: string): boolean {
  return UUID.test(text);
}
