import { randomBytes } from 'node:crypto';

/** A password or token nobody can guess: 256 bits, in letters, digits, `-` and `_`. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}
