import type { Instant } from '../../kernel/instant.ts';
import { among } from '../../platform/db/among.ts';
import type { Em } from '../../platform/db/orm.ts';
import { statement } from '../../platform/db/statement.ts';
import type { TimeSource } from '../../platform/time/time-source.ts';

/** The rows of one incident as `to_json` gives them. */
export interface CaseRows {
  readonly ticket: object;
  readonly incident: object;
  readonly spans: readonly object[] | null;
  readonly suspensions: readonly object[] | null;
  readonly handoffs: readonly object[] | null;
  readonly requests: readonly object[] | null;
  readonly escalations: readonly object[] | null;
  readonly alarms: readonly object[] | null;
  readonly cis: readonly object[] | null;
  readonly links: readonly object[] | null;
  readonly facts: readonly object[] | null;
  readonly clocks: readonly object[] | null;
  readonly firings: readonly object[] | null;
  readonly problem: { readonly id: string; readonly number: string } | null;
  readonly changes: number;
  readonly openChildren: number;
}

/** What the terms of incidents are made from, each row once. */
export interface TermRows {
  readonly teams: readonly object[] | null;
  readonly agreements: readonly object[] | null;
  readonly lines: readonly object[] | null;
  readonly services: readonly object[] | null;
  readonly people: readonly { readonly id: string; readonly name: string }[] | null;
}

export interface CasesRead extends TermRows {
  readonly now: Instant;
  /** Edits of policies and calendars up to this statement. */
  readonly revision: string;
  readonly cases: readonly CaseRows[] | null;
}

export interface LockedTicket {
  readonly id: string;
  readonly version: number;
  readonly customerId: string;
  readonly closed: boolean;
}

/**
 * Locks incidents in ascending order, first of all that a command does (locks go ticket, clock, timer); `'skip'` leaves out those that
 * somebody else holds. Their rows are read by a statement of its own afterwards: this one sees what stood before it waited.
 */
export function lockIncidents(em: Em, ids: readonly string[], held: 'wait' | 'skip'): Promise<LockedTicket[]> {
  const these = among('id', ids);
  return statement<LockedTicket>(
    em,
    `select id, version, customer_id as "customerId", closed_at is not null as closed from ticket where ${these.sql} and kind = 'incident'
     order by id for no key update${held === 'skip' ? ' skip locked' : ''}`, these.parameters,
  );
}

const ROLES = ['sla_owner_id', 'service_manager_id', 'service_delivery_manager_id', 'project_manager_id', 'department_manager_id', 'technical_manager_id'];

/** Of the agreements, lines and services that `wanted` names. */
const TERMS = `
  (select json_agg(x order by x.line, x.key) from team x where x.active) as teams,
  (select json_agg(x) from agreement x where x.id in (select agreement_id from wanted)) as agreements,
  (select json_agg(x) from agreement_line x where x.id in (select agreement_line_id from wanted)) as lines,
  (select json_agg(x) from service x where x.id in (select service_id from wanted)) as services,
  (select json_agg(json_build_object('id', p.id, 'name', p.name)) from person p where p.id in
    (select unnest(array[${ROLES.map((role) => `a.${role}`).join(', ')}]) from agreement a where a.id in (select agreement_id from wanted))) as people`;

const ROWS = (table: string, order: string, where = ''): string => `(select json_agg(x${order === '' ? '' : ` order by ${order}`}) from ${table} x where x.ticket_id = w.id${where})`;

const CASE = `json_build_object(
  'ticket', w.ticket, 'incident', w.incident,
  'spans', ${ROWS('ticket_span', 'x.seq')},
  'suspensions', ${ROWS('suspension', 'x.from_at, x.id')},
  'handoffs', ${ROWS('handoff', 'x.requested_at, x.id')},
  'requests', ${ROWS('regrade_request', 'x.requested_at, x.id')},
  'escalations', ${ROWS('escalation', 'x.fired_at, x.id')},
  'alarms', ${ROWS('alarm', 'x.raised_at, x.id', ' and x.acknowledged_at is null and x.ended_at is null')},
  'cis', ${ROWS('ticket_ci', '')},
  'facts', ${ROWS('clock_fact', 'x.seq')},
  'clocks', ${ROWS('clock', '')},
  'firings', ${ROWS('clock_firing', '')},
  'links', (select json_agg(x) from ticket_link x where x.from_id = w.id),
  'problem', (select json_build_object('id', t.id, 'number', t.number) from ticket_link l join ticket t on t.id = l.from_id
    where l.to_id = w.id and l.kind = 'problem-of' and t.closed_at is null order by t.opened_at limit 1),
  'changes', (select count(*) from ticket_link l where l.to_id = w.id and l.kind = 'change-for'),
  'openChildren', (select count(*) from ticket_link l join ticket c on c.id = l.from_id
    where l.to_id = w.id and l.kind = 'child-of' and c.kind = 'incident' and c.closed_at is null))`;

/** All that the rules look at of these incidents, in ascending order of their ids, with the instant and the revision of policies, in one statement. */
export async function readCaseRows(em: Em, time: Pick<TimeSource, 'sql'>, ids: readonly string[]): Promise<CasesRead> {
  const these = among('t.id', ids);
  const rows = await statement<CasesRead>(
    em,
    `with wanted as materialized (
       select t.id, to_json(t) as ticket, to_json(i) as incident, i.agreement_id, i.agreement_line_id, i.service_id
       from ticket t join incident i on i.ticket_id = t.id where ${these.sql}
     )
     select ${time.sql} as now, (select revision::text from reference_revision where id = 1) as revision,
       (select json_agg(${CASE} order by w.id) from wanted w) as cases, ${TERMS}`,
    these.parameters,
  );
  return rows[0]!;
}

/** The same for an incident that is not on record yet. */
export async function readTermRows(em: Em, of: { readonly agreementId: string | null; readonly agreementLineId: string | null; readonly serviceId: string | null }): Promise<TermRows> {
  const rows = await statement<TermRows>(
    em,
    `with wanted as materialized (select ?::uuid as agreement_id, ?::uuid as agreement_line_id, ?::uuid as service_id) select ${TERMS}`,
    [of.agreementId, of.agreementLineId, of.serviceId],
  );
  return rows[0]!;
}
