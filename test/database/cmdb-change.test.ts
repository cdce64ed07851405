import { afterAll, expect, test } from 'vitest';
import { alterRelationsByChange } from '../../server/src/features/change/change-relate.service.ts';
import { relationsEver } from '../../server/src/features/cmdb/cmdb-version.queries.ts';
import { CiRelationEntity } from '../../server/src/features/cmdb/cmdb.entity.ts';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import { addCi } from '../support/desk-story.ts';
import { ChangeStory } from '../support/change-story.ts';

const story = await ChangeStory.start();
afterAll(() => story.desk.open.close());
const ci = (name: string) => addCi(story.desk, story.customerId, name);
const relationsOf = async (id: string) => (await relationsEver(story.database.em, SYSTEM('test'), { ciId: id, at: null, first: 10 })).map(({ type, outgoing, validTo, ci: other, authority, endedAuthority }) => [outgoing, type, other.name, validTo === null, authority?.number ?? null, endedAuthority?.number ?? null]);

test('CMDB-06 CHG-12 relations of controlled items are made and ended through the change that names both, all or none', async () => {
  const [app, old, fresh] = [await ci('app'), await ci('old-host'), await ci('new-host')];
  const change = await story.started('general', { ciIds: [app, old, fresh] });
  const { number } = await change.ticket();
  await change.tell('implementer', alterRelationsByChange, { relate: [{ sourceId: app, type: 'runs_on', targetId: old }] });
  const [relation] = await story.database.em.find(CiRelationEntity, { sourceId: app });
  expect(await relationsOf(app)).toEqual([[true, 'runs_on', 'old-host', true, number, null]]);
  const stranger = await ci('stranger');
  expect(await change.refusal('implementer', alterRelationsByChange, { end: [relation!.id], relate: [{ sourceId: app, type: 'runs_on', targetId: stranger }] })).toContain(`UNAUTHORISED: ${number} does not name "stranger"`);
  expect(await relationsOf(app)).toEqual([[true, 'runs_on', 'old-host', true, number, null]]);
  story.at('2026-03-07 22:30');
  await change.tell('implementer', alterRelationsByChange, { end: [relation!.id], relate: [{ sourceId: app, type: 'depends_on', targetId: fresh }], redundancy: [{ ciId: app, type: 'depends_on', required: 1 }] });
  expect(await relationsOf(app)).toEqual([[true, 'depends_on', 'new-host', true, number, null], [true, 'runs_on', 'old-host', false, number, number]]);
  const results = await story.database.em.execute<{ result: string }[]>('select result from change_ci_result where ticket_id = ?', [change.id]);
  expect(results.map(({ result }) => result)).toEqual(['altered', 'altered', 'altered']);
});

test('CMDB-06 a relation that may not be, none at all, or somebody else: nothing is altered', async () => {
  story.at('2026-03-02 12:00');
  const [app, site] = [await ci('app-2'), await ci('host-2')];
  const change = await story.started('general', { ciIds: [app, site] });
  expect(await change.refusal('implementer', alterRelationsByChange, { relate: [{ sourceId: app, type: 'member_of', targetId: site }] })).toContain('RELATION_FORBIDDEN');
  expect(await change.refusal('implementer', alterRelationsByChange, {})).toContain('OUT_OF_RANGE');
  expect(await change.refusal('implementer', alterRelationsByChange, { redundancy: [{ ciId: app, type: 'depends_on', required: 1 }] })).toContain('OUT_OF_RANGE: "app-2" has nothing over "depends_on"');
  expect(await change.refusal('cabMember', alterRelationsByChange, { relate: [{ sourceId: app, type: 'runs_on', targetId: site }] })).toContain('FORBIDDEN');
  expect(await relationsOf(app)).toEqual([]);
});
