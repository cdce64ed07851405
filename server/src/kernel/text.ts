import { Refusal } from './refusal.ts';

/** A text that somebody must give: trimmed, not empty, at most `most` characters. */
export function requiredText(value: string | null | undefined, field: string, most = 200): string {
  const text = optionalText(value, field, most);
  if (text === null) throw new Refusal('MISSING_FIELD', `"${field}" must be given: 1–${most} characters.`, field);
  return text;
}

/** A text that may be left out; blank is the same as none. */
export function optionalText(value: string | null | undefined, field: string, most = 200): string | null {
  const text = value?.trim() ?? '';
  if (text.length > most) throw new Refusal('TOO_LARGE', `"${field}" must be at most ${most} characters, got ${text.length}.`, field);
  return text === '' ? null : text;
}
