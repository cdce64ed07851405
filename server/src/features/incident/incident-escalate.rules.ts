import type { FiredNow } from '../clock/clock-book.rules.ts';
import type { Escalation } from '../clock/clock.entity.ts';
import { isExpectedMiss, type Forecast, type ForecastBasis } from '../clock/clock-forecast.rules.ts';
import { BREACH, isDeskDuty, isOperatingLevel, MISS } from '../clock/clock.rules.ts';
import type { DomainEvent } from '../../kernel/event.ts';
import { Refusal } from '../../kernel/refusal.ts';
import {
  incidentEvent, waitingHandoff, type AddedRow, type Decision, type IncidentCase, type PeopleRole, type RuleContext,
} from './incident-case.rules.ts';

export const ESCALATION_STEPS = ['escalation-1', 'escalation-2', 'manual'] as const;

/** SLA-15: warned at every step of every level, besides its addressees. */
const ALWAYS_WARNED: readonly PeopleRole[] = ['sla-owner', 'service-manager'];
/** D-36: told besides at step 1 and step 2. */
const TOLD_AT: Readonly<Record<string, readonly PeopleRole[]>> = {
  'escalation-1': ['project-manager', 'service-delivery-manager'],
  'escalation-2': ['department-manager', 'technical-manager'],
};

/**
 * What follows from a threshold that fired: an escalation record, a proposal to second line, an ageing handoff, a warning.
 * Events are dated at the threshold's own instant.
 */
export function followFiring(kase: IncidentCase, fired: FiredNow, context: RuleContext): Decision {
  const { step, at, late } = fired.firing;
  const facts = { clock: fired.clock.kind, step, dueAt: fired.clock.dueAt, late, occurrence: fired.firing.occurrence };
  const event = (type: string, after: object = facts): DomainEvent => incidentEvent(kase, context, type, { after, occurredAt: at });
  if (step.startsWith('escalation-')) return fireEscalation(kase, fired, context);
  if (step === 'functional-1' || step === 'functional-2') return functional(kase, step, event);
  if (step.startsWith('handoff-ageing-')) return ageHandoff(kase, fired, event);
  if (step === BREACH && isDeskDuty(fired.clock.kind)) return { events: [event('deskDuty.missed', { ...facts, ...holders(fired) })] };
  if (step === BREACH) return isOperatingLevel(fired.clock.kind) ? { events: [] } : { events: [event('clock.breached', { ...facts, ...holders(fired), warned: toldOfBreach(kase, fired) })] };
  if (step === MISS) return { events: [event('clock.missed', { ...facts, owner: kase.terms.people['project-manager']?.name ?? null })] };
  return { events: [event('clock.warned', warned(kase, fired, facts))] };
}

const holders = (fired: FiredNow): object => ({ teamId: fired.clock.breachTeamId, holderId: fired.clock.breachHolderId });

/** D-32: a resolution breached before escalation 1 (tier, own target) warns SLA owner and service manager by itself. */
function toldOfBreach(kase: IncidentCase, fired: FiredNow): string[] {
  const escalated = kase.book.firings.some(({ clockId, step, at, withdrawnAt }) =>
    clockId === fired.clock.id && step === 'escalation-1' && at <= fired.firing.at && withdrawnAt === null);
  return fired.clock.kind === 'resolution' && !escalated ? ALWAYS_WARNED.map((role) => nameOf(kase, role)) : [];
}

/** SLA-16: the progress-report clock belongs to the project manager. */
function warned(kase: IncidentCase, fired: FiredNow, facts: object): object {
  const owner = fired.clock.kind === 'progress-report' ? kase.terms.people['project-manager']?.name ?? null : null;
  return { ...facts, owner };
}

function fireEscalation(kase: IncidentCase, fired: FiredNow, context: RuleContext): Decision {
  const { step, at, firedAt, late } = fired.firing;
  // SLA-17: raised early already, it does not fire again for the same step.
  if (kase.escalations.some((row) => row.step === step && row.early)) return { events: [] };
  const row = escalationRow(kase, context, {
    step, dueAt: at, firedAt, late, clockId: fired.clock.id, manual: false, early: false, reason: null, forecast: null,
    addressees: addresseesOf(kase, step, context), raisedBy: null,
  });
  return { add: [row], events: [escalationEvent(kase, row.row, context)] };
}

function addresseesOf(kase: IncidentCase, step: string, context: RuleContext): string[] {
  const level = context.policies['level-table'].levels[kase.incident.level];
  const roles = step === 'escalation-1' ? level.escalation1.to : step === 'escalation-2' ? level.escalation2.to : [];
  return roles.map((role) => nameOf(kase, role));
}

/** "role: name" where the agreement names the person, else the role alone. */
function nameOf(kase: IncidentCase, role: string): string {
  const person = Object.entries(kase.terms.people).find(([key]) => key === role)?.[1];
  return person ? `${role}: ${person.name}` : role;
}

function escalationRow(
  kase: IncidentCase, context: RuleContext,
  facts: Pick<Escalation, 'step' | 'dueAt' | 'firedAt' | 'late' | 'clockId' | 'manual' | 'early' | 'reason' | 'forecast' | 'addressees' | 'raisedBy'>,
): Extract<AddedRow, { table: 'escalation' }> {
  const warned = [...ALWAYS_WARNED, ...(TOLD_AT[facts.step] ?? [])].map((role) => nameOf(kase, role));
  return {
    table: 'escalation',
    row: {
      id: context.newId(), ticketId: kase.ticket.id, warned, mark: context.mark === null ? null : 'imported',
      // History is nobody's to acknowledge now (D-25).
      acknowledgedBy: context.mark === null ? null : 'imported', acknowledgedAt: context.mark === null ? null : facts.firedAt, ...facts,
    },
  };
}

function escalationEvent(kase: IncidentCase, row: Escalation, context: RuleContext): DomainEvent {
  const { id, step, addressees, warned: told, manual, early, late, forecast } = row;
  return incidentEvent(kase, context, 'escalation.raised', {
    after: { escalationId: id, step, to: addressees, warned: told, manual, early, late, ...(forecast ? { forecast } : {}) }, reason: row.reason, occurredAt: row.dueAt ?? row.firedAt,
  });
}

/** SLA-18: past the first limit second line is proposed, past the second the incident manager is told and coordinates. */
function functional(kase: IncidentCase, step: string, event: (type: string, after?: object) => DomainEvent): Decision {
  if (step === 'functional-2') return { incident: { functionalStep: 2 }, events: [event('incident.incidentManagerTold')] };
  if (kase.terms.teamLine !== null && kase.terms.teamLine > 1) return { incident: { functionalStep: Math.max(1, kase.incident.functionalStep) }, events: [] };
  return { incident: { functionalStep: 1 }, events: [event('incident.secondLineProposed', { teamId: kase.terms.secondLineTeamId })] };
}

/** HND-01, HND-02: an unaccepted handoff ages visibly; the first contact is reminded on every step. */
function ageHandoff(kase: IncidentCase, fired: FiredNow, event: (type: string, after?: object) => DomainEvent): Decision {
  const handoff = waitingHandoff(kase);
  if (!handoff || handoff.id !== fired.clock.subjectId) return { events: [] };
  const step = Number(fired.firing.step.slice('handoff-ageing-'.length));
  const { firstContactEngineerId, firstContactServiceManagerId } = kase.incident;
  return {
    waitingHandoff: { ageingStep: step },
    events: [event('handoff.aged', { handoffId: handoff.id, step, reminded: [firstContactEngineerId, firstContactServiceManagerId].filter((id) => id !== null) })],
  };
}

export interface RaiseInput {
  readonly step: (typeof ESCALATION_STEPS)[number];
  readonly reason: string;
  readonly to: readonly string[];
}

/** SLA-06, SLA-17: by hand, with a reason; a step raised before its threshold is marked early and does not fire again there. */
export function raiseEscalation(kase: IncidentCase, input: RaiseInput, context: RuleContext): Decision {
  if (!ESCALATION_STEPS.includes(input.step)) throw new Refusal('INVALID_INPUT', `"step" must be one of ${ESCALATION_STEPS.join(', ')}.`, 'step');
  const raised = kase.escalations.some((row) => row.step === input.step);
  if (input.step !== 'manual' && raised) throw new Refusal('ALREADY_DONE', `${input.step} has been raised already.`, 'step');
  const table = addresseesOf(kase, input.step, context);
  const row = escalationRow(kase, context, {
    step: input.step, dueAt: null, firedAt: context.now, late: false, clockId: null, manual: true, early: input.step !== 'manual',
    reason: input.reason, forecast: null, addressees: [...table, ...input.to], raisedBy: context.actor.name,
  });
  return { add: [row], events: [escalationEvent(kase, row.row, context)] };
}

const IN_COMMON: Readonly<Record<ForecastBasis, string>> = {
  'team-level-category': 'same team, level and category', 'team-level': 'same team and level', level: 'same level',
};

/**
 * SLA-17: a resolution whose miss is more likely than policy bears raises escalation 1 before its threshold, once, and it does
 * not fire again there. Only step 1: it stands at the target; a second step on top of a guess would be a guess on a guess.
 */
export function expectMiss(kase: IncidentCase, { probability, samples, basis }: Forecast, context: RuleContext): Decision | null {
  const { escalateAbovePercent: above } = context.policies.forecast;
  const clock = kase.book.clocks.find(({ kind }) => kind === 'resolution');
  if (probability === null || basis === null || !clock || !isExpectedMiss({ probability }, above)) return null;
  if (kase.escalations.some(({ step }) => step === 'escalation-1')) return null;
  const percent = Math.round(probability * 100);
  const row = escalationRow(kase, context, {
    step: 'escalation-1', dueAt: null, firedAt: context.now, late: false, clockId: clock.id, manual: false, early: true, forecast: { percent, samples, basis },
    reason: `Expected to miss: ${percent} %, from ${samples} like incidents (${IN_COMMON[basis]}).`, addressees: addresseesOf(kase, 'escalation-1', context), raisedBy: null,
  });
  return { add: [row], events: [escalationEvent(kase, row.row, context)] };
}

/** SLA-07: who took it, and when. */
export function acknowledgeEscalation(
  kase: Pick<IncidentCase, 'ticket' | 'handoffs' | 'escalations'>, escalationId: string, context: Pick<RuleContext, 'now' | 'at' | 'actor' | 'mark' | 'lateReason'>,
): Decision {
  const row = kase.escalations.find(({ id }) => id === escalationId);
  if (!row) throw new Refusal('NOT_FOUND', 'This incident has no such escalation.', 'escalationId');
  if (row.acknowledgedAt !== null) throw new Refusal('ALREADY_DONE', `Acknowledged by ${row.acknowledgedBy} already.`, 'escalationId');
  row.acknowledgedAt = context.now;
  row.acknowledgedBy = context.actor.name;
  return { events: [incidentEvent(kase, context, 'escalation.acknowledged', { after: { escalationId, step: row.step, by: context.actor.name } })] };
}
