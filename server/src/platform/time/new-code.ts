import { randomInt } from 'node:crypto';

/** A code for people to read and type: so many characters of the alphabet, each equally likely. */
export function newCode(alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join('');
}
