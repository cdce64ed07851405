import { scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';
import { newSecret } from '../time/new-secret.ts';

/** About 80 ms and 32 MB for each try on the machine that this was set on. Kept in the hash, so that it can be raised later. */
const COST = { N: 2 ** 15, r: 8, p: 1 } as const;
const KEY_BYTES = 32;
const MEMORY_LIMIT = 96 * 1024 * 1024;

/** `scrypt$N$r$p$salt$key`, to be stored in place of the password. */
export async function hashPassword(password: string): Promise<string> {
  const salt = newSecret();
  const key = await derive(password, salt, COST);
  return ['scrypt', COST.N, COST.r, COST.p, salt, key.toString('base64url')].join('$');
}

/**
 * Whether that is the password. Without a stored hash (no such person, or one who never got a password) it takes as long
 * and says no, so that the time of an answer does not tell which e-mail addresses exist.
 */
export async function passwordMatches(password: string, stored: string | null): Promise<boolean> {
  const [scheme, N, r, p, salt, key] = (stored ?? NOBODY).split('$');
  if (scheme !== 'scrypt' || salt === undefined || key === undefined) return false;
  const expected = Buffer.from(key, 'base64url');
  const given = await derive(password, salt, { N: Number(N), r: Number(r), p: Number(p) });
  return stored !== null && expected.length === given.length && timingSafeEqual(expected, given);
}

const NOBODY = ['scrypt', COST.N, COST.r, COST.p, 'nobody', Buffer.alloc(KEY_BYTES).toString('base64url')].join('$');

function derive(password: string, salt: string, cost: ScryptOptions): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  // The same password typed on two keyboards may arrive in two Unicode forms.
  scrypt(password.normalize('NFKC'), salt, KEY_BYTES, { ...cost, maxmem: MEMORY_LIMIT }, (error, key) => (error ? reject(error) : resolve(key)));
  return promise;
}
