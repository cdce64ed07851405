import type { Instant } from '../../kernel/instant.ts';
import { MINUTE, toIso } from '../../kernel/instant.ts';
import { ms } from '../../platform/db/ms.ts';
import type { Em } from '../../platform/db/orm.ts';
import { statement } from '../../platform/db/statement.ts';
import type { ClockKind, ClockState } from '../clock/clock.rules.ts';
import type { IncidentState } from '../incident/incident-states.rules.ts';
import type { BoardSort } from './board-order.rules.ts';
import type { Level } from '../service-level/service-level.rules.ts';
import type { Board } from './board.entity.ts';
import { ALWAYS, allOf, heldByOneOf, OF_OPEN_INCIDENT, withinScope, type Condition } from './open-incidents.queries.ts';
import { textArray } from '../../platform/db/text-array.ts';
import type { VisibleScope } from './visible-scope.rules.ts';

/** One open incident as the statement gives it; what needs a calendar or a policy is added by the service. */
export interface BoardLine {
  readonly id: string;
  readonly number: string;
  readonly version: number;
  readonly title: string;
  readonly level: Level;
  readonly state: IncidentState;
  readonly started: boolean;
  readonly difficulty: 'simple' | 'normal' | 'hard';
  readonly customer: string;
  readonly team: string | null;
  readonly teamZh: string | null;
  readonly holder: string | null;
  readonly urges: number;
  readonly pingPong: boolean;
  readonly feedbackArrivedAt: Instant | null;
  readonly late: boolean;
  readonly reportedAt: Instant;
  /** In percent, where it is sorted by (SLA-11). */
  readonly risk: number | null;
  readonly clock: ClockLine | null;
  readonly suspension: { readonly category: string; readonly text: string | null; readonly since: Instant; readonly expectedEndAt: Instant | null; readonly flagged: boolean } | null;
  readonly handoff: {
    readonly id: string; readonly fromTeam: string; readonly fromTeamZh: string; readonly toTeam: string; readonly toTeamZh: string;
    readonly since: Instant; readonly ageingStep: number;
  } | null;
  readonly escalation: { readonly id: string; readonly step: string; readonly firedAt: Instant; readonly to: readonly string[]; readonly early: boolean; readonly late: boolean } | null;
}

export interface ClockLine {
  readonly kind: ClockKind;
  readonly state: ClockState;
  readonly dueAt: Instant | null;
  readonly remainingMs: number | null;
  readonly breachedAt: Instant | null;
  readonly targetMs: number;
  readonly calendarRef: string;
}

/** Which rows of `open_incident`, as `n`, belong on a board and may be seen by its reader. */
export function boardScope(board: Board, scope: VisibleScope): Condition {
  return allOf([
    board.customerIds.length === 0 ? ALWAYS : { sql: 'n.customer_id = any(?::uuid[])', parameters: [textArray(board.customerIds)] },
    board.teamIds.length === 0 ? ALWAYS : heldByOneOf(board.teamIds, OF_OPEN_INCIDENT),
    withinScope(scope, OF_OPEN_INCIDENT),
  ]);
}

export interface BoardCounts {
  readonly open: number;
  readonly breached: number;
  readonly dueWithin15: number;
  readonly dueWithin60: number;
  readonly suspended: number;
  readonly awaitingAssignment: number;
  readonly handoffsWaiting: number;
  readonly escalationsUnacknowledged: number;
  readonly alarmsUnacknowledged: number;
  readonly newAlarms: number;
  readonly byLevel: readonly { readonly level: Level; readonly count: number }[];
  readonly byState: readonly { readonly state: IncidentState; readonly count: number }[];
}

/** What rings, or rang until a moment ago. */
export interface AlarmLine {
  readonly id: string;
  readonly kind: 'breached' | 'new-lv1' | 'escalated';
  /** Of a breach the clock, of an escalation its step. */
  readonly detail: string | null;
  /** Whom an escalation addresses. */
  readonly to: readonly string[];
  /** An escalation that was raised before its threshold (SLA-17). */
  readonly early: boolean;
  readonly incidentId: string;
  readonly number: string;
  readonly title: string;
  readonly level: Level;
  readonly customer: string;
  readonly raisedAt: Instant;
  readonly acknowledgedBy: string | null;
  readonly acknowledgedAt: Instant | null;
}

/** A major incident that runs (INC-16). */
export interface MajorLine {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly since: Instant;
}

export interface BoardReading {
  readonly lines: readonly BoardLine[];
  /** Ids of what comes next, for screens that must forget rows that were pushed out. */
  readonly below: readonly string[];
  readonly counts: BoardCounts;
  /** Unacknowledged ones first, those that sound before escalations, the newest first. */
  readonly alarms: readonly AlarmLine[];
  readonly majors: readonly MajorLine[];
  readonly majorCount: number;
}

export interface BoardQuestion {
  readonly scope: Condition;
  readonly limit: number;
  readonly below: number;
  readonly now: Instant;
  readonly sort?: BoardSort;
}

interface BoardAnswer extends Omit<BoardCounts, 'byLevel' | 'byState'> {
  readonly lines: readonly BoardLine[] | null;
  readonly below: readonly string[] | null;
  readonly alarms: readonly AlarmLine[] | null;
  readonly majors: readonly MajorLine[] | null;
  readonly majorCount: number;
  readonly levels: Readonly<Record<string, number>> | null;
  readonly states: Readonly<Record<string, number>> | null;
}

const LEVELS_SHOWN = ['LV1', 'LV2', 'LV3', 'LV4'] as const;
const STATES_SHOWN = ['awaiting-assignment', 'in-progress', 'suspended', 'awaiting-feedback'] as const;

/**
 * A board's first rows and exact counts in one statement: the open incidents are walked once, those that are shown are
 * chosen, and only they are joined with what a row tells.
 */
export async function readLines(em: Em, question: BoardQuestion): Promise<BoardReading> {
  const { scope, limit, below, now, sort = 'due' } = question;
  const at = toIso(now);
  const rows = await statement<BoardAnswer>(em, STATEMENTS[sort].replace('$SCOPE', () => scope.sql), [
    ...scope.parameters, limit + below, limit, ...shownSince(now), limit, at, at, at, at, at, toIso(now - NEW_FOR),
  ]);
  const { lines, below: next, levels, states, alarms, majors, majorCount, ...counts } = rows[0]!;
  const byLevel = LEVELS_SHOWN.map((level) => ({ level, count: levels?.[level] ?? 0 }));
  const byState = STATES_SHOWN.map((state) => ({ state, count: states?.[state] ?? 0 }));
  return { lines: lines ?? [], below: next ?? [], counts: { ...counts, byLevel, byState }, alarms: alarms ?? [], majors: majors ?? [], majorCount };
}

/** An acknowledged alarm stays for so long, with who and when. */
const ACKNOWLEDGED_FOR = 5 * MINUTE;
/** The span in which more than ten new alarms are a flood (wallboard rules 1.5). */
const NEW_FOR = 10 * MINUTE;
const MOST_ALARMS = 50;
const MOST_MAJORS = 5;

function shownSince(now: Instant): [string, string] {
  const since = toIso(now - ACKNOWLEDGED_FOR);
  return [since, since];
}

const IN_TIME = `breached_at is null and clock_state = 'running' and due_at >= ?::timestamptz and due_at < ?::timestamptz`;

interface StatementOrder {
  readonly risk: string;
  readonly join: string;
  readonly order: string;
}

/** The order of the window is that of `boardOrder` and `boardRiskOrder` in board-order.rules.ts. */
const ORDERS: Readonly<Record<BoardSort, StatementOrder>> = {
  due: {
    risk: 'null::smallint', join: '',
    order: `case when state = 'suspended' then 2 when clock_state = 'running' then 0 else 1 end,
      case when state = 'suspended' then null when clock_state = 'running' then due_at else reported_at end,
      case when state = 'suspended' then remaining_ms end, level, id`,
  },
  risk: {
    risk: 'r.percent', join: 'left join incident_risk r on r.ticket_id = n.ticket_id',
    order: `case when state = 'suspended' then 300 when breached_at is not null then 0 when risk is null then 201 else 200 - risk end,
      case when state <> 'suspended' and clock_state = 'running' then due_at end, level, id`,
  },
};

const statementFor = ({ risk, join, order }: StatementOrder): string => `
with open as materialized (
  select n.ticket_id as id, n.major, n.level, n.state, n.reported_at, n.clock_id, n.clock_state, n.due_at, n.breached_at, n.remaining_ms, ${risk} as risk
  from open_incident n ${join} where $SCOPE
), shown as materialized (
  select id, clock_id, risk, row_number() over (
    order by ${order}) as position
  from open order by position limit ?
), lines as (
  select shown.position, shown.risk, t.id, t.number, t.version, t.title, i.level, i.state, i.started, i.difficulty, cu.name as customer,
    te.name as team, te.name_zh as "teamZh", pe.name as holder, t.urge_count as urges, i.ping_pong as "pingPong",
    ${ms('i.feedback_arrived_at')} as "feedbackArrivedAt", ${ms('i.reported_at')} as "reportedAt",
    exists (select from clock_firing f where f.ticket_id = t.id and f.late and f.mark is null and f.withdrawn_at is null) as late,
    case when n.id is not null then jsonb_build_object('kind', n.kind, 'state', n.state, 'dueAt', ${ms('n.due_at')}, 'remainingMs', n.remaining_ms,
      'breachedAt', ${ms('n.breached_at')}, 'targetMs', n.target_ms, 'calendarRef', n.calendar_ref) end as clock,
    (select jsonb_build_object('category', s.category, 'text', s.text, 'since', ${ms('s.from_at')}, 'expectedEndAt', ${ms('s.expected_end_at')}, 'flagged', s.flagged)
     from suspension s where i.state = 'suspended' and s.ticket_id = t.id and s.to_at is null and s.corrected_at is null order by s.from_at desc, s.id limit 1) as suspension,
    (select jsonb_build_object('id', h.id, 'fromTeam', coalesce(ft.name, '—'), 'fromTeamZh', coalesce(ft.name_zh, '—'), 'toTeam', tt.name, 'toTeamZh', tt.name_zh, 'since', ${ms('h.requested_at')}, 'ageingStep', h.ageing_step)
     from handoff h join team tt on tt.id = h.to_team_id left join team ft on ft.id = h.from_team_id
     where h.ticket_id = t.id and h.state = 'waiting' order by h.requested_at, h.id limit 1) as handoff,
    (select jsonb_build_object('id', e.id, 'step', e.step, 'firedAt', ${ms('e.fired_at')}, 'to', e.addressees, 'early', e.early, 'late', e.late)
     from escalation e where e.ticket_id = t.id and e.acknowledged_at is null order by e.fired_at, e.id limit 1) as escalation
  from shown join ticket t on t.id = shown.id join incident i on i.ticket_id = t.id join customer cu on cu.id = t.customer_id
    left join team te on te.id = t.team_id left join person pe on pe.id = t.holder_id left join clock n on n.id = shown.clock_id
  where shown.position <= ?
), ringing as materialized (
  select a.id, a.kind, a.ticket_id, a.clock as detail, '[]'::jsonb as told, false as early, a.raised_at, a.acknowledged_by, a.acknowledged_at
  from alarm a join open o on o.id = a.ticket_id where a.ended_at is null and (a.acknowledged_at is null or a.acknowledged_at > ?::timestamptz)
  union all
  select e.id, 'escalated', e.ticket_id, e.step, e.addressees, e.early, e.fired_at, e.acknowledged_by, e.acknowledged_at
  from escalation e join open o on o.id = e.ticket_id where e.acknowledged_at is null or e.acknowledged_at > ?::timestamptz
), alarms as (
  select r.id, r.kind, r.detail, r.told as "to", r.early, r.ticket_id as "incidentId", t.number, t.title, i.level, cu.name as customer, ${ms('r.raised_at')} as "raisedAt",
    r.acknowledged_by as "acknowledgedBy", ${ms('r.acknowledged_at')} as "acknowledgedAt", r.taken, r.quiet
  from (select *, acknowledged_at is not null as taken, kind = 'escalated' as quiet from ringing order by taken, quiet, raised_at desc, id limit ${MOST_ALARMS}) r
    join ticket t on t.id = r.ticket_id join incident i on i.ticket_id = r.ticket_id join customer cu on cu.id = t.customer_id
), majors as (
  select t.id, t.number, t.title, ${ms('coalesce(i.major_at, i.reported_at)')} as since
  from open o join ticket t on t.id = o.id join incident i on i.ticket_id = o.id where o.major order by since desc, t.id limit ${MOST_MAJORS}
)
select (select jsonb_agg(to_jsonb(l) - 'position' order by l.position) from lines l) as lines,
  (select jsonb_agg(id order by position) from shown where position > ?) as below,
  (select jsonb_agg(to_jsonb(a) - 'taken' - 'quiet' order by a.taken, a.quiet, a."raisedAt" desc, a.id) from alarms a) as alarms,
  (select jsonb_agg(to_jsonb(m) order by m.since desc, m.id) from majors m) as majors,
  count(*) filter (where major)::int as "majorCount",
  count(*)::int as open,
  count(*) filter (where breached_at is not null or (clock_state = 'running' and due_at < ?::timestamptz))::int as breached,
  count(*) filter (where ${IN_TIME} + interval '15 minutes')::int as "dueWithin15",
  count(*) filter (where ${IN_TIME} + interval '60 minutes')::int as "dueWithin60",
  count(*) filter (where state = 'suspended')::int as suspended,
  count(*) filter (where state = 'awaiting-assignment')::int as "awaitingAssignment",
  (select count(*)::int from handoff h join open o on o.id = h.ticket_id where h.state = 'waiting') as "handoffsWaiting",
  (select count(*)::int from escalation e join open o on o.id = e.ticket_id where e.acknowledged_at is null) as "escalationsUnacknowledged",
  (select count(*)::int from ringing where acknowledged_at is null) as "alarmsUnacknowledged",
  (select count(*)::int from alarm a join open o on o.id = a.ticket_id where a.raised_at > ?::timestamptz) as "newAlarms",
  (select jsonb_object_agg(level, number) from (select level, count(*) as number from open group by level) as per) as levels,
  (select jsonb_object_agg(state, number) from (select state, count(*) as number from open group by state) as per) as states
from open`;

const STATEMENTS: Readonly<Record<BoardSort, string>> = { due: statementFor(ORDERS.due), risk: statementFor(ORDERS.risk) };

export interface OnCallLine {
  readonly team: string;
  readonly teamZh: string | null;
  readonly person: string;
  readonly phone: string | null;
  readonly leader: boolean;
  readonly until: Instant;
}

/** Who is on call now (ORG-02), of the board's teams or of all; the shift leader first. */
export function boardOnCall(em: Em, board: Board, now: Instant): Promise<OnCallLine[]> {
  return statement<OnCallLine>(
    em,
    `select te.name as team, te.name_zh as "teamZh", p.name as person, p.phone, s.leader, ${ms('s.ends_at')} as until
     from roster_shift s join team te on te.id = s.team_id join person p on p.id = s.person_id
     where s.starts_at <= ?::timestamptz and s.ends_at > ?::timestamptz and (? or s.team_id = any(?::uuid[]))
     order by te.line, te.name, s.leader desc, p.name, s.id limit 50`,
    [toIso(now), toIso(now), board.teamIds.length === 0, textArray(board.teamIds)],
  );
}

/** Number and level of tickets that events speak of. */
export function ticketNames(em: Em, ids: Iterable<string>): Promise<{ id: string; number: string; level: Level }[]> {
  return statement(
    em, 'select t.id, t.number, i.level from ticket t join incident i on i.ticket_id = t.id where t.id = any(?::uuid[])', [textArray(ids)],
  );
}
