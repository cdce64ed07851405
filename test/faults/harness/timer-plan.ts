import { MINUTE, SECOND, toIso, type Instant } from '../../../server/src/kernel/instant.ts';
import { onServer } from '../../support/on-server.ts';

/** Minutes of the agreement's own targets, around the clock; every other clock of the incident runs for days. */
export interface TimerTargets {
  readonly response: number;
  readonly 'start-of-work': number;
  readonly 'on-site': number;
  readonly resolution: number;
}

/** An incident whose clocks began at `startAt`; what was due when it was armed is nobody's fault. */
export interface Armed {
  readonly id: string;
  readonly startAt: Instant;
  readonly armedAt: Instant;
}

export interface ExpectedTimer {
  readonly ticketId: string;
  readonly kind: string;
  readonly step: string;
  readonly at: Instant;
}

/** Promises of the reference for a quiet machine. */
export interface Lateness {
  readonly p99Ms: number;
  readonly mostMs: number;
}
export const FULL_LATENESS: Lateness = { p99Ms: 2 * SECOND, mostMs: 10 * SECOND };
/** CI has other suites on the same cores: how late is then the machine's doing, not lost is ours. */
export const QUICK_LATENESS: Lateness = { p99Ms: 30 * SECOND, mostMs: MINUTE };

const WARN_AT = [50, 75, 90] as const;

export function ownTargets({ response, resolution, ...rest }: TimerTargets) {
  return {
    any: {
      response: { minutes: response }, startOfWork: { minutes: rest['start-of-work'] }, onSite: { minutes: rest['on-site'] }, resolution: { minutes: resolution },
      progressReportEvery: { minutes: 100_000 },
    },
  };
}

/** By plain arithmetic, as the clocks run around the clock: the rules of the program are not asked. */
export function expectedTimers(armed: readonly Armed[], targets: TimerTargets): ExpectedTimer[] {
  return armed.flatMap(({ id: ticketId, startAt, armedAt }) => Object.entries(targets).flatMap(([kind, minutes]) => [
    ...WARN_AT.map((percent) => ({ ticketId, kind, step: `warning-${percent}`, at: startAt + (minutes * MINUTE * percent) / 100 })),
    { ticketId, kind, step: 'breach', at: startAt + minutes * MINUTE },
  ]).filter(({ at }) => at > armedAt));
}

export interface TimerCheck {
  readonly findings: string[];
  readonly p99LateMs: number;
  readonly worstLateMs: number;
}

const RULES: readonly { readonly what: string; readonly sql: string }[] = [
  { what: 'never fired', sql: 'select ticket_id, kind, step, at from expected where not exists (select from fired f where f.ticket_id = expected.ticket_id and f.kind = expected.kind and f.step = expected.step)' },
  { what: 'fired more than once', sql: 'select ticket_id, kind, step, count(*) from fired group by 1, 2, 3 having count(*) > 1' },
  { what: 'fired for another instant', sql: 'select e.ticket_id, e.kind, e.step, e.at, f.at as fired_for from expected e join fired f using (ticket_id, kind, step) where f.at <> e.at' },
  { what: 'fired before its instant', sql: 'select ticket_id, kind, step, at, fired_at from fired where fired_at < at' },
  {
    what: 'the event log does not tell a firing exactly once',
    sql: `select f.ticket_id, f.kind, f.step, count(e.ticket_id) as told from (select distinct ticket_id, kind, step from fired) f left join told e using (ticket_id, kind, step)
      where f.step like 'warning-%' or f.kind in ('response', 'start-of-work', 'on-site', 'resolution') group by 1, 2, 3 having count(e.ticket_id) <> 1`,
  },
  { what: 'the event log tells of a firing that is not there', sql: 'select e.ticket_id, e.kind, e.step from told e where not exists (select from fired f where f.ticket_id = e.ticket_id and f.kind = e.kind and f.step = e.step)' },
];

const MOST_TOLD = 5;

/** Each expected timer fired exactly once, for its own instant, neither early nor too late, and the log tells it once. */
export async function checkTimers(url: string, expected: readonly ExpectedTimer[], lateness: Lateness): Promise<TimerCheck> {
  return onServer(url, async (client) => {
    await client.query('create temp table expected (ticket_id uuid, kind text, step text, at timestamptz)');
    await client.query('insert into expected select * from unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[])', [
      expected.map(({ ticketId }) => ticketId), expected.map(({ kind }) => kind), expected.map(({ step }) => step), expected.map(({ at }) => toIso(at)),
    ]);
    const kinds = `kind in ('response', 'start-of-work', 'on-site', 'resolution') and (step = 'breach' or step like 'warning-%')`;
    await client.query(`create temp table fired as select * from (select f.ticket_id, c.kind, f.step, f.at, f.fired_at from clock_firing f join clock c on c.id = f.clock_id) f where ${kinds}`);
    await client.query(`create temp table told as select * from (select ticket_id, payload->'after'->>'clock' as kind, payload->'after'->>'step' as step from event_log where type in ('clock.warned', 'clock.breached')) e where ${kinds}`);
    for (const table of ['expected', 'fired', 'told']) await client.query(`create index on ${table} (ticket_id, kind, step)`);
    await client.query('analyze expected, fired, told');
    const findings: string[] = [];
    for (const { what, sql } of RULES) {
      const { rows } = await client.query(sql);
      if (rows.length > 0) findings.push(`${what}: ${rows.length} × ${rows.slice(0, MOST_TOLD).map((row) => JSON.stringify(row)).join(' ')}`);
    }
    const { rows } = await client.query<{ p99: number | null; worst: number | null }>(
      `select percentile_disc(0.99) within group (order by late) as p99, max(late) as worst
       from (select (extract(epoch from f.fired_at - f.at) * 1000)::float8 as late from expected e join fired f using (ticket_id, kind, step)) l`,
    );
    const { p99, worst } = rows[0]!;
    if ((p99 ?? 0) > lateness.p99Ms) findings.push(`too late: p99 ${p99} ms, allowed are ${lateness.p99Ms}`);
    if ((worst ?? 0) > lateness.mostMs) findings.push(`too late: the worst ${worst} ms, allowed are ${lateness.mostMs}`);
    return { findings, p99LateMs: p99 ?? 0, worstLateMs: worst ?? 0 };
  });
}
