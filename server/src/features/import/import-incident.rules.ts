import type { Actor } from '../../kernel/actor.ts';
import { assert } from '../../kernel/assert.ts';
import type { DomainEvent } from '../../kernel/event.ts';
import type { NewId } from '../../kernel/id.ts';
import type { Instant } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { VersionedCalendars } from '../clock/clock-book.rules.ts';
import { applyDecision, NOTHING_RELATED, openSuspension, waitingHandoff, type Decision, type IncidentCase, type IncidentTerms, type RuleContext } from '../incident/incident-case.rules.ts';
import { judgeCase } from '../incident/incident-judge.rules.ts';
import { hasClock } from '../incident/incident-plan.rules.ts';
import type { Level, Policies, PolicyVersions } from '../service-level/service-level.rules.ts';
import { proposeLevel } from '../service-level/service-level.rules.ts';
import type { ImportReject } from './import-csv.rules.ts';
import { decisionOf, reclassify, recordDecision } from './import-decision.rules.ts';
import type { IncidentMapping } from './import-mapping.rules.ts';
import { checkReachable, nextStep, type StandingIncident, type WantedIncident } from './import-path.rules.ts';
import { inOrder, type HistoryRow } from './import-row.rules.ts';

/** Whose incident it is and by which agreement its clocks run. */
export interface HistoryPlace {
  readonly customerId: string;
  readonly serviceId: string | null;
  readonly siteId: string | null;
  readonly agreementId: string | null;
  readonly agreementLineId: string | null;
}

/** Everything that a history needs from outside; all of it looked up beforehand, so that the history itself is pure. */
export interface HistoryWorld {
  readonly source: string;
  readonly mapping: IncidentMapping;
  readonly actor: Actor;
  readonly newId: NewId;
  readonly calendars: VersionedCalendars;
  policiesAt(at: Instant): { policies: Policies; versions: PolicyVersions };
  /** Null: no customer is mapped to this row. */
  placeOf(row: HistoryRow): HistoryPlace | null;
  termsOf(place: HistoryPlace, teamId: string | null): IncidentTerms;
  teamOf(group: string): { readonly id: string; readonly key: string };
  teamKey(teamId: string): string;
  /** Null: nobody is named; `teamId` is the team that holds it. */
  personOf(assignee: string, teamId: string | null): string;
  unknownPerson(teamId: string | null, number: string): string;
  titleOf(row: HistoryRow): string;
  /** The CI that it concerns, if the source's words say so. */
  ciOf(row: HistoryRow, customerId: string): string | null;
}

/** One incident with its whole history, not saved yet. */
export interface ImportedIncident {
  /** Null when none of its rows could be taken over. */
  readonly kase: IncidentCase | null;
  readonly events: readonly DomainEvent[];
  readonly accepted: number;
  readonly rejects: readonly ImportReject[];
}

/** More commands than this lead from no row to the next; a longer path would be a circle. */
const LONGEST_PATH = 20;

/**
 * Turns the rows of one incident into a case with its history: each pair of rows a path of permitted commands at the same
 * instant (D-24), thresholds of the past judged on the way and recorded as imported (D-25).
 */
export function importHistory(rows: readonly HistoryRow[], ticketNumber: string, world: HistoryWorld): ImportedIncident {
  const history = new History(world, ticketNumber);
  for (const row of inOrder(rows)) history.take(row);
  return history.result();
}

/** Goes on with an incident that an earlier import has brought to `revision`; rows up to it are there already. */
export function continueHistory(kase: IncidentCase, rows: readonly HistoryRow[], world: HistoryWorld): ImportedIncident {
  const history = new History(world, kase.ticket.number, kase);
  for (const row of inOrder(rows)) history.take(row);
  return history.result();
}

/** The growing case; never leaves this file. */
class History {
  private readonly world: HistoryWorld;
  private readonly ticketNumber: string;
  private kase: IncidentCase | null;
  private place: HistoryPlace | null = null;
  private before: HistoryRow | null = null;
  private readonly known: number;
  private readonly taken = new Set<number>();
  private readonly events: DomainEvent[] = [];
  private readonly rejects: ImportReject[] = [];
  private accepted = 0;

  constructor(world: HistoryWorld, ticketNumber: string, kase: IncidentCase | null = null) {
    this.world = world;
    this.ticketNumber = ticketNumber;
    this.kase = kase;
    this.known = kase?.ticket.externalRevision ?? -1;
    if (kase) this.place = { customerId: kase.ticket.customerId, ...placesOf(kase) };
  }

  take(row: HistoryRow): void {
    if (this.taken.has(row.revision)) return this.reject(row, 'ROW_DOUBLED', `There is a row with "sys_mod_count" ${row.revision} of ${row.number} already.`);
    try {
      if (row.revision > this.known) this.apply(row);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return this.reject(row, codeOf(error), error.message);
    }
    this.taken.add(row.revision);
    this.before = row;
    this.accepted += 1;
  }

  result(): ImportedIncident {
    return { kase: this.kase, events: this.events, accepted: this.accepted, rejects: this.rejects };
  }

  private reject(row: HistoryRow, code: ImportReject['code'], reason: string): void {
    this.rejects.push({ line: row.line, number: row.number, code, reason });
  }

  private apply(row: HistoryRow): void {
    const kase = this.kase ?? this.begin(row);
    // Judging up to now is an event too; a newer row of the source may still lie before it, but not before the last change.
    if (row.at < (kase.spans.at(-1)?.fromAt ?? kase.incident.reportedAt)) {
      throw new Refusal('OUT_OF_RANGE', 'The row is older than what is known of the incident already.', 'sys_updated_at', { code: 'TIME_BEFORE_OPENED' });
    }
    const first = this.kase === null;
    const want = this.wanted(row);
    checkReachable(viewOf(kase), want);
    this.kase = kase;
    if (first) this.decide(recordDecision(kase, this.context(kase.incident.reportedAt, 'imported')), kase.incident.reportedAt);
    this.walk(row, want);
    this.kase.ticket.externalRevision = Math.max(this.kase.ticket.externalRevision ?? -1, row.revision);
  }

  /** Judges what fell due before, then walks to what the row says and judges what that revealed. */
  private walk(row: HistoryRow, want: WantedIncident): void {
    const changes = reclassify(this.open(), row, this.before, this.context(row.at, 'imported'));
    let step = nextStep(viewOf(this.open()), want);
    if (!step && changes.length === 0) return;
    this.judge(row.at);
    for (const change of changes) this.decide(change, row.at);
    for (let steps = 0; step; steps += 1) {
      assert(steps < LONGEST_PATH, `the path of ${row.number} at line ${row.line} ends`);
      const named = 'level' in step;
      this.decide(decisionOf(step, this.open(), { row, world: this.world, context: this.context(row.at, named ? 'imported' : 'inferred') }), row.at);
      step = nextStep(viewOf(this.open()), want);
    }
    this.judge(row.at);
  }

  private decide(decision: Decision, at: Instant): void {
    const kase = this.open();
    const team = kase.ticket.teamId;
    applyDecision(kase, decision, this.context(at, 'imported'));
    this.events.push(...decision.events);
    if (kase.ticket.teamId !== team && this.place) this.kase = { ...kase, terms: this.world.termsOf(this.place, kase.ticket.teamId) };
  }

  private judge(at: Instant): void {
    this.events.push(...judgeHistory(this.open(), at, this.world));
  }

  private open(): IncidentCase {
    assert(this.kase, 'the incident has begun');
    return this.kase;
  }

  private context(at: Instant, mark: 'imported' | 'inferred'): RuleContext {
    return contextAt(this.world, at, mark);
  }

  private wanted(row: HistoryRow): WantedIncident {
    const team = row.group === null ? null : this.world.teamOf(row.group).id;
    const holdingTeam = team ?? this.kase?.ticket.teamId ?? null;
    const holder = row.assignee === null || row.state === 'awaiting-assignment' ? null : this.world.personOf(row.assignee, holdingTeam);
    return { state: row.state, suspension: row.suspension, level: row.level, team, holder };
  }

  /** The case as it was taken in: from the time it was opened, with the team of its first row. */
  private begin(row: HistoryRow): IncidentCase {
    const { world } = this;
    const place = world.placeOf(row);
    if (!place) throw new Refusal('NOT_FOUND', 'The mapping names no customer for this row.', 'customers', { code: 'CUSTOMER_UNKNOWN' });
    this.place = place;
    const teamId = row.group === null ? null : world.teamOf(row.group).id;
    const id = world.newId();
    const terms = world.termsOf(place, teamId);
    const level = levelOf(row, world.policiesAt(row.openedAt).policies);
    const ciId = world.ciOf(row, place.customerId);
    const cis = ciId === null ? [] : [{ id: world.newId(), ticketId: id, ciId, cause: false }];
    return {
      ticket: {
        id, kind: 'incident', number: this.ticketNumber, title: world.titleOf(row), customerId: place.customerId, teamId, holderId: null,
        openedAt: row.openedAt, closedAt: null, lastEventAt: row.openedAt, externalNumber: row.number, externalSource: world.source,
        externalRevision: null, major: false, urgeCount: 0, lastUrgedAt: null, version: 1,
      },
      incident: {
        ticketId: id, state: 'awaiting-assignment', started: false, description: descriptionOf(row), category: world.mapping.category,
        technicalClass: row.technicalClass, channel: row.channel, source: row.cell('location'), symptom: row.cell('u_symptom'), caller: row.cell('caller_id'),
        callerPhone: null, department: null, siteId: place.siteId, serviceId: place.serviceId, agreementId: place.agreementId,
        agreementLineId: place.agreementLineId, impact: row.impact, urgency: row.urgency, proposedLevel: null, level, levelConfirmed: false,
        highestLevel: level, difficulty: 'normal', occurredAt: null, reportedAt: row.openedAt, firstContactEngineerId: null,
        firstContactServiceManagerId: terms.people['service-manager']?.id ?? null, respondedAt: null, onSiteNeeded: null, feedbackArrivedAt: null,
        acceptedAt: null, confirmationAttempts: 0, lastConfirmationAttemptAt: null, feedbackRemindedAt: null, solution: null, causeClass: null, closureCode: null,
        pingPong: false, handoffCount: 0, functionalStep: 0, changeMade: false, majorAt: null, bridge: null, conversion: [], callSeconds: null,
      },
      spans: [], suspensions: [], handoffs: [], requests: [], escalations: [], alarms: [], workLog: [], cis, links: [], related: NOTHING_RELATED,
      book: { ticketId: id, facts: [], clocks: [], firings: [] }, terms, added: cis.map((link) => ({ table: 'ci' as const, row: link })),
    };
  }
}

export function contextAt(world: Pick<HistoryWorld, 'actor' | 'newId' | 'policiesAt'>, at: Instant, mark: 'imported' | 'inferred'): RuleContext {
  return { now: at, at, lateReason: null, actor: world.actor, newId: world.newId, mark, ...world.policiesAt(at) };
}

/** Judges a case as of an instant of its past and follows what fired; dated then, marked imported, addressed to nobody (D-25). */
export function judgeHistory(kase: IncidentCase, at: Instant, world: Pick<HistoryWorld, 'actor' | 'newId' | 'policiesAt' | 'calendars'>): DomainEvent[] {
  return judgeCase(kase, contextAt(world, at, 'imported'), world.calendars);
}

export function viewOf(kase: IncidentCase): StandingIncident {
  const { incident, ticket } = kase;
  return {
    state: incident.state, monitoring: incident.category === 'monitoring', level: incident.level, levelConfirmed: incident.levelConfirmed,
    team: ticket.teamId, holder: ticket.holderId, started: incident.started, responded: incident.respondedAt !== null,
    visitOpen: incident.onSiteNeeded === null && hasClock(kase, 'on-site'), suspension: openSuspension(kase)?.category ?? null,
    accepted: incident.acceptedAt !== null, handoffWaits: waitingHandoff(kase) !== null,
  };
}

/** An incident that no row grades is proposed by impact and urgency; without those it is the lowest. */
function levelOf(row: HistoryRow, policies: Policies): Level {
  if (row.level !== null) return row.level;
  return row.impact !== null && row.urgency !== null ? proposeLevel(policies['priority-matrix'], row.impact, row.urgency) : 'LV4';
}

function placesOf({ incident }: IncidentCase): Omit<HistoryPlace, 'customerId'> {
  const { serviceId, siteId, agreementId, agreementLineId } = incident;
  return { serviceId, siteId, agreementId, agreementLineId };
}

function descriptionOf(row: HistoryRow): string {
  const words = (['category', 'subcategory', 'u_symptom', 'location', 'caller_id'] as const).flatMap((column) => row.cell(column) ?? []);
  return `${row.number}: ${words.join(' · ') || 'no description in the source'}`;
}

function codeOf(refusal: Refusal): ImportReject['code'] {
  const { code } = refusal.detail;
  return code === 'CLOSED_NOT_REOPENED' || code === 'TIME_BEFORE_OPENED' || code === 'CUSTOMER_UNKNOWN' ? code : 'MOVE_NOT_ALLOWED';
}
