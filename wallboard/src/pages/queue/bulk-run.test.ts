import { expect, test } from 'vitest';
import { retryBulk, runBulk, type BulkAnswer, type BulkItem } from './bulk-run.ts';

const items = (count: number): BulkItem[] => Array.from({ length: count }, (_, index) => ({ id: `i${index}`, version: 1 }));

/** A server that refuses some, and falls silent for some requests. */
function server(refuses: ReadonlySet<string>, silent: readonly number[] = []) {
  const asked: { readonly ids: readonly string[]; readonly versions: readonly number[]; readonly key: string }[] = [];
  let keys = 0;
  const send = async (part: readonly BulkItem[], key: string): Promise<BulkAnswer> => {
    asked.push({ ids: part.map(({ id }) => id), versions: part.map(({ version }) => version), key });
    if (silent.includes(asked.length)) throw new Error('Failed to fetch');
    return { results: part.map(({ id }) => ({ id, error: refuses.has(id) ? { code: 'STALE_VERSION', message: 'at version 2' } : null })), userErrors: [] };
  };
  return { asked, run: { send, newKey: () => `key-${++keys}` } };
}

test('WBD-04 more than a hundred are asked for in parts, each under a key of its own', async () => {
  const { asked, run } = server(new Set());
  expect(await runBulk(items(201), run)).toEqual([]);
  expect(asked.map(({ ids, key }) => [ids.length, key])).toEqual([[100, 'key-1'], [100, 'key-2'], [1, 'key-3']]);
});

test('WBD-04 what is refused is a line of its own, and the rest is done', async () => {
  const { run } = server(new Set(['i1', 'i150']));
  expect(await runBulk(items(200), run)).toEqual([
    { item: { id: 'i1', version: 1 }, code: 'STALE_VERSION', message: 'at version 2', key: null }, { item: { id: 'i150', version: 1 }, code: 'STALE_VERSION', message: 'at version 2', key: null },
  ]);
});

test('API-03 only the failed are tried again: refused ones with the newest version and a new key, unanswered ones with the same of both', async () => {
  const { asked, run } = server(new Set(['i0']), [2]);
  const faults = await runBulk(items(102), run);
  expect(faults.map(({ item, code, key }) => [item.id, code, key])).toEqual([['i0', 'STALE_VERSION', null], ['i100', 'UNREACHED', 'key-2'], ['i101', 'UNREACHED', 'key-2']]);
  await retryBulk(faults, (item) => ({ ...item, version: 9 }), run);
  expect(asked.slice(2)).toEqual([{ ids: ['i0'], versions: [9], key: 'key-3' }, { ids: ['i100', 'i101'], versions: [1, 1], key: 'key-2' }]);
});

test('WBD-04 a command that is refused whole fails on each line with the reason', async () => {
  const run = { send: async () => ({ results: null, userErrors: [{ code: 'FORBIDDEN', message: 'no' }] }), newKey: () => 'k' };
  expect((await runBulk(items(2), run)).map(({ code, key }) => [code, key])).toEqual([['FORBIDDEN', null], ['FORBIDDEN', null]]);
});
