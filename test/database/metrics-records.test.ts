import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { METRIC_DEFINITIONS } from '../../server/src/features/metrics/metric-catalog.rules.ts';
import { countFigures } from '../../server/src/features/metrics/metric-counts.queries.ts';
import { metricFrame, metricsPage } from '../../server/src/features/metrics/metric-page.service.ts';
import { metricRecords } from '../../server/src/features/metrics/metric-records.service.ts';
import { checkSums, differentMonths, foldMonths, followZone } from '../../server/src/features/metrics/metric-sums.service.ts';
import { PolicyVersionEntity } from '../../server/src/features/service-level/service-level.entity.ts';
import { editPolicy } from '../../server/src/features/service-level/service-level.service.ts';
import { permissionsOfRole } from '../../server/src/features/access/access.rules.ts';
import { SYSTEM, type Actor } from '../../server/src/kernel/actor.ts';
import { DAY, HOUR } from '../../server/src/kernel/instant.ts';
import { SEEDED_POLICIES } from '../../server/src/seed/policy-documents.ts';
import { DeskStory } from '../support/desk-story.ts';
import { link, putChange, putIncident, type ChangeFacts } from '../support/metric-story.ts';

const TEST = SYSTEM('test');
const NOW = Date.parse('2026-11-20T12:00:00+08:00');

let desk: DeskStory;
let customers: string[];
beforeAll(async () => {
  desk = await DeskStory.start('2026-11-20 12:00');
  customers = await Promise.all([1, 2, 3].map(() => desk.customer().agreement().customerId()));
});
afterAll(() => desk.open.close());

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** A change of any kind, around the last five quarters; instants cluster at the turns of quarters. */
const anyChange = fc.record({
  customer: fc.nat(2), team: fc.constantFrom('engineers', 'seniors', null), category: fc.constantFrom('major', 'important', 'general', 'emergency'),
  daysAgo: fc.integer({ min: -2, max: 300 }), dueHours: fc.option(fc.constantFrom(2, 24, 72)), answerHours: fc.option(fc.constantFrom(1, 2, 3, 24, 25, 80)),
  closeHours: fc.option(fc.constantFrom(1, 2, 24, 100, 900), { freq: 8 }), begun: fc.boolean(), outage: fc.constantFrom(0, 0, 15, 90), expected: fc.constantFrom(null, true, false),
  outcome: fc.constantFrom('successful', 'successful-with-issues', 'failed', 'rolled-back', 'terminated', null), draft: fc.boolean(), caused: fc.integer({ min: 0, max: 2 }),
});
type AnyChange = typeof anyChange extends fc.Arbitrary<infer T> ? T : never;

function factsOf(change: AnyChange): ChangeFacts {
  const submitted = change.daysAgo < 0 ? Date.parse('2026-10-01T00:00:00+08:00') - 1 - change.daysAgo : NOW - change.daysAgo * DAY;
  const past = (hours: number | null): string | null => (hours === null || submitted + hours * HOUR > NOW ? null : iso(submitted + hours * HOUR));
  const begun = change.begun && !change.draft;
  return {
    customerId: customers[change.customer]!, teamId: change.team === null ? null : desk.teams[change.team], category: change.category,
    submitted: change.draft ? null : iso(submitted), due: change.draft || change.dueHours === null ? null : iso(submitted + change.dueHours * HOUR), responded: change.draft ? null : past(change.answerHours),
    started: begun ? iso(submitted) : null, ended: begun ? iso(submitted + HOUR) : null, window: [iso(submitted)!, iso(submitted + HOUR)!], closed: past(change.closeHours),
    outcome: begun ? change.outcome : null, expected: change.expected, outage: change.outage,
  };
}

async function fill(changes: readonly AnyChange[]): Promise<void> {
  for (const change of changes) {
    const facts = factsOf(change);
    const id = await putChange(desk.database, facts);
    for (let n = 0; n < change.caused; n += 1) await link(desk.database, await putIncident(desk.database, { customerId: facts.customerId, reported: iso(NOW - DAY)! }), id, 'caused-by');
  }
}

/** Rounds that each add to the books: what is proved holds for all that came before as well. */
const rounds = (count: number) => fc.sample(fc.array(anyChange, { minLength: 60, maxLength: 70, size: 'max' }), { numRuns: count, seed: 20_261_122 });

describe('MET-03 stored sums and the changes themselves say the same', () => {
  test('MET-03 MET-01 every figure, period, category, customer and team, after every round of changes and corrections', async () => {
    for (const [round, changes] of rounds(4).entries()) {
      await fill(changes);
      await desk.database.em.execute(`update change set outcome = 'failed', outage_minutes = outage_minutes + 5 where outcome = 'successful' and ticket_id::text like ?`, [`%${round}`]);
      await desk.database.em.execute(`update ticket set customer_id = ? where kind = 'change' and id::text like ?`, [customers[round % 3], `%${round + 1}`]);
      await desk.database.em.execute(`delete from ticket_link where kind = 'caused-by' and from_id::text like ?`, [`%${round}`]);
      if (round % 2 === 1) await foldMonths(desk.database);
      expect(await differentMonths(desk.database)).toEqual([]);
      for (const by of ['part', 'customer', 'team'] as const) expect(await counted(by, true)).toEqual(await counted(by, false));
    }
    expect(await desk.count('metric_change')).toBeGreaterThan(100);
  }, 180_000);

  test('MET-03 folding leaves as many rows as there are sums, and no sum changes', async () => {
    const before = await counted('team', true);
    expect(before.length).toBeGreaterThan(50);
    await foldMonths(desk.database);
    const rows = await desk.database.em.execute<{ n: number }[]>('select count(*)::int - count(distinct (month, customer_id, team_id, category))::int as n from metric_month');
    expect(rows[0]?.n).toBe(0);
    expect(await counted('team', true)).toEqual(before);
  });

  test('MET-03 the naive count, written by another hand, agrees', async () => {
    const { figures } = await metricsPage(desk.database, TEST, 'changes', { period: '2026-Q3', periods: 1 });
    const shown = Object.fromEntries(figures.map(({ definition, overall }) => [definition.key, [overall.values[0]!.numerator, overall.values[0]!.denominator]]));
    const closed = `t.closed_at >= '2026-06-30T16:00:00Z' and t.closed_at < '2026-09-30T16:00:00Z'`;
    const one = async (sql: string): Promise<number> => (await desk.database.em.execute<{ n: number }[]>(`select (${sql})::float8 as n`))[0]!.n;
    const changes = (what: string, where: string) => one(`select ${what} from change c join ticket t on t.id = c.ticket_id where ${where}`);
    const begun = `${closed} and c.implementation_started_at is not null and c.outcome is not null`;
    expect(shown['change-success']).toEqual([await changes('count(*)', `${begun} and c.outcome like 'successful%'`), await changes('count(*)', begun)]);
    expect(shown['change-outage']![0]).toBe(await changes('coalesce(sum(c.outage_minutes), 0)', closed));
    expect(shown['change-caused-incident']![0]).toBe(await changes('count(*)', `${begun} and c.ticket_id in (select to_id from ticket_link where kind = 'caused-by')`));
    const late = `(c.responded_at > c.response_due_at or (c.responded_at is null and (t.closed_at is null or t.closed_at > c.response_due_at)))`;
    const inQuarter = (column: string): string => `c.submitted_at is not null and ${column} >= '2026-06-30T16:00:00Z' and ${column} < '2026-09-30T16:00:00Z'`;
    const inTime = await changes('count(*)', `${inQuarter('c.responded_at')} and c.responded_at <= c.response_due_at`);
    expect(shown['change-response']).toEqual([inTime, inTime + (await changes('count(*)', `${inQuarter('c.response_due_at')} and ${late}`))]);
    expect(inTime).toBeGreaterThan(0);
  });

  test('MET-03 links, closings and moves of the same changes at the same moment leave no difference', async () => {
    const { database } = desk;
    const ids = await Promise.all([1, 2, 3].map(() => putChange(database, { customerId: customers[0]!, submitted: iso(NOW - DAY), due: iso(NOW + DAY), started: iso(NOW - DAY) })));
    const incidents = await Promise.all(Array.from({ length: 8 }, () => putIncident(database, { customerId: customers[0]!, reported: iso(NOW - HOUR)! })));
    const close = (id: string) => database.em.transactional(async (em) => {
      await em.execute(`update change set state = 'closed', outcome = 'successful' where ticket_id = ?`, [id]);
      await em.execute(`update ticket set closed_at = ?::timestamptz, team_id = ? where id = ?`, [iso(NOW), desk.teams.engineers, id]);
    });
    await Promise.all([...ids.map(close), ...ids.flatMap((id) => incidents.map((incident) => link(database, incident, id, 'caused-by'))), foldMonths(database), foldMonths(database)]);
    expect(await checkSums(database)).toMatchObject({ differences: [] });
    const rows = await database.em.execute<{ n: number }[]>(`select count(*)::int as n from metric_change where caused_incident and successful and ticket_id in (?, ?, ?)`, ids);
    expect(rows[0]?.n).toBe(3);
  });

  test('MET-03 a sum that is not what the changes amount to is found', async () => {
    await desk.database.em.execute(`update metric_month set successful = successful + 1 where id = (select min(id) from metric_month)`);
    expect((await checkSums(desk.database)).differences.length).toBeGreaterThan(0);
    await desk.database.em.execute(`update metric_month set successful = successful - 1 where id = (select min(id) from metric_month)`);
    expect((await checkSums(desk.database)).differences).toEqual([]);
  });

  test('D-12 when policy names another zone, figures follow at once, and the stored months soon', async () => {
    const newest = await desk.database.em.findOneOrFail(PolicyVersionEntity, { key: 'metrics' }, { orderBy: { version: 'desc' } });
    await editPolicy(desk.database, TEST, { key: 'metrics', expectedVersion: newest.version, body: { ...SEEDED_POLICIES.metrics, timeZone: 'America/New_York' } });
    const frame = await metricFrame(desk.database, desk.database.em, { period: '2026-Q3' });
    expect([frame.timeZone, frame.sums]).toEqual(['America/New_York', false]);
    const { figures } = await metricsPage(desk.database, TEST, 'changes', { period: '2026-Q3' });
    await followZone(desk.database);
    expect(await differentMonths(desk.database)).toEqual([]);
    expect((await metricFrame(desk.database, desk.database.em, { period: '2026-Q3' })).sums).toBe(true);
    expect((await metricsPage(desk.database, TEST, 'changes', { period: '2026-Q3' })).figures).toEqual(figures);
    await editPolicy(desk.database, TEST, { key: 'metrics', expectedVersion: newest.version + 1, body: SEEDED_POLICIES.metrics });
    await followZone(desk.database);
  });
});

/** What the database counts for the change figures, without parts of nothing. */
async function counted(by: 'part' | 'customer' | 'team', sums: boolean) {
  const frame = await metricFrame(desk.database, desk.database.em, { period: '2026-Q4' });
  const definitions = METRIC_DEFINITIONS.filter(({ section }) => section === 'changes');
  const rows = await countFigures(desk.database.em, definitions, { ...frame, scope: [{ customerId: null, teamId: null }] }, { by, sums });
  // Outage is a sum of minutes: how many changes are added up is nobody's figure.
  return rows.map((row) => (row.figure === 'change-outage' ? { ...row, total: 0, hits: 0 } : row.figure === 'change-undecided' || row.figure === 'change-count' ? { ...row, hits: 0 } : { ...row, amount: 0 }))
    .filter(({ total, hits, amount }) => total !== 0 || hits !== 0 || amount !== 0)
    .map(({ figure, period, part, total, hits, amount }) => `${period} ${figure} ${part} ${hits}/${total} ${amount}`).toSorted();
}

describe('MET-01 each bar opens the records behind it', () => {
  test('MET-01 CHG-14 the list of every bar is as long as the figure says', async () => {
    const period = '2026-Q3';
    for (const section of ['changes', 'incidents', 'releases', 'problems'] as const) {
      const { figures } = await metricsPage(desk.database, TEST, section, { period, periods: 1 });
      for (const { definition, overall, parts } of figures) {
        for (const part of [overall, ...parts]) {
          const value = part.values[0]!;
          const bar = { figure: definition.key, period, ...(part === overall ? {} : { part: part.key }) };
          const { total, amount } = await metricRecords(desk.database, TEST, bar, { first: 1 });
          const hit = definition.shape === 'rate' ? (await metricRecords(desk.database, TEST, { ...bar, side: 'hit' }, { first: 1 })).total : null;
          const expected = definition.shape === 'amount' ? amount : hit ?? total;
          expect(`${definition.key} ${part.key} ${expected}`).toBe(`${definition.key} ${part.key} ${value.numerator}`);
          if (definition.shape === 'rate') expect(total).toBe(value.denominator);
        }
      }
    }
  });

  test('MET-01 a list is read page by page to its end, nothing twice, both sides together are all', async () => {
    const bar = { figure: 'change-success', period: '2026-Q3' };
    const read = async (side: 'all' | 'hit' | 'missed'): Promise<string[]> => {
      const ids: string[] = [];
      let after: string | null = null;
      do {
        const page: Awaited<ReturnType<typeof metricRecords>> = await metricRecords(desk.database, TEST, { ...bar, side }, { first: 3, after });
        ids.push(...page.records.map(({ id }) => id));
        after = page.hasNextPage ? page.records.at(-1)!.cursor : null;
      } while (after !== null);
      return ids;
    };
    const all = await read('all');
    expect(all.length).toBeGreaterThan(6);
    expect(new Set(all).size).toBe(all.length);
    expect([...(await read('hit')), ...(await read('missed'))].toSorted()).toEqual(all.toSorted());
    expect(all.length).toBe((await metricRecords(desk.database, TEST, bar)).total);
  });

  test('ORG-03 one customer\'s reader counts and opens that customer\'s records only', async () => {
    const [mine] = customers;
    const reader: Actor = { ...desk.people.serviceManager, grants: [{ role: 'auditor', permissions: permissionsOfRole('auditor'), customerId: mine ?? '', teamId: null }] };
    const own = await metricRecords(desk.database, reader, { figure: 'change-count', period: '2026-Q3' }, { first: 100 });
    const asked = await metricRecords(desk.database, TEST, { figure: 'change-count', period: '2026-Q3', customerId: mine ?? '' }, { first: 100 });
    const every = await metricRecords(desk.database, TEST, { figure: 'change-count', period: '2026-Q3' });
    expect(own.total).toBe(asked.total);
    expect(own.total).toBeLessThan(every.total);
    expect(own.total).toBeGreaterThan(0);
    const { figures } = await metricsPage(desk.database, reader, 'changes', { period: '2026-Q3', periods: 1 });
    expect(figures.find(({ definition }) => definition.key === 'change-count')!.overall.values[0]!.value).toBe(own.total);
    expect(await metricRecords(desk.database, reader, { figure: 'change-count', period: '2026-Q3', customerId: customers[1] ?? '' })).toMatchObject({ total: 0, records: [] });
  });

  test('ORG-03 who may count but not read sees how many, and none of them', async () => {
    const counter: Actor = { ...desk.people.serviceManager, grants: [{ role: 'x', permissions: new Set(['metrics.read']), customerId: null, teamId: null }] };
    const seen = await metricRecords(desk.database, counter, { figure: 'change-count', period: '2026-Q3' });
    expect(seen.records).toEqual([]);
    expect(seen.hidden).toBe(seen.total);
    expect(seen.total).toBeGreaterThan(0);
    await expect(metricRecords(desk.database, desk.people.engineer, { figure: 'change-count', period: '2026-Q3' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  test('API-02 an unknown figure or cursor is refused by name', async () => {
    await expect(metricRecords(desk.database, TEST, { figure: 'luck', period: '2026-Q3' })).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'figure' });
    await expect(metricRecords(desk.database, TEST, { figure: 'change-count', period: '2026-Q3' }, { after: 'x' })).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'after' });
    await expect(metricRecords(desk.database, TEST, { figure: 'change-count', period: '2026-Q3', customerId: 'x' })).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'customerId' });
  });
});
