import type { CalendarBook } from '../../server/src/features/calendar/calendar-book.rules.ts';
import type { CalendarVersion } from '../../server/src/features/calendar/calendar.rules.ts';
import type { ClockRow } from '../../server/src/features/clock/clock.entity.ts';
import type { ClockKind } from '../../server/src/features/clock/clock.rules.ts';
import { guard, lacksOf, notBefore, type IncidentAction } from '../../server/src/features/incident/incident-actions.rules.ts';
import { isLead, waitingHandoff, type Decision, type IncidentCase, type IncidentTerms, type RelatedRecords, type RuleContext } from '../../server/src/features/incident/incident-case.rules.ts';
import { correctEntry, type CorrectInput } from '../../server/src/features/incident/incident-correct.rules.ts';
import { confirmExecution, noticeAbnormalEvent, noticeVisitDelay, passAbnormalEvent, redispatchVisit } from '../../server/src/features/incident/incident-duty.rules.ts';
import { acknowledgeEscalation, raiseEscalation } from '../../server/src/features/incident/incident-escalate.rules.ts';
import { acceptHandoff, requestHandoff, returnHandoff } from '../../server/src/features/incident/incident-handoff.rules.ts';
import { carryOutDecision, judgeCase } from '../../server/src/features/incident/incident-judge.rules.ts';
import { followPolicy } from '../../server/src/features/incident/incident-plan.rules.ts';
import { confirmLevel, recordIncident } from '../../server/src/features/incident/incident-record.rules.ts';
import { attachToMajor, declareMajor } from '../../server/src/features/incident/incident-major.rules.ts';
import { confirmConversion, noteChangeMade } from '../../server/src/features/incident/incident-problem.rules.ts';
import { decideRegrade, regradeIncident } from '../../server/src/features/incident/incident-regrade.rules.ts';
import { dueReminders } from '../../server/src/features/incident/incident-remind.rules.ts';
import { acceptSolution, closeIncident, isNewWorkingDay, proposeSolution, recordConfirmationAttempt, refuseSolution, type CloseInput } from '../../server/src/features/incident/incident-solve.rules.ts';
import { recordCustomerFeedback, resumeIncident, suspendIncident, type SuspendInput } from '../../server/src/features/incident/incident-suspend.rules.ts';
import { addWorkLog, answerUrge, assignIncident, decideOnSite, recordArrival, recordResponse, startWork, urgeIncident, type LogInput } from '../../server/src/features/incident/incident-work.rules.ts';
import type { Level, OwnTargets, Policies, PolicyVersions } from '../../server/src/features/service-level/service-level.rules.ts';
import { entryInstant } from '../../server/src/features/ticket/ticket.rules.ts';
import type { Actor } from '../../server/src/kernel/actor.ts';
import type { DomainEvent } from '../../server/src/kernel/event.ts';
import type { Instant } from '../../server/src/kernel/instant.ts';
import { SEEDED_POLICIES } from '../../server/src/seed/policy-documents.ts';
import { CAST, inShanghai, makeCalendars, newCase, PEOPLE, shanghai, TEAMS, type TeamKey } from './story-world.ts';

export interface AgreementFacts {
  readonly tier: string | null;
  readonly targets: OwnTargets;
  readonly responseChannels: readonly string[];
}

export interface IncidentFacts {
  readonly level: Level;
  /** False: recorded only; else the level is confirmed and it lies with the engineer, not started. */
  readonly assigned: boolean;
  readonly category: string;
  readonly at: string;
  readonly reportedAt: string;
  readonly policies: Partial<Policies>;
}

/** A story that needs no database: the rules themselves, carried out as the services do. */
export const story = {
  customer: () => ({
    agreement: (tier: string | null = null, more: Partial<AgreementFacts> = {}) => {
      const agreement: AgreementFacts = { tier, targets: {}, responseChannels: [], ...more };
      return { incident: (facts: Partial<IncidentFacts> = {}) => new IncidentStory(agreement, facts) };
    },
  }),
};

/** The plainest story: an agreement on the level table, an incident that the engineer has got. */
export const incident = (facts: Partial<IncidentFacts> = {}): IncidentStory => story.customer().agreement().incident(facts);

const VERSIONS: PolicyVersions = { 'level-table': 1, 'tier-table': 1, 'priority-matrix': 1, suspension: 1, handoff: 1, intake: 1, feedback: 1, change: 1, release: 1, problem: 1, knowledge: 1, configuration: 1, metrics: 1, 'fault-report': 1, desk: 1, templates: 1, forecast: 1 };

export interface Late {
  readonly occurredAt?: string;
  readonly lateReason?: string | null;
}

export class IncidentStory {
  kase: IncidentCase;
  now: Instant;
  policies: Policies;
  versions: PolicyVersions = VERSIONS;
  policySince: RuleContext['policySince'] = null;
  calendars: CalendarBook = makeCalendars();
  actsAsDesk: readonly string[] = ['desk'];
  /** Around the clock where a 7×24 team acts as desk (D-13). */
  deskCalendarRef: '5x8' | '24x7' = '24x7';
  readonly events: DomainEvent[] = [];
  private readonly agreement: AgreementFacts;
  private ids = 0;

  constructor(agreement: AgreementFacts, facts: Partial<IncidentFacts>) {
    this.agreement = agreement;
    this.now = shanghai(facts.at ?? facts.reportedAt ?? '2026-03-02 10:00');
    this.policies = { ...SEEDED_POLICIES, ...facts.policies };
    const level = facts.level ?? 'LV2';
    this.kase = newCase(shanghai(facts.reportedAt ?? facts.at ?? '2026-03-02 10:00'), level, facts.category ?? 'hotline', this.terms('desk', CAST.desk));
    const recorded = { ...this.context(CAST.desk), at: this.kase.incident.reportedAt };
    this.carryOut(recordIncident(this.kase, recorded), recorded);
    if (facts.assigned === false) return;
    const context = this.context(CAST.desk);
    this.carryOut(confirmLevel(this.kase, { level, route: false }, context), context);
    this.assign('engineer', 'engineers');
  }

  /** Turns the clock; nothing is judged by that. */
  at(local: string): this {
    this.now = shanghai(local);
    return this;
  }

  /** What the timer does: judges at this instant and reminds whom it must. */
  look(local?: string): this {
    if (local !== undefined) this.at(local);
    const context = this.context(CAST.nobody);
    this.catchUp(context);
    for (const reminder of dueReminders(this.kase, context, this.calendars)) this.carryOut(reminder, context);
    return this;
  }

  // ---- what people do: each as the command of that name, by whoever is usual.

  assign(holderId: string | null, teamId: string | null = null, by: Actor = CAST.desk): this {
    return this.act('assignIncident', by, (context) => assignIncident(this.kase, { teamId, holderId, reason: null }, context));
  }

  take(by: Actor = CAST.engineer): this {
    return this.act('takeIncident', by, (context) => assignIncident(this.kase, { teamId: this.kase.ticket.teamId, holderId: by.id, reason: null }, context));
  }

  confirm(level: Level, by: Actor = CAST.desk): this {
    return this.act('confirmLevel', by, (context) => confirmLevel(this.kase, { level, route: true }, context));
  }

  start(by: Actor = CAST.engineer, late?: Late): this {
    return this.act('startWork', by, (context) => startWork(this.kase, context), late);
  }

  respond(by: Actor = CAST.engineer, late?: Late, input: Partial<Parameters<typeof recordResponse>[1]> = {}): this {
    return this.act('recordResponse', by, (context) => recordResponse(this.kase, { channel: 'phone', reached: true, phoneNumber: null, note: null, ...input }, context), late);
  }

  arrive(by: Actor = CAST.engineer, late?: Late): this {
    return this.act('recordArrival', by, (context) => recordArrival(this.kase, null, context), late);
  }

  onSite(needed: boolean, by: Actor = CAST.desk): this {
    return this.act('decideOnSite', by, (context) => decideOnSite(this.kase, { needed, reason: 'decided' }, context));
  }

  suspend(by: Actor = CAST.engineer, input: Partial<SuspendInput> = {}, late?: Late): this {
    const whole: SuspendInput = { category: 'awaiting-user', text: null, pastedMail: null, expectedEndAt: this.now + 86_400_000, ...input };
    return this.act('suspendIncident', by, (context) => suspendIncident(this.kase, whole, context, this.calendars.resolve('5x8')), late);
  }

  resume(by: Actor = CAST.engineer, late?: Late): this {
    return this.act('resumeIncident', by, (context) => resumeIncident(this.kase, 'The customer called back.', context), late);
  }

  feedback(by: Actor = CAST.customer, late?: Late): this {
    return this.act('recordCustomerFeedback', by, (context) => recordCustomerFeedback(this.kase, { text: 'Here it is.', channel: 'email' }, context), late);
  }

  propose(by: Actor = CAST.engineer, causeClass: string | null = 'operation'): this {
    return this.act('proposeSolution', by, (context) => proposeSolution(this.kase, { solution: 'Restarted it.', causeClass }, context));
  }

  attempt(by: Actor = CAST.desk): this {
    return this.act('recordConfirmationAttempt', by, (context) => {
      const newDay = isNewWorkingDay(this.calendars.resolve('5x8'), this.kase.incident.lastConfirmationAttemptAt, context.at);
      return recordConfirmationAttempt(this.kase, 'No answer.', newDay, context);
    });
  }

  accept(by: Actor = CAST.customer): this {
    return this.act('acceptSolution', by, (context) => acceptSolution(this.kase, null, context));
  }

  refuse(by: Actor = CAST.customer): this {
    return this.act('refuseSolution', by, (context) => refuseSolution(this.kase, 'Still broken.', context, this.kase.spans.findLast(({ state }) => state === 'awaiting-feedback')?.fromAt ?? context.at));
  }

  close(input: Partial<CloseInput> = {}, by: Actor = CAST.desk): this {
    const whole: CloseInput = { closureCode: 'successful', solution: null, causeClass: null, reason: null, linked: false, ...input };
    return this.act('closeIncident', by, (context) => closeIncident(this.kase, whole, context));
  }

  regrade(level: Level, by: Actor = CAST.lead): this {
    return this.act('regradeIncident', by, (context) => regradeIncident(this.kase, { level, reason: 'It is worse than it looked.' }, context));
  }

  decide(approve: boolean, by: Actor = CAST.lead, reason: string | null = null): this {
    return this.act('decideRegrade', by, (context) => decideRegrade(this.kase, { approve, reason }, context));
  }

  log(kind: LogInput['kind'], by: Actor = CAST.engineer, late?: Late): this {
    return this.act('addWorkLog', by, (context) => addWorkLog(this.kase, { kind, text: 'Done.', customerVisible: true, minutes: null }, context), late);
  }

  urge(by: Actor = CAST.customer): this {
    return this.act('urgeIncident', by, (context) => urgeIncident(this.kase, 'How far are you?', context));
  }

  answer(by: Actor = CAST.engineer): this {
    return this.act('answerUrge', by, (context) => answerUrge(this.kase, 'Nearly done.', context));
  }

  handOver(to: TeamKey, by: Actor = CAST.engineer, toPersonId: string | null = null): this {
    const input = { toTeamId: to, toTeamKey: to, fromTeamKey: this.kase.ticket.teamId, toPersonId, reason: 'Needs another hand', tried: 'A restart', requestedAction: 'Look at the core' };
    return this.act('requestHandoff', by, (context) => requestHandoff(this.kase, input, context));
  }

  acceptHandoff(by: Actor = CAST.senior): this {
    return this.act('acceptHandoff', by, (context) => acceptHandoff(this.kase, by.id, context));
  }

  rejectHandoff(by: Actor = CAST.senior): this {
    return this.act('rejectHandoff', by, (context) => returnHandoff(this.kase, 'rejected', 'Not ours', context));
  }

  recall(by: Actor = CAST.engineer): this {
    return this.act('recallHandoff', by, (context) => returnHandoff(this.kase, 'recalled', 'Found it', context));
  }

  escalate(step: 'escalation-1' | 'escalation-2' | 'manual', by: Actor = CAST.engineer): this {
    return this.act('raiseEscalation', by, (context) => raiseEscalation(this.kase, { step, reason: 'Expected to miss', to: [] }, context));
  }

  acknowledge(by: Actor = CAST.technicalManager): this {
    const open = this.kase.escalations.find(({ acknowledgedAt }) => acknowledgedAt === null);
    return this.act('acknowledgeEscalation', by, (context) => acknowledgeEscalation(this.kase, open?.id ?? '', context));
  }

  declareMajor(by: Actor = CAST.incidentManager, bridge: string | null = 'room 5'): this {
    return this.act('declareMajorIncident', by, (context) => declareMajor(this.kase, bridge, context));
  }

  attachTo(major: { id: string; number: string }, by: Actor = CAST.engineer): this {
    return this.act('attachToMajorIncident', by, (context) => attachToMajor(this.kase, major, context));
  }

  convert(by: Actor): this {
    return this.act('convertToProblem', by, (context) => confirmConversion(this.kase, 'It takes too long.', context));
  }

  noteChange(by: Actor = CAST.engineer): this {
    return this.act('noteChangeMade', by, (context) => noteChangeMade(this.kase, 'Swapped the card.', context));
  }

  confirmExecution(by: Actor = CAST.desk, late?: Late): this {
    return this.act('confirmExecution', by, (context) => confirmExecution(this.kase, 'He is on it.', context), late);
  }

  visitDelayed(by: Actor = CAST.engineer, late?: Late): this {
    return this.act('noticeVisitDelay', by, (context) => noticeVisitDelay(this.kase, { fault: 'delayed', text: 'Stuck in traffic.' }, context), late);
  }

  redispatch(by: Actor = CAST.desk): this {
    return this.act('redispatchVisit', by, (context) => redispatchVisit(this.kase, { contact: 'Told the user.', dispatch: 'Li goes at two.' }, context));
  }

  abnormal(by: Actor = CAST.engineer): this {
    return this.act('noticeAbnormalEvent', by, (context) => noticeAbnormalEvent(this.kase, 'Smoke in the rack.', context));
  }

  passAbnormal(by: Actor = CAST.desk): this {
    return this.act('passAbnormalEvent', by, (context) => passAbnormalEvent(this.kase, 'Told Mr Pan.', context));
  }

  /** What other processes have to do with it. */
  relate(related: Partial<RelatedRecords>): this {
    this.kase = { ...this.kase, related: { ...this.kase.related, ...related } };
    return this;
  }

  correct(input: Partial<CorrectInput>, by: Actor = CAST.lead): this {
    const whole: CorrectInput = { kind: 'suspension', suspensionId: this.kase.suspensions.findLast((row) => row.correctedAt === null)?.id ?? null, at: null, reason: 'Wrong button', ...input };
    return this.act('correctEntry', by, (context) => correctEntry(this.kase, whole, context));
  }

  linkCause(): this {
    this.kase.cis.push({ id: this.newId(), ticketId: 'incident', ciId: 'ci-1', cause: true });
    return this;
  }

  /** Follows a policy or calendar by a new version, from now on. */
  editPolicy<K extends keyof Policies>(key: K, body: Policies[K]): this {
    this.policies = { ...this.policies, [key]: body };
    this.versions = { ...this.versions, [key]: this.versions[key] + 1 };
    this.policySince = { at: this.now, knownAt: this.now };
    return this;
  }

  editCalendar(version: CalendarVersion): this {
    this.calendars = makeCalendars([version]);
    return this;
  }

  // ---- what can be seen

  get state(): string {
    return this.kase.incident.state;
  }

  clock(kind: ClockKind): ClockRow {
    const found = this.kase.book.clocks.findLast((clock) => clock.kind === kind);
    if (!found) throw new Error(`There is no clock "${kind}"`);
    return found;
  }

  /** What has fired and not been withdrawn, as "clock step @ time", in order. */
  firings(...kinds: readonly ClockKind[]): string[] {
    const { clocks, firings } = this.kase.book;
    return firings
      .map((firing) => ({ ...firing, kind: clocks.find(({ id }) => id === firing.clockId)!.kind }))
      .filter(({ withdrawnAt, kind }) => withdrawnAt === null && (kinds.length === 0 || kinds.includes(kind)))
      .toSorted((a, b) => a.at - b.at || a.kind.localeCompare(b.kind) || a.step.localeCompare(b.step))
      .map(({ kind, step, at }) => `${kind} ${step} @ ${inShanghai(at)}`);
  }

  eventTypes(): string[] {
    return this.events.map(({ type }) => type);
  }

  event(type: string): DomainEvent {
    const found = this.events.findLast((event) => event.type === type);
    if (!found) throw new Error(`No event "${type}" among ${this.eventTypes().join(', ')}`);
    return found;
  }

  lacks(action: IncidentAction, actor: Actor): string[] {
    this.refreshTerms(actor);
    return lacksOf(action, this.kase, actor).map(({ code }) => code);
  }

  // ---- how the services do it

  act(action: IncidentAction, actor: Actor, rule: (context: RuleContext) => Decision, late: Late = {}): this {
    this.refreshTerms(actor);
    this.catchUp(this.context(CAST.nobody));
    guard(action, this.kase, actor);
    const context = this.lateContext(action, actor, late);
    this.carryOut(rule(context), context);
    return this;
  }

  private lateContext(action: IncidentAction, actor: Actor, { occurredAt, lateReason = 'Was on the phone' }: Late): RuleContext {
    const context = this.context(actor);
    const at = entryInstant({
      now: context.now, occurredAt: occurredAt === undefined ? null : shanghai(occurredAt), lateReason, byLead: isLead(this.kase, actor),
      limitMinutes: this.policies.intake.lateEntryMinutes, notBefore: notBefore(action, this.kase),
    });
    return { ...context, at, lateReason: at === context.now ? null : lateReason };
  }

  private catchUp(context: RuleContext): void {
    if (this.kase.ticket.closedAt === null) followPolicy(this.kase, context);
    this.events.push(...judgeCase(this.kase, context, this.calendars, { keepFirings: true }));
  }

  private carryOut(decision: Decision, context: RuleContext): void {
    this.events.push(...carryOutDecision(this.kase, decision, context, this.calendars));
    this.refreshTerms(context.actor);
  }

  context(actor: Actor): RuleContext {
    // The database's clock, never before the record's last event (D-19).
    const now = Math.max(this.now, this.kase.ticket.lastEventAt);
    return { now, at: now, lateReason: null, actor, newId: () => this.newId(), policies: this.policies, versions: this.versions, policySince: this.policySince ?? null, mark: null };
  }

  private newId(): string {
    this.ids += 1;
    return `id-${String(this.ids).padStart(5, '0')}`;
  }

  private refreshTerms(actor: Actor): void {
    this.kase = { ...this.kase, terms: this.terms(this.kase.ticket.teamId, actor) };
  }

  private terms(teamId: string | null, actor: Actor): IncidentTerms {
    const team = teamId === null ? null : TEAMS[teamId as TeamKey];
    const { tier, targets, responseChannels } = this.agreement;
    return {
      agreement: { name: 'SA-1', lineName: null, tier, calendarRef: '5x8', targets }, calendarRefs: { '24x7': '24x7', '5x8': '5x8' },
      responseChannels, teamLeadId: team?.lead ?? null, teamLine: team?.line ?? null, people: PEOPLE,
      routing: { LV1: { teamId: 'managers', holderId: 'tm' }, LV2: { teamId: 'seniors', holderId: null }, LV3: { teamId: 'engineers', holderId: null }, LV4: { teamId: 'engineers', holderId: null } },
      secondLineTeamId: 'seniors', actsAsDesk: this.actsAsDesk.includes(actor.id), deskCalendarRef: this.deskCalendarRef,
    };
  }
}

/** The handoff that waits, for assertions. */
export const waiting = (told: IncidentStory) => waitingHandoff(told.kase);
