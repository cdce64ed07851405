import { alreadyRead, type Change, type Database } from '../../platform/db/database.ts';
import { KeptRows, type Besides } from '../../platform/db/kept-rows.ts';
import { newId } from '../../platform/time/new-id.ts';
import { statement } from '../../platform/db/statement.ts';
import { textArray } from '../../platform/db/text-array.ts';
import { toIso, type Instant } from '../../kernel/instant.ts';
import type { CalendarBook } from '../calendar/calendar.service.ts';
import { changeBlockersOf } from '../change/change-block.service.ts';
import { ClockEntity, ClockFactEntity, ClockFiringEntity, EscalationEntity } from '../clock/clock.entity.ts';
import { HandoffEntity } from '../handoff/handoff.entity.ts';
import { nextPolicyChange, policiesAt } from '../service-level/service-level.service.ts';
import { TicketCiEntity, TicketEntity, TicketLinkEntity, TicketSpanEntity, WorkLogEntryEntity } from '../ticket/ticket.entity.ts';
import { openSuspension, type IncidentCase, type RuleContext } from './incident-case.rules.ts';
import { readCaseRows, type CaseRows } from './incident-load.queries.ts';
import { plannedSince } from './incident-plan.rules.ts';
import { nextReminder } from './incident-remind.rules.ts';
import { termsFrom } from './incident-terms.service.ts';
import { AlarmEntity, IncidentEntity, RegradeRequestEntity, SuspensionEntity } from './incident.entity.ts';

/** An incident loaded under its lock, ready for a rule. */
export interface OpenCase {
  readonly change: Change;
  readonly kase: IncidentCase;
  readonly context: RuleContext;
  readonly calendars: CalendarBook;
  /** Knows which rows were in the database already, and as what. */
  readonly rows: KeptRows;
  /** When a policy that is decided already comes into force (D-22). */
  readonly policyChangesAt?: Instant | null;
  /** Edits of policies and calendars that it has seen. */
  readonly revision: string;
}

/** Loads everything the rules look at; the ticket's row is locked, or nothing is going to be saved. Null where there is no such incident. */
export async function openCase(database: Database, change: Change, ticketId: string): Promise<OpenCase | null> {
  return (await openCases(database, change, [ticketId])).at(0) ?? null;
}

/** The same of several at once, by a handful of statements however many; in ascending order of their ids. */
export async function openCases(database: Database, change: Change, ticketIds: readonly string[]): Promise<OpenCase[]> {
  const { em, actor } = change;
  // A rule that asks for more within the same transaction must find what was decided.
  await em.flush();
  const read = await readCaseRows(em, database.time, ticketIds);
  alreadyRead(em, read);
  const startedAt = await change.now();
  const rows = new KeptRows(em);
  const terms = await termsFrom(database, em, read, rows);
  const found = (read.cases ?? []).map((json) => ({ json, parts: partsOf(json, rows) }));
  const blockers = await changeBlockersOf(em, found.flatMap(({ json, parts }) => (json.changes > 0 ? [parts.ticket.id] : [])));
  const cases: OpenCase[] = [];
  for (const { json, parts } of found) {
    const { ticket, incident } = parts;
    const now = Math.max(startedAt, ticket.lastEventAt);
    const { policies, versions, since } = await policiesAt(database, em, now);
    const own = await terms.of({ ...incident, customerId: ticket.customerId, teamId: ticket.teamId }, { actor, now, policies });
    const related = { openProblem: json.problem, changes: json.changes, openChildren: json.openChildren, blockers: blockers.get(ticket.id) ?? [] };
    cases.push({
      change, rows, calendars: terms.calendars, revision: read.revision, policyChangesAt: await nextPolicyChange(database, em, now),
      kase: { ...parts, terms: own, related, added: [], workLog: [] },
      context: { now, at: now, lateReason: null, actor, newId, policies, versions, policySince: plannedSince(since, own.agreementSince ?? null), mark: null },
    });
  }
  return cases;
}

type CaseParts = Omit<IncidentCase, 'terms' | 'related' | 'added' | 'workLog'>;

function partsOf(json: CaseRows, rows: KeptRows): CaseParts {
  const ticket = rows.read(TicketEntity, [json.ticket])[0]!;
  return {
    ticket,
    incident: rows.read(IncidentEntity, [json.incident])[0]!,
    spans: rows.read(TicketSpanEntity, json.spans),
    suspensions: rows.read(SuspensionEntity, json.suspensions),
    handoffs: rows.read(HandoffEntity, json.handoffs),
    requests: rows.read(RegradeRequestEntity, json.requests),
    escalations: rows.read(EscalationEntity, json.escalations),
    alarms: rows.read(AlarmEntity, json.alarms),
    cis: rows.read(TicketCiEntity, json.cis),
    links: rows.read(TicketLinkEntity, json.links),
    book: {
      ticketId: ticket.id,
      facts: rows.read(ClockFactEntity, json.facts),
      clocks: rows.read(ClockEntity, json.clocks),
      firings: rows.read(ClockFiringEntity, json.firings),
    },
  };
}

/** Writes what is new and what has changed; the timer says when to look again. May be called again after more was decided. */
export async function saveCase(open: OpenCase): Promise<void> {
  await saveCases([open]);
}

/** The same of several that were opened together, in one statement and one question. */
export async function saveCases(cases: readonly OpenCase[]): Promise<void> {
  const first = cases.at(0);
  if (!first) return;
  const { em } = first.change;
  // What a rule has made besides, a problem perhaps, comes first: rows of ours may refer to it.
  await em.flush();
  await first.rows.write(rowsOf(cases.map(({ kase }) => kase)), timersOf(cases));
  await lookAgainIfEdited(cases);
}

function rowsOf(cases: readonly IncidentCase[]): [object, readonly object[]][] {
  const added = <Table extends IncidentCase['added'][number]['table']>(table: Table): object[] =>
    cases.flatMap((kase) => kase.added.filter((one) => one.table === table).map(({ row }) => row));
  const both = (kept: (kase: IncidentCase) => readonly object[], table: IncidentCase['added'][number]['table']): object[] => [...new Set([...cases.flatMap(kept), ...added(table)])];
  return [
    [TicketEntity, cases.map(({ ticket }) => ticket)],
    [IncidentEntity, cases.map(({ incident }) => incident)],
    [TicketSpanEntity, cases.flatMap(({ spans }) => spans)],
    [SuspensionEntity, both(({ suspensions }) => suspensions, 'suspension')],
    [HandoffEntity, both(({ handoffs }) => handoffs, 'handoff')],
    [RegradeRequestEntity, both(({ requests }) => requests, 'request')],
    [EscalationEntity, both(({ escalations }) => escalations, 'escalation')],
    [AlarmEntity, both(({ alarms }) => alarms, 'alarm')],
    [WorkLogEntryEntity, both(({ workLog }) => workLog, 'workLog')],
    [TicketCiEntity, both(({ cis }) => cis, 'ci')],
    [TicketLinkEntity, both(({ links }) => links, 'link')],
    [ClockFactEntity, cases.flatMap(({ book }) => book.facts)],
    [ClockEntity, cases.flatMap(({ book }) => book.clocks)],
    [ClockFiringEntity, cases.flatMap(({ book }) => book.firings)],
  ];
}

/** In ascending order of the tickets, as an edit of a policy makes them all due. */
function timersOf(cases: readonly OpenCase[]): Besides[] {
  const all = cases.map((open) => ({ ticketId: open.kase.ticket.id, at: lookAgainAt(open) })).toSorted((a, b) => (a.ticketId < b.ticketId ? -1 : 1));
  const set = all.flatMap(({ ticketId, at }) => (at === null ? [] : [{ ticket_id: ticketId, purpose: 'clocks', due_at: toIso(at) }]));
  const ended = all.flatMap(({ ticketId, at }) => (at === null ? [ticketId] : []));
  return [
    ...(set.length === 0 ? [] : [{
      sql: `insert into timer (ticket_id, purpose, due_at) select ticket_id, purpose, due_at from json_populate_recordset(null::timer, ?::json) order by ticket_id
        on conflict (ticket_id, purpose) do update set due_at = excluded.due_at`,
      parameters: [JSON.stringify(set)],
    }]),
    ...(ended.length === 0 ? [] : [{ sql: `delete from timer where ticket_id = any(?::uuid[]) and purpose = 'clocks'`, parameters: [textArray(ended)] }]),
  ];
}

/**
 * An edit that was committed meanwhile had made these tickets due: that must not be put off. Asked after the timers are written,
 * whose rows an edit that comes later waits for.
 */
async function lookAgainIfEdited(cases: readonly OpenCase[]): Promise<void> {
  const still = cases.filter(({ kase }) => kase.ticket.closedAt === null);
  const [first] = still;
  if (!first) return;
  const seen = still.map(({ kase, revision, context }) => ({
    ticket_id: kase.ticket.id, revision, agreement_id: kase.incident.agreementId, version: kase.terms.agreementVersion ?? null, at: toIso(context.now),
  }));
  await statement(
    first.change.em,
    `insert into timer (ticket_id, purpose, due_at)
     select seen.ticket_id, 'clocks', seen.at
     from json_to_recordset(?::json) as seen(ticket_id uuid, revision bigint, agreement_id uuid, version int, at timestamptz), reference_revision now
     where now.id = 1 and (now.revision <> seen.revision or (select a.version from agreement a where a.id = seen.agreement_id) is distinct from seen.version)
     order by seen.ticket_id
     on conflict (ticket_id, purpose) do update set due_at = excluded.due_at`,
    [JSON.stringify(seen)],
  );
}

/** The earliest instant at which a clock fires or a suspension's expected end passes. */
export function nextLook(kase: IncidentCase): Instant | null {
  const suspension = openSuspension(kase);
  const reminder = suspension && suspension.remindedAt === null ? suspension.expectedEndAt : null;
  const all = [...kase.book.clocks.map((clock) => clock.nextAt), reminder].filter((at) => at !== null);
  return all.length === 0 ? null : Math.min(...all);
}

/** Besides: when somebody is to be reminded, and when a policy that is decided already comes into force. */
function lookAgainAt({ kase, context, calendars, policyChangesAt = null }: OpenCase): Instant | null {
  if (kase.ticket.closedAt !== null) return null;
  const all = [nextLook(kase), nextReminder(kase, context, calendars), policyChangesAt].filter((at) => at !== null);
  return all.length === 0 ? null : Math.min(...all);
}
