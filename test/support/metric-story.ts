import { newId } from '../../server/src/platform/time/new-id.ts';
import type { Database } from '../../server/src/platform/db/database.ts';

/** A change as the metrics see it; instants as ISO texts. Written plainly: how a change comes to be so is the change feature's matter. */
export interface ChangeFacts {
  readonly category?: 'major' | 'important' | 'general' | 'emergency';
  readonly customerId: string;
  readonly teamId?: string | null;
  readonly submitted?: string | null;
  readonly due?: string | null;
  readonly responded?: string | null;
  readonly response?: 'accepted' | 'refused' | null;
  readonly started?: string | null;
  readonly ended?: string | null;
  readonly window?: readonly [string, string] | null;
  readonly closed?: string | null;
  readonly outcome?: 'successful' | 'successful-with-issues' | 'failed' | 'rolled-back' | 'terminated' | null;
  readonly expected?: boolean | null;
  readonly outage?: number;
}

let numbers = 0;

/** Puts a change on the books. Answers its id. */
export async function putChange({ em }: Database, facts: ChangeFacts): Promise<string> {
  const id = newId();
  numbers += 1;
  const { submitted = null, due = null, responded = null, started = null, ended = null, closed = null, outcome = null, expected = null, window = null } = facts;
  const opened = submitted ?? '2025-01-01T00:00:00Z';
  await em.execute(
    `insert into ticket (id, kind, number, title, customer_id, team_id, opened_at, closed_at, last_event_at) values (?, 'change', ?, ?, ?, ?, ?::timestamptz, ?::timestamptz, ?::timestamptz)`,
    [id, `CHG-T${numbers}`, `Change ${numbers}`, facts.customerId, facts.teamId ?? null, opened, closed, opened],
  );
  await em.execute(
    `insert into change (ticket_id, state, category, type, risk, priority, source, subject, description, business_systems, departments, requester_name, submitted_at, response_due_at,
       responded_at, response, implementation_started_at, implementation_ended_at, window_start_at, window_end_at, outcome, expected_result_met, outage_minutes)
     values (?, ?, ?, 'system', 'low', 'normal', 'own', 'x', 'x', '[]', '[]', 'x', ?::timestamptz, ?::timestamptz, ?::timestamptz, ?, ?::timestamptz, ?::timestamptz, ?::timestamptz, ?::timestamptz, ?, ?, ?)`,
    [
      id, closed === null ? 'submitted' : 'closed', facts.category ?? 'general', submitted, due, responded, facts.response ?? (responded === null ? null : 'accepted'), started, ended,
      window?.[0] ?? null, window?.[1] ?? null, outcome, expected, facts.outage ?? 0,
    ],
  );
  return id;
}

/** Puts an incident on the books, as plainly. */
export async function putIncident({ em }: Database, facts: { customerId: string; teamId?: string | null; reported: string; occurred?: string | null; closed?: string | null; code?: string | null; level?: string; cause?: string | null; handoffs?: number }): Promise<string> {
  const id = newId();
  numbers += 1;
  const { closed = null, level = 'LV3' } = facts;
  await em.execute(
    `insert into ticket (id, kind, number, title, customer_id, team_id, opened_at, closed_at, last_event_at) values (?, 'incident', ?, ?, ?, ?, ?::timestamptz, ?::timestamptz, ?::timestamptz)`,
    [id, `INC-T${numbers}`, `Incident ${numbers}`, facts.customerId, facts.teamId ?? null, facts.reported, closed, facts.reported],
  );
  await em.execute(
    `insert into incident (ticket_id, state, description, category, technical_class, channel, level, highest_level, reported_at, occurred_at, closure_code, cause_class, handoff_count)
     values (?, ?, 'x', 'other', 'software', 'phone', ?, ?, ?::timestamptz, ?::timestamptz, ?, ?, ?)`,
    [id, closed === null ? 'in-progress' : 'closed', level, level, facts.reported, facts.occurred ?? null, closed === null ? null : facts.code ?? 'successful', facts.cause ?? null, facts.handoffs ?? 0],
  );
  return id;
}

/** A stopped or running clock of an incident. */
export async function putClock({ em }: Database, facts: { ticketId: string; kind: 'response' | 'resolution'; start: string; due: string; met?: string | null; breached?: string | null; targetMinutes?: number; workedMinutes?: number }): Promise<void> {
  const { met = null, breached = null, targetMinutes = 60, workedMinutes = 0 } = facts;
  await em.execute(
    `insert into clock (id, ticket_id, kind, subject_id, state, outcome, start_at, due_at, target_ms, remaining_ms, breached_at, met_at, misses, calendar_ref, calendar_version, policy, candidates)
     values (?, ?, ?, ?, ?, ?, ?::timestamptz, ?::timestamptz, ?, ?, ?::timestamptz, ?::timestamptz, 0, 'x', 1, 'test', '[]')`,
    [
      newId(), facts.ticketId, facts.kind, facts.ticketId, met === null ? 'running' : 'stopped', met === null ? 'none' : 'met', facts.start, facts.due, targetMinutes * 60_000,
      met === null ? null : (targetMinutes - workedMinutes) * 60_000, breached, met,
    ],
  );
}

export async function link({ em }: Database, fromId: string, toId: string, kind: string): Promise<void> {
  await em.execute(`insert into ticket_link (id, from_id, to_id, kind, created_at, created_by) values (?, ?, ?, ?, now(), 'test')`, [newId(), fromId, toId, kind]);
}

interface ReleaseFacts {
  readonly customerId: string;
  readonly started?: string | null;
  readonly deployed?: string | null;
  readonly accepted?: string | null;
  readonly confirmed?: string | null;
  readonly rolledBack?: string | null;
  readonly closed?: string | null;
}

export async function putRelease({ em }: Database, facts: ReleaseFacts): Promise<string> {
  const id = await putTicket(em, 'release', facts.customerId, { opened: '2026-01-01T00:00:00Z', closed: facts.closed ?? null });
  await em.execute(
    `insert into release (ticket_id, state, version, plan, go_live_plan, deployment_started_at, deployed_at, accepted_at, business_confirmed_at, rolled_back_at)
     values (?, 'closed', '1.0', '{}', '{}', ?::timestamptz, ?::timestamptz, ?::timestamptz, ?::timestamptz, ?::timestamptz)`,
    [id, facts.started ?? null, facts.deployed ?? null, facts.accepted ?? null, facts.confirmed ?? null, facts.rolledBack ?? null],
  );
  return id;
}

export async function putReleaseCause({ em }: Database, releaseId: string, ticketId: string, state: 'suggested' | 'confirmed' | 'rejected'): Promise<void> {
  await em.execute('insert into release_cause (id, release_id, ticket_id, state) values (?, ?, ?, ?)', [newId(), releaseId, ticketId, state]);
}

export async function putProblem({ em }: Database, facts: { customerId: string; opened: string; known?: string; resolved?: string; closed?: string; severity?: string }): Promise<string> {
  const id = await putTicket(em, 'problem', facts.customerId, { opened: facts.opened, closed: facts.closed ?? null });
  await em.execute(
    `insert into problem (ticket_id, state, stage, class, severity, source, description, solution_state, known_error_at, resolved_at)
     values (?, ?, 'logged', 'software', ?, 'incident', 'x', 'none', ?::timestamptz, ?::timestamptz)`,
    [id, facts.resolved === undefined ? 'unresolved' : 'resolved', facts.severity ?? 'L3', facts.known ?? null, facts.resolved ?? null],
  );
  return id;
}

async function putTicket(em: Database['em'], kind: string, customerId: string, { opened, closed }: { opened: string; closed: string | null }): Promise<string> {
  const id = newId();
  numbers += 1;
  await em.execute(
    `insert into ticket (id, kind, number, title, customer_id, opened_at, closed_at, last_event_at) values (?, ?, ?, ?, ?, ?::timestamptz, ?::timestamptz, ?::timestamptz)`,
    [id, kind, `${kind.slice(0, 3).toUpperCase()}-T${numbers}`, `${kind} ${numbers}`, customerId, opened, closed, opened],
  );
  return id;
}
