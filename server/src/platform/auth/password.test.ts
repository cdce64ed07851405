import { expect, test } from 'vitest';
import { hashPassword, passwordMatches } from './password.ts';
import { tokenHash } from './token-hash.ts';

test('ORG-04 a password matches its own digest only, and two digests of one password differ', async () => {
  const [one, two] = [await hashPassword('correct horse 9'), await hashPassword('correct horse 9')];
  expect(one).not.toBe(two);
  expect([await passwordMatches('correct horse 9', one), await passwordMatches('correct horse 8', one)]).toEqual([true, false]);
});

test('ORG-04 a password typed in another Unicode form is the same password', async () => {
  expect(await passwordMatches('pa\u0301ssword', await hashPassword('p\u00e1ssword'))).toBe(true);
});

test('ORG-04 nobody signs in without a stored digest, nor with a broken one', async () => {
  expect([await passwordMatches('', null), await passwordMatches('x', 'scrypt$1'), await passwordMatches('x', 'plain$x')]).toEqual([false, false, false]);
});

test('ORG-04 a token is stored as its sha256', () => {
  expect(tokenHash('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});
