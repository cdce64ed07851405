import { createHash } from 'node:crypto';

/** What is stored of a session or API token. Tokens are 256 random bits, so a plain digest cannot be searched backwards. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
