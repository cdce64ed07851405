import { toIso, type Instant } from '../../kernel/instant.ts';
import { textArray } from '../../platform/db/text-array.ts';
import { NOBODY, type IncidentFilter, type QueueClockState } from './incident-filter.rules.ts';
import { allOf, OF_OPEN_INCIDENT, withinScope, type Condition } from './open-incidents.queries.ts';
import type { VisibleScope } from './visible-scope.rules.ts';

export interface FilterMoment {
  readonly now: Instant;
  /** Calendars that are closed now. */
  readonly closedCalendars: readonly string[];
  /** The CI that is asked for and, where they were asked for too, those that depend on it. */
  readonly ciIds: readonly string[];
}

/** A condition on the rows of {@link incidentsFrom}: on `t`, `i` and the next clock `n`. */
export interface IncidentCondition extends Condition {
  /** Then the rows are those of `open_incident`, which is `n`. */
  readonly openOnly: boolean;
}

/** The filter, within what the actor may see. */
export function filterCondition(filter: IncidentFilter, scope: VisibleScope, moment: FilterMoment): IncidentCondition {
  const openOnly = filter.openOnly !== false;
  const [ticket, incident] = openOnly ? ['n', 'n'] : ['t', 'i'];
  return { openOnly, ...allOf([
    ...anyOf(`${ticket}.team_id`, 'uuid', filter.teamIds), ...holderCondition(filter.holderIds), ...anyOf(`${ticket}.customer_id`, 'uuid', filter.customerIds),
    ...anyOf(`${incident}.state`, 'text', filter.states), ...anyOf(`${incident}.level`, 'text', filter.levels), ...anyOf('i.category', 'text', filter.categories),
    ...clockCondition(filter, moment), ...ageConditions(`${incident}.reported_at`, filter, moment),
    ...(filter.suspensionCategories?.length
      ? [{ sql: `${incident}.state = 'suspended' and exists (select from suspension s where s.ticket_id = t.id and s.to_at is null and s.category = any(?::text[]))`, parameters: [textArray(filter.suspensionCategories)] }] : []),
    ...(filter.ciId ? [{ sql: 't.id in (select k.ticket_id from ticket_ci k where k.ci_id = any(?::uuid[]))', parameters: [textArray(moment.ciIds)] }] : []),
    ...(filter.text ? [textCondition(filter.text)] : []),
    ...(typeof filter.unassigned === 'boolean' ? [plain(filter.unassigned ? 't.holder_id is null' : 't.holder_id is not null')] : []),
    ...(typeof filter.handoffWaiting === 'boolean' ? [plain(`${filter.handoffWaiting ? '' : 'not '}exists (select from handoff w where w.ticket_id = t.id and w.state = 'waiting')`)] : []),
    openOnly ? withinScope(scope, OF_OPEN_INCIDENT) : withinScope(scope),
  ]) };
}

const plain = (sql: string): Condition => ({ sql, parameters: [] });

/** One value is compared as one: of an array PostgreSQL assumes ten when it plans a statement once for all, finds that too dear, and plans it each time. */
function anyOf(column: string, type: string, values: readonly string[] | null | undefined): Condition[] {
  if (values?.length === 1) return [{ sql: `${column} = ?::${type}`, parameters: [values[0]] }];
  return values?.length ? [{ sql: `${column} = any(?::${type}[])`, parameters: [textArray(values)] }] : [];
}

function holderCondition(holders: readonly string[] | null | undefined): Condition[] {
  if (!holders?.length) return [];
  const persons = anyOf('t.holder_id', 'uuid', holders.filter((holder) => holder !== NOBODY));
  return [eitherOf([...persons, ...(holders.includes(NOBODY) ? [plain('t.holder_id is null')] : [])])];
}

function clockCondition({ clockStates, dueWithinMinutes }: IncidentFilter, { now, closedCalendars }: FilterMoment): Condition[] {
  const at = toIso(now);
  const due = (minutes: number): Condition => ({
    sql: `n.clock_state = 'running' and n.breached_at is null and n.due_at >= ?::timestamptz and n.due_at < ?::timestamptz + make_interval(mins => ?::int)`, parameters: [at, at, minutes],
  });
  const conditions: Readonly<Record<QueueClockState, Condition>> = {
    breached: { sql: `n.breached_at is not null or (n.clock_state = 'running' and n.due_at < ?::timestamptz)`, parameters: [at] },
    'due-15': due(15),
    'due-60': due(60),
    running: plain(`n.clock_state = 'running'`),
    paused: plain(`n.clock_state = 'paused'`),
    'outside-hours': { sql: `n.clock_state = 'running' and (select calendar_ref from clock where id = n.clock_id) = any(?::text[])`, parameters: [textArray(closedCalendars)] },
  };
  const wanted = [...(clockStates ?? []).map((state) => conditions[state]), ...(typeof dueWithinMinutes === 'number' ? [due(dueWithinMinutes)] : [])];
  return wanted.length === 0 ? [] : [eitherOf(wanted)];
}

/** Half-open: reported exactly an hour ago is not younger than an hour, and is older than it. */
function ageConditions(reportedAt: string, { olderThanMinutes, youngerThanMinutes }: IncidentFilter, { now }: FilterMoment): Condition[] {
  const limit = (sign: string, minutes: number | null | undefined): Condition[] => (typeof minutes === 'number'
    ? [{ sql: `${reportedAt} ${sign} ?::timestamptz - make_interval(mins => ?::int)`, parameters: [toIso(now), minutes] }] : []);
  return [...limit('<=', olderThanMinutes), ...limit('>', youngerThanMinutes)];
}

function eitherOf(conditions: readonly Condition[]): Condition {
  return { sql: conditions.map(({ sql }) => `(${sql})`).join(' or '), parameters: conditions.flatMap(({ parameters }) => parameters) };
}

/** Words anywhere in title, number, customer or the number it had elsewhere. */
function textCondition(text: string): Condition {
  const like = `%${text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  const columns = ['t.title', 't.number', 't.external_number', '(select name from customer where id = t.customer_id)'];
  return { sql: columns.map((column) => `${column} ilike ?`).join(' or '), parameters: columns.map(() => like) };
}
