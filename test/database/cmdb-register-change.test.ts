import { afterAll, expect, test } from 'vitest';
import { censusItems } from '../../server/src/features/cmdb/cmdb-census.queries.ts';
import { recordFinding, startCensus } from '../../server/src/features/cmdb/cmdb-census.service.ts';
import { comparisonOf, proposeRegister } from '../../server/src/features/cmdb/cmdb-register-import.service.ts';
import { resolveCensusDifference, takeRegisterOver } from '../../server/src/features/import/import-register.service.ts';
import { ChangeStory } from '../support/change-story.ts';
import { addCi } from '../support/desk-story.ts';

const story = await ChangeStory.start();
afterAll(() => story.desk.open.close());
const { database } = story;
const keeper = story.people.configurationManager;
const refusal = async (work: Promise<unknown>): Promise<string> => work.then(() => 'done', (error: { code?: string; message?: string }) => `${error.code}: ${error.message}`);
const ci = (name: string) => addCi(story.desk, story.customerId, name);
const modelOf = async (id: string) => (await database.em.execute<{ model: string | null; authority: { number: string | null } | null }[]>('select model, authority from ci where id = ?', [id]))[0];

/** A file that gives each of the items that model. */
const give = async (items: readonly (readonly [id: string, name: string])[], model: string) => {
  const content = Buffer.from(`key,class,name,model\n${items.map(([id, name]) => `${id},server,${name},${model}`).join('\n')}`);
  const id = await proposeRegister(database, keeper, { kind: 'servers', fileName: 'servers.csv', content, customerId: story.customerId });
  const found = await comparisonOf(database, keeper, id);
  return { id, expectedVersion: 1, digest: found?.digest ?? '' };
};

test('CMDB-06 CMDB-07 a file is taken over through a change in implementation that names its controlled items, and through no other', async () => {
  const [one, two] = [await ci('host-1'), await ci('host-2')];
  const waiting = await story.accepted('general', { ciIds: [one, two] });
  const file = await give([[one, 'host-1'], [two, 'host-2']], 'R760');
  const waitingNumber = (await waiting.ticket()).number;
  expect(await refusal(takeRegisterOver(database, keeper, { ...file, changeNumber: waitingNumber }))).toMatch(new RegExp(`^MOVE_NOT_ALLOWED: ${waitingNumber} is`));
  expect(await refusal(takeRegisterOver(database, keeper, { ...file, changeNumber: 'CHG-9999999' }))).toBe('NOT_FOUND: There is no change "CHG-9999999".');
  expect(await refusal(takeRegisterOver(database, keeper, { ...file, changeNumber: waitingNumber, exceptionReason: 'both' }))).toMatch(/^INVALID_INPUT/);
  const half = await story.started('general', { ciIds: [one] });
  expect(await refusal(takeRegisterOver(database, keeper, { ...file, changeNumber: (await half.ticket()).number }))).toMatch(/^UNAUTHORISED: Line 3 \(host-2\): .* Nothing was taken over\.$/);
  expect([await modelOf(one), await modelOf(two)]).toEqual([{ model: null, authority: null }, { model: null, authority: null }]);
  story.at('2026-03-02 12:00');
  const whole = await story.started('general', { ciIds: [one, two] });
  const { number } = await whole.ticket();
  const taken = await takeRegisterOver(database, keeper, { ...file, changeNumber: number.toLowerCase() });
  expect([taken.state, taken.authorisedBy]).toEqual(['applied', number]);
  expect([await modelOf(one), await modelOf(two)]).toMatchObject([{ model: 'R760', authority: { number } }, { model: 'R760', authority: { number } }]);
});

test('CMDB-08 a difference of a census is left to a change that is not over', async () => {
  story.at('2026-03-02 10:00');
  const one = await ci('host-3');
  const change = await story.accepted('general', { ciIds: [one] });
  const { number } = await change.ticket();
  const censusId = await startCensus(database, keeper, { id: null, kind: 'inspection', customerId: story.customerId, ciClass: null, site: null, dueAt: null });
  const { rows } = await censusItems(database.em, { censusId, search: 'host-3', first: 1 });
  const itemId = rows[0]?.id ?? '';
  await recordFinding(database, keeper, { itemId, finding: 'missing', differences: [], note: null });
  await resolveCensusDifference(database, keeper, { itemId, by: 'change', changeNumber: number });
  expect((await censusItems(database.em, { censusId, search: 'host-3', first: 1 })).rows[0]).toMatchObject({ resolution: 'change', resolvedBy: number });
});
