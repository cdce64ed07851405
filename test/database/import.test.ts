import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readFileSync } from 'node:fs';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import { checkClocks } from '../../server/src/features/clock/clock-check.service.ts';
import { importIncidents, type IncidentImport } from '../../server/src/features/import/import-incident.service.ts';
import { readMapping } from '../../server/src/features/import/import-mapping.rules.ts';
import { seedPolicy } from '../../server/src/seed/policy.ts';
import { firstOfRealLog, logFolder, logRow, type LogRow } from '../support/incident-log.ts';
import { openDatabase, type OpenDatabase } from '../support/open-database.ts';

const NOW = Date.parse('2026-03-02T01:00:00Z');
const actor = SYSTEM('import');
const mapping = readMapping(JSON.parse(readFileSync(new URL('../../server/data/mappings/servicenow.json', import.meta.url), 'utf8')));
const folder = logFolder();
afterAll(() => folder.remove());

const input = (path: string, more: Partial<IncidentImport> = {}): IncidentImport => ({ path, source: 'old system', mapping, timeZone: 'Asia/Shanghai', customer: 'ACME', ...more });
const at = (text: string): number => Date.parse(`${text}+08:00`);

async function fresh(): Promise<OpenDatabase> {
  const open = await openDatabase(NOW);
  await seedPolicy(open.database);
  return open;
}

/** Everything an import leaves, without the ids that are made anew each time. */
async function traces({ database }: OpenDatabase): Promise<unknown> {
  return database.em.execute(
    `select t.external_number as number, t.external_revision as revision, t.opened_at, t.closed_at, t.customer_id is not null as customer, i.state, i.level, i.responded_at, i.closure_code, i.handoff_count,
       (select json_agg(json_build_array(s.seq, s.from_at, s.to_at, s.state, m.key, p.email, s.accepted) order by s.seq) from ticket_span s left join team m on m.id = s.team_id left join person p on p.id = s.holder_id where s.ticket_id = t.id) as spans,
       (select json_agg(json_build_array(x.category, x.from_at, x.to_at, x.flagged) order by x.from_at, x.to_at) from suspension x where x.ticket_id = t.id) as suspensions,
       (select json_agg(json_build_array(c.kind, c.state, c.outcome, c.due_at, c.target_ms, c.remaining_ms, c.breached_at, c.met_at, c.misses, c.next_at) order by c.kind, c.start_at, c.met_at) from clock c where c.ticket_id = t.id) as clocks,
       (select json_agg(json_build_array(f.step, f.occurrence, f.at, f.fired_at, f.late, f.mark) order by f.at, f.step, f.occurrence) from clock_firing f where f.ticket_id = t.id) as firings,
       (select count(*)::int from event_log e where e.ticket_id = t.id) as events
     from ticket t join incident i on i.ticket_id = t.id order by t.external_number`,
  );
}

const DIRTY: readonly LogRow[] = [
  // Interleaved, out of order, and two rows at the same instant.
  logRow('INC1', 2, 'Awaiting User Info', '2016-03-07T11:00:00'),
  logRow('INC2', 0, 'New', '2016-03-07T09:05:00', { assignment_group: '?', assigned_to: '?' }),
  logRow('INC1', 0, 'New', '2016-03-07T09:30:00'),
  logRow('INC1', 3, 'Resolved', '2016-03-07T14:00:00'),
  logRow('INC1', 1, 'Active', '2016-03-07T11:00:00', { assignment_group: 'Group 2' }),
  logRow('INC1', 4, 'Closed', '2016-03-08T09:00:00', { closed_code: 'code 7' }),
  logRow('INC1', 5, 'Active', '2016-03-08T10:00:00'),
  // No group, then one; closed before it was resolved.
  logRow('INC2', 1, 'Active', '2016-03-07T10:00:00', { assignment_group: '?', assigned_to: '?' }),
  logRow('INC2', 2, 'Active', '2016-03-07T12:00:00', { assignment_group: 'Group 1', assigned_to: '?' }),
  logRow('INC2', 3, 'Active', '2016-03-07T12:30:00', { assignment_group: '?', assigned_to: 'Resolver 2' }),
  logRow('INC2', 4, 'Closed', '2016-03-07T13:00:00'),
  // What cannot be.
  logRow('INC3', 0, '-100', '2016-03-07T10:00:00'),
  logRow('INC3', 1, 'New', '2016-02-30T10:00:00'),
  logRow('INC3', 2, 'New', '2016-03-07T08:59:59'),
  logRow('INC3', 3, 'Active', '2016-03-07T10:00:00'),
  logRow('INC3', 3, 'Resolved', '2016-03-07T11:00:00'),
  logRow('INC3', 4, 'New', '2016-03-07T12:00:00'),
  logRow('INC3', 5, 'Active', '2099-01-01T00:00:00'),
  logRow('?', 0, 'New', '2016-03-07T10:00:00'),
  logRow('INC3', 6, 'Active', '2016-03-07T13:00:00', { priority: '9 - Whatever' }),
  logRow('INC4', 0, '-100', '2016-03-07T10:00:00'),
];
const REASONS = {
  CLOSED_NOT_REOPENED: 1, LEVEL_UNKNOWN: 1, MOVE_NOT_ALLOWED: 1, NUMBER_MISSING: 1, ROW_DOUBLED: 1, STATE_UNKNOWN: 2, TIME_BEFORE_OPENED: 1, TIME_IN_FUTURE: 1, TIME_INVALID: 1,
};

describe('a log with dirt', () => {
  let open: OpenDatabase;
  let path: string;
  beforeAll(async () => {
    open = await fresh();
    path = folder.write('dirty.csv', DIRTY);
  });
  afterAll(() => open.close());

  const spansOf = async (number: string) => open.database.em.execute<object[]>(
    `select (extract(epoch from s.from_at) * 1000)::float8 as at, s.state, m.key as team, p.name as holder from ticket_span s join ticket t on t.id = s.ticket_id
     left join team m on m.id = s.team_id left join person p on p.id = s.holder_id where t.external_number = ? order by s.seq`, [number],
  );

  test('API-06 a dry run writes nothing and tells the same as the import', async () => {
    const before = await open.database.em.execute('select (select count(*) from ticket) + (select count(*) from person) + (select count(*) from import_run) as rows');
    const dry = await importIncidents(open.database, actor, input(path, { dryRun: true }));
    const after = await open.database.em.execute('select (select count(*) from ticket) + (select count(*) from person) + (select count(*) from import_run) as rows');
    expect(after).toEqual(before);
    const done = await importIncidents(open.database, actor, input(path));
    expect([dry.records, dry.accepted, dry.refused, dry.reasons]).toEqual([done.records, done.accepted, done.refused, done.reasons]);
    expect([done.records, done.accepted, done.refused, done.reasons]).toEqual([3, 11, 10, REASONS]);
    expect(dry.rejects).toEqual(done.rejects);
  });

  test('API-06 each refusal names its line and what would be right', async () => {
    const done = await importIncidents(open.database, actor, input(path));
    expect(done.already).toBe(true);
    expect(done.rejects[1]).toEqual({
      line: 13, number: 'INC3', code: 'STATE_UNKNOWN',
      reason: '"incident_state" must be one of New, Active, Awaiting User Info, Awaiting Vendor, Awaiting Problem, Awaiting Evidence, Resolved, Closed, got "-100".',
    });
    expect(done.rejects[2]?.reason).toBe('"sys_updated_at" is not a time that exists: "2016-02-30T10:00:00".');
  });

  test('D-24 rows out of order become a history in order, a change of group an accepted handoff', async () => {
    expect((await spansOf('INC1')).filter((span) => 'holder' in span)).toEqual([
      { at: at('2016-03-07T09:00:00'), state: 'awaiting-assignment', team: 'group-1', holder: null },
      { at: at('2016-03-07T11:00:00'), state: 'awaiting-assignment', team: 'group-2', holder: null },
      { at: at('2016-03-07T11:00:00'), state: 'awaiting-assignment', team: 'group-2', holder: null },
      { at: at('2016-03-07T11:00:00'), state: 'in-progress', team: 'group-2', holder: 'Resolver 1' },
      { at: at('2016-03-07T11:00:00'), state: 'suspended', team: 'group-2', holder: 'Resolver 1' },
      { at: at('2016-03-07T14:00:00'), state: 'in-progress', team: 'group-1', holder: 'Resolver 1' },
      { at: at('2016-03-07T14:00:00'), state: 'awaiting-feedback', team: 'group-1', holder: 'Resolver 1' },
    ].toSpliced(4, 1,
      { at: at('2016-03-07T11:00:00'), state: 'in-progress', team: 'group-1', holder: null },
      { at: at('2016-03-07T11:00:00'), state: 'in-progress', team: 'group-1', holder: 'Resolver 1' },
      { at: at('2016-03-07T11:00:00'), state: 'suspended', team: 'group-1', holder: 'Resolver 1' }));
  });

  test('D-24 an unknown group is no handoff, the first known one an assignment', async () => {
    const [row] = await open.database.em.execute<{ teams: string[]; handoffs: number }[]>(
      `select (select array_agg(distinct coalesce(m.key, '?')) from ticket_span s left join team m on m.id = s.team_id where s.ticket_id = t.id) as teams,
         (select count(*)::int from handoff h where h.ticket_id = t.id) as handoffs from ticket t where t.external_number = 'INC2'`,
    );
    expect([row?.teams.toSorted(), row?.handoffs]).toEqual([['?', 'group-1'], 0]);
  });

  test('D-24 the response is inferred from the first row in which a person works on it', async () => {
    const [row] = await open.database.em.execute<{ at: number; marks: string[] }[]>(
      `select (extract(epoch from i.responded_at) * 1000)::float8 as at, array(select distinct e.payload->>'mark' from event_log e where e.ticket_id = t.id and e.type in ('incident.responded', 'incident.started', 'handoff.accepted')) as marks
       from ticket t join incident i on i.ticket_id = t.id where t.external_number = 'INC1'`,
    );
    expect(row).toEqual({ at: at('2016-03-07T11:00:00'), marks: ['inferred'] });
  });

  test('D-24 outcome columns count only on the row that enters the state', async () => {
    const rows = await open.database.em.execute(`select t.external_number as number, i.closure_code as code, i.state from ticket t join incident i on i.ticket_id = t.id order by 1`);
    expect(rows).toEqual([{ number: 'INC1', code: 'workaround', state: 'closed' }, { number: 'INC2', code: 'successful', state: 'closed' }, { number: 'INC3', code: null, state: 'in-progress' }]);
  });

  test('D-25 thresholds of the past are recorded as imported; an incident that is still open is armed for the future only', async () => {
    const [row] = await open.database.em.execute<{ marks: string[]; late: number; timers: number; past: number }[]>(
      `select array(select distinct coalesce(mark, 'live') from clock_firing) as marks, (select count(*)::int from clock_firing where late) as late,
         (select count(*)::int from timer) as timers, (select count(*)::int from timer where due_at <= ?::timestamptz) as past`, [new Date(NOW).toISOString()],
    );
    expect(row).toEqual({ marks: ['imported'], late: 0, timers: 1, past: 0 });
  });

  test('D-26 without a mapping all belong to one customer; the source keeps its numbers', async () => {
    const rows = await open.database.em.execute(`select distinct c.name, t.external_source as source from ticket t join customer c on c.id = t.customer_id`);
    expect(rows).toEqual([{ name: 'ACME', source: 'old system' }]);
  });

  test('D-25 people of the file are known but cannot sign in', async () => {
    const rows = await open.database.em.execute(`select name from person where password_hash is null and email like '%.import.invalid' order by name`);
    expect(rows).toEqual([{ name: 'Resolver 1' }, { name: 'Resolver 2' }, { name: '未知 / unknown (old system)' }]);
  });

  test('API-06 the same incidents with a newer row go on from where they were', async () => {
    const later = folder.write('later.csv', [...DIRTY, logRow('INC3', 7, 'Awaiting Vendor', '2016-03-09T10:00:00')]);
    const done = await importIncidents(open.database, actor, input(later));
    expect([done.records, done.accepted, done.refused]).toEqual([3, 12, 10]);
    const rows = await open.database.em.execute(`select i.state, s.category, t.external_revision as revision from ticket t join incident i on i.ticket_id = t.id left join suspension s on s.ticket_id = t.id where t.external_number = 'INC3'`);
    expect(rows).toEqual([{ state: 'suspended', category: 'awaiting-vendor', revision: 7 }]);
    expect(await checkClocks(open.database)).toMatchObject({ different: 0 });
  });
});

describe('D-26 a mapping from a column to customers', () => {
  test('D-26 each row goes to its customer; one without is refused', async () => {
    const open = await fresh();
    try {
      const path = folder.write('places.csv', [
        logRow('INC1', 0, 'New', '2016-03-07T09:30:00', { location: 'Location 1' }), logRow('INC2', 0, 'New', '2016-03-07T09:30:00', { location: 'Location 2' }),
        logRow('INC3', 0, 'New', '2016-03-07T09:30:00', { location: 'Location 3' }),
      ]);
      const mapped = { ...mapping, customers: { column: 'location' as const, values: { 'Location 1': '医院', 'Location 2': '银行' } } };
      const done = await importIncidents(open.database, actor, input(path, { mapping: mapped }));
      expect([done.accepted, done.reasons]).toEqual([2, { CUSTOMER_UNKNOWN: 1 }]);
      const rows = await open.database.em.execute(`select t.external_number as number, c.name from ticket t join customer c on c.id = t.customer_id order by 1`);
      expect(rows).toEqual([{ number: 'INC1', name: '医院' }, { number: 'INC2', name: '银行' }]);
    } finally {
      await open.close();
    }
  });
});

describe('the first 2,000 events of the real log', () => {
  let whole: OpenDatabase;
  let path: string;
  beforeAll(async () => {
    path = folder.writeText('real.csv', firstOfRealLog(2000));
    whole = await fresh();
    await importIncidents(whole.database, actor, input(path));
  });
  afterAll(() => whole.close());

  test('API-06 every row is accepted or listed', async () => {
    const done = await importIncidents(whole.database, actor, input(path));
    expect([done.already, done.accepted + done.refused, done.refused]).toEqual([true, 2000, 6]);
  });

  test('SLA-13 every clock is what its history says', async () => {
    const { clocks, different, differences } = await checkClocks(whole.database);
    expect([different, differences]).toEqual([0, []]);
    expect(clocks).toBeGreaterThan(1400);
  });

  test('D-24 state, pending and team equal the file\'s accepted rows at their instants', async () => {
    expect(await differencesFromFile(whole, path)).toEqual([]);
  });

  test('API-06 a run that was cut off goes on and ends as one run would', async () => {
    const cut = await fresh();
    try {
      for (let runs = 0, stopped = true; stopped; runs += 1) {
        const stop = new AbortController();
        const done = await importIncidents(cut.database, actor, input(path, { signal: stop.signal, onProgress: () => stop.abort() }));
        stopped = done.stopped;
        expect(runs).toBeLessThan(20);
        if (!stopped) expect([done.accepted, done.refused]).toEqual([1994, 6]);
      }
      expect(await traces(cut)).toEqual(await traces(whole));
      const again = await importIncidents(cut.database, actor, input(path));
      expect([again.already, again.accepted, again.refused]).toEqual([true, 1994, 6]);
    } finally {
      await cut.close();
    }
  });

  test('SLA-13 a clock that somebody altered is found, whatever column it was', async () => {
    const { em } = whole.database;
    // Each on a clock of its own: two on one would be counted once.
    const alterations: readonly (readonly [fits: string, alteration: string])[] = [
      ['c.due_at is not null', `update clock set due_at = due_at + interval '1 second' where id = ?`],
      ['true', 'update clock set misses = misses + 1 where id = ?'],
      ['c.breached_at is not null', 'update clock set breach_team_id = gen_random_uuid() where id = ?'],
      [HAS_FIRED, `update clock_firing set at = at + interval '1 minute' where id = (select id from clock_firing where clock_id = ? order by id limit 1)`],
      [HAS_FIRED, 'delete from clock_firing where id = (select id from clock_firing where clock_id = ? order by id desc limit 1)'],
    ];
    for (const [index, [fits, alteration]] of alterations.entries()) {
      const [clock] = await em.execute<{ id: string }[]>(`select c.id from clock c where ${fits} order by c.id offset ${index * 20} limit 1`);
      await em.execute(alteration, [clock!.id]);
      expect((await checkClocks(whole.database)).different).toBe(index + 1);
    }
  });
});

const HAS_FIRED = 'exists (select 1 from clock_firing f where f.clock_id = c.id)';

/** The file read a second time, by nothing of ours: what state, reason to wait and team it says at each instant. */
async function differencesFromFile(open: OpenDatabase, path: string): Promise<string[]> {
  const [header = '', ...lines] = readFileSync(path, 'utf8').trim().split('\n');
  const names = header.split(',');
  const refused = new Set((await open.database.em.execute<{ line: number }[]>('select line from import_reject')).map(({ line }) => line));
  const rows = lines.map((line, index) => ({ line: index + 2, cells: Object.fromEntries(line.split(',').map((cell, column) => [names[column] ?? '', cell])) })).filter(({ line }) => !refused.has(line));
  const byNumber = Map.groupBy(rows, ({ cells }) => cells['number'] ?? '');
  const differences: string[] = [];
  for (const [number, own] of byNumber) {
    const ordered = own.toSorted((a, b) => (a.cells['sys_updated_at']! < b.cells['sys_updated_at']! ? -1 : a.cells['sys_updated_at']! > b.cells['sys_updated_at']! ? 1 : Number(a.cells['sys_mod_count']) - Number(b.cells['sys_mod_count'])));
    let team: string | null = null;
    for (const [index, { cells }] of ordered.entries()) {
      if (cells['assignment_group'] !== '?') team = (cells['assignment_group'] ?? '').toLowerCase().replace(' ', '-');
      // Of several rows at one instant the last is what holds from then on.
      if (ordered[index + 1]?.cells['sys_updated_at'] === cells['sys_updated_at']) continue;
      const said = saidBy(cells['incident_state'] ?? '');
      const found = await foundAt(open, number, at(cells['sys_updated_at'] ?? ''));
      const expected = said.state === 'closed' ? { ...said, team: null } : { ...said, team };
      if (JSON.stringify(found) !== JSON.stringify(expected)) differences.push(`${number} ${cells['sys_updated_at']}: ${JSON.stringify(found)} instead of ${JSON.stringify(expected)}`);
    }
  }
  return differences;
}

function saidBy(state: string): { state: string; pending: string | null } {
  const words: Record<string, string> = { New: 'awaiting-assignment', Active: 'in-progress', Resolved: 'awaiting-feedback', Closed: 'closed' };
  const reasons: Record<string, string> = { 'Awaiting User Info': 'awaiting-user', 'Awaiting Vendor': 'awaiting-vendor', 'Awaiting Problem': 'awaiting-problem', 'Awaiting Evidence': 'awaiting-evidence' };
  return { state: words[state] ?? 'suspended', pending: reasons[state] ?? null };
}

async function foundAt({ database }: OpenDatabase, number: string, instant: number): Promise<object> {
  const moment = new Date(instant).toISOString();
  const [row] = await database.em.execute<object[]>(
    `select case when t.closed_at <= ?::timestamptz then 'closed' else s.state end as state,
       (select x.category from suspension x where x.ticket_id = t.id and x.from_at <= ?::timestamptz and (x.to_at is null or x.to_at > ?::timestamptz)) as pending,
       case when t.closed_at <= ?::timestamptz then null else m.key end as team
     from ticket t left join lateral (select * from ticket_span s where s.ticket_id = t.id and s.from_at <= ?::timestamptz order by s.seq desc limit 1) s on true
     left join team m on m.id = s.team_id where t.external_number = ?`, [moment, moment, moment, moment, moment, number],
  );
  return row ?? {};
}
