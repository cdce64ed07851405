import { randomBytes } from 'node:crypto';

/** A password or token nobody can guess: 192 bits, in letters, digits, `-` and `_`. */
export function newSecret(): string {
  return randomBytes(24).toString('base64url');
}
