import { afterAll, beforeAll, expect, test } from 'vitest';
import { ciTimeline, type CiTimelineEntry } from '../../server/src/features/board/ci-timeline.queries.ts';
import { takeBaseline } from '../../server/src/features/cmdb/cmdb-baseline.service.ts';
import { alterCi, registerCi } from '../../server/src/features/cmdb/cmdb-alter.service.ts';
import { relateCis } from '../../server/src/features/cmdb/cmdb-relation.service.ts';
import { record } from '../../server/src/features/incident/incident-record.service.ts';
import { openProblemFor } from '../../server/src/features/problem/problem-open.service.ts';
import { SYSTEM, type Actor } from '../../server/src/kernel/actor.ts';
import { newId } from '../../server/src/platform/time/new-id.ts';
import { somebody } from '../support/cmdb-desk.ts';
import { ReleaseStory } from '../support/release-story.ts';

const story = await ReleaseStory.start();
const { database, customerId } = story;
afterAll(() => story.desk.open.close());
const system = SYSTEM('test');
const EXCEPTION = { kind: 'exception', reason: '演练' } as const;
const MINUTE = 60_000;
let ciId = '';

/** One item through everything that may happen to it, a minute apart. */
beforeAll(async () => {
  const { time } = story.desk.open;
  const next = async <Value>(work: () => Promise<Value>): Promise<Value> => {
    time.current += MINUTE;
    return work();
  };
  ciId = await story.ci('erp-01');
  const incidentId = await next(() => record(database, story.desk.people.desk, { customerId, title: 'ERP is slow', description: 'x', channel: 'phone', category: 'hotline', technicalClass: 'software', level: 'LV3', ciId }));
  const problemId = await next(() => database.change(story.desk.people.technicalManager, (change) => openProblemFor(database, change, { incidentId, title: 'ERP leaks', reason: 'again' })));
  await database.em.execute('insert into ticket_ci (id, ticket_id, ci_id, cause) values (?, ?, ?, true) on conflict (ticket_id, ci_id) do update set cause = true', [newId(), problemId, ciId]);
  const change = await next(() => story.change({ ciIds: [ciId] }));
  await next(() => story.release({ ciIds: [ciId], changeIds: [change.id] }));
  const handbook = await next(() => database.change(system, (open) => registerCi(open, { name: 'ERP 操作手册', class: 'document', attributes: { document_number: 'DOC-7' }, customerId })));
  await next(() => database.change(system, (open) => relateCis(open, { sourceId: handbook.id, type: 'documents', targetId: ciId, authorisation: EXCEPTION })));
  await next(() => database.em.execute(`insert into attachment (id, ticket_id, name, media_type, size, sha256, paper, content, recorded_at, author_name) values (?, ?, 'plan.pdf', 'application/pdf', 1, '', 'change-plan', '', ?, 'x')`, [newId(), change.id, new Date(time.current).toISOString()]));
  await next(() => database.change(system, (open) => alterCi(open, { ciId, expectedVersion: 1, patch: { model: 'R750' }, authorisation: { kind: 'change', ticketId: change.id, number: change.number } })));
  await next(() => database.change(system, (open) => takeBaseline(open, { name: '基线', ciIds: [ciId] })));
});

async function all(actor: Actor = system, kinds: readonly string[] | null = null): Promise<CiTimelineEntry[]> {
  return (await ciTimeline(database.em, actor, { ciId, kinds, first: 100, after: null })).entries;
}
const brief = ({ kind, title, state }: CiTimelineEntry) => [kind, title, state];

test('CMDB-09 incidents, problems, changes, releases, documents and alterations of an item stand on one line, newest first', async () => {
  const entries = await all();
  expect(entries.map(brief)).toEqual([
    ['baseline', '基线', null],
    ['alteration', 'erp-01', 'change'],
    ['file', 'plan.pdf', 'change-plan'],
    ['document', 'ERP 操作手册', 'in-stock'],
    ['release', 'ERP 4.2', 'planning'],
    ['change', '【一般变更】Install ERP', 'implementing'],
    ['problem', 'ERP leaks', 'unresolved'],
    ['incident', 'ERP is slow', 'awaiting-assignment'],
    ['alteration', 'erp-01', 'unauthorised'],
  ]);
  expect(entries.find(({ kind }) => kind === 'problem')?.cause).toBe(true);
  expect(entries.find(({ kind }) => kind === 'alteration')?.number).toMatch(/^CHG-\d{7}$/);
});

test('CMDB-09 it comes in pages that neither repeat nor leave out, and narrowed to kinds', async () => {
  const whole = (await all()).map(({ id }) => id);
  const seen: string[] = [];
  for (let after: string | null = null, more = true; more;) {
    const page: Awaited<ReturnType<typeof ciTimeline>> = await ciTimeline(database.em, system, { ciId, kinds: null, first: 3, after });
    seen.push(...page.entries.map(({ id }) => id));
    after = page.entries.at(-1)?.cursor ?? null;
    more = page.hasNextPage;
  }
  expect(seen).toEqual(whole);
  expect((await all(system, ['change', 'release'])).map(({ kind }) => kind)).toEqual(['release', 'change']);
  await expect(all(system, ['weather'])).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'kinds' });
  await expect(ciTimeline(database.em, system, { ciId, kinds: null, first: 3, after: 'x' })).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'after' });
});

test('CMDB-09 ORG-03 of the records only those that one may read: a customer sees neither problems nor another\'s', async () => {
  const contact = somebody('customer-contact', { own: customerId });
  const kinds = async (actor: Actor) => [...new Set((await all(actor)).map(({ kind }) => kind))].toSorted();
  expect(await kinds(contact)).toEqual(['alteration', 'change', 'document', 'file', 'incident', 'release']);
  expect(await kinds(somebody('customer-contact', { own: newId() }))).toEqual([]);
  expect(await kinds(somebody('engineer'))).toEqual(['alteration', 'baseline', 'change', 'document', 'file', 'incident', 'problem', 'release']);
});
