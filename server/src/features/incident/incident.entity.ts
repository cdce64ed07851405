import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import { id, instant, reference } from '../../platform/db/columns.ts';
import { PersonEntity } from '../access/access.entity.ts';
import { AgreementEntity, AgreementLineEntity, ServiceEntity, SiteEntity } from '../customer/customer.entity.ts';
import { LEVELS } from '../service-level/service-level.rules.ts';
import { TicketEntity } from '../ticket/ticket.entity.ts';
import { INCIDENT_STATES } from './incident-states.rules.ts';

/** One manager's word on converting a late incident to a problem. */
export interface ConversionWord {
  readonly role: 'service-manager' | 'technical-manager';
  readonly personId: string;
  readonly name: string;
  readonly at: number;
  readonly reason: string;
}

/** How likely an open incident is to miss one of its clocks (SLA-11): for queues to sort by, written anew every minute. */
export const IncidentRiskEntity = defineEntity({
  name: 'IncidentRisk',
  tableName: 'incident_risk',
  properties: {
    ticketId: p.uuid().primary(),
    /** The most likely miss among its clocks. */
    percent: p.smallint(),
  },
});

/**
 * One narrow row an open incident, with what boards and queues limit and sort by: reading them does not depend on how many incidents are over.
 * Kept by triggers on `ticket`, `incident` and `clock` (decision 0038); no code writes it.
 */
export const OpenIncidentEntity = defineEntity({
  name: 'OpenIncident',
  tableName: 'open_incident',
  properties: {
    ticketId: reference(TicketEntity, 'ticket_id').primary().deleteRule('cascade'),
    customerId: p.uuid(),
    teamId: p.uuid().strictNullable(),
    major: p.boolean(),
    state: p.text(),
    level: p.text(),
    difficulty: p.text(),
    reportedAt: instant(),
    /** The running clock that ends next, of a suspended one the paused clock with the least left. */
    clockId: p.uuid().strictNullable(),
    clockState: p.text().strictNullable(),
    dueAt: instant().strictNullable(),
    breachedAt: instant().strictNullable(),
    remainingMs: p.bigint('number').strictNullable(),
    /** When the running clock ends; never for those whose clock does not run. */
    runsOutAt: instant().generated(`coalesce(case when clock_state = 'running' and state <> 'suspended' then due_at else null end, 'infinity') stored`),
  },
  indexes: [{ properties: ['runsOutAt', 'level', 'ticketId'] }, { properties: ['teamId', 'runsOutAt', 'level', 'ticketId'] }],
});

export const IncidentEntity = defineEntity({
  name: 'Incident',
  tableName: 'incident',
  properties: {
    ticketId: reference(TicketEntity, 'ticket_id').primary(),
    state: p.enum(INCIDENT_STATES),
    /** 解决中's sub-state: false = assigned, not started (D-20). */
    started: p.boolean().default(false),
    description: p.text(),
    category: p.text(),
    technicalClass: p.text(),
    channel: p.text(),
    source: p.text().strictNullable(),
    symptom: p.text().strictNullable(),
    caller: p.text().strictNullable(),
    callerPhone: p.text().strictNullable(),
    department: p.text().strictNullable(),
    siteId: reference(SiteEntity, 'site_id').strictNullable(),
    serviceId: reference(ServiceEntity, 'service_id').strictNullable(),
    agreementId: reference(AgreementEntity, 'agreement_id').strictNullable(),
    agreementLineId: reference(AgreementLineEntity, 'agreement_line_id').strictNullable(),
    impact: p.smallint().strictNullable(),
    urgency: p.smallint().strictNullable(),
    proposedLevel: p.enum(LEVELS).strictNullable(),
    level: p.enum(LEVELS),
    levelConfirmed: p.boolean().default(false),
    /** The most severe confirmed level in its life (D-42). */
    highestLevel: p.enum(LEVELS),
    difficulty: p.enum(['simple', 'normal', 'hard']).default('normal'),
    occurredAt: instant().strictNullable(),
    reportedAt: instant().index(),
    /** SLA-19: how long the call took that it was recorded in; null where there was none. */
    callSeconds: p.integer().strictNullable(),
    firstContactEngineerId: reference(PersonEntity, 'first_contact_engineer_id').strictNullable(),
    firstContactServiceManagerId: reference(PersonEntity, 'first_contact_service_manager_id').strictNullable(),
    respondedAt: instant().strictNullable(),
    onSiteNeeded: p.boolean().strictNullable(),
    /** D-37: set when the customer's word arrives on a suspended record, cleared by the resume. */
    feedbackArrivedAt: instant().strictNullable(),
    /** INC-17: the customer accepted the solution; the desk may close. */
    acceptedAt: instant().strictNullable(),
    confirmationAttempts: p.integer().default(0),
    lastConfirmationAttemptAt: instant().strictNullable(),
    /** INC-17: when the desk was last reminded that the customer is silent. */
    feedbackRemindedAt: instant().strictNullable(),
    solution: p.text().strictNullable(),
    causeClass: p.text().strictNullable(),
    closureCode: p.text().strictNullable(),
    /** HND-03. */
    pingPong: p.boolean().default(false),
    handoffCount: p.integer().default(0),
    /** SLA-18: second line has been proposed / the incident manager has been told. */
    functionalStep: p.smallint().default(0),
    /** INC-14: something was changed while handling; it must be on record as a change before the incident closes. */
    changeMade: p.boolean().default(false),
    /** INC-16: when it was declared a major incident, and where its bridge call is. */
    majorAt: instant().strictNullable(),
    bridge: p.text().strictNullable(),
    /** INC-12, D-42: the managers' words on making a problem of it. */
    conversion: p.json<ConversionWord[]>().default([]),
  },
  indexes: [{ name: 'incident_open_index', properties: ['ticketId'], include: ['state', 'level', 'reportedAt'], where: `state <> 'closed'` }],
});
export type Incident = InferEntity<typeof IncidentEntity>;

/** One spell of 挂起 (INC-07, INC-08). */
export const SuspensionEntity = defineEntity({
  name: 'Suspension',
  tableName: 'suspension',
  properties: {
    id: id(),
    ticketId: reference(TicketEntity, 'ticket_id').index(),
    category: p.text(),
    text: p.text().strictNullable(),
    pastedMail: p.text().strictNullable(),
    fromAt: instant(),
    toAt: instant().strictNullable(),
    expectedEndAt: instant().strictNullable(),
    suspendedBy: p.text(),
    resumedBy: p.text().strictNullable(),
    /** Set when the expected end passed and the owner was reminded. */
    remindedAt: instant().strictNullable(),
    flagged: p.boolean().default(false),
    correctedAt: instant().strictNullable(),
    correctedBy: p.text().strictNullable(),
    correctedReason: p.text().strictNullable(),
  },
});
export type Suspension = InferEntity<typeof SuspensionEntity>;

/** A re-grading that waits for the lead's word (INC-04, D-35). */
export const RegradeRequestEntity = defineEntity({
  name: 'RegradeRequest',
  tableName: 'regrade_request',
  properties: {
    id: id(),
    ticketId: reference(TicketEntity, 'ticket_id').index(),
    fromLevel: p.enum(LEVELS),
    toLevel: p.enum(LEVELS),
    reason: p.text(),
    requestedAt: instant(),
    requestedBy: p.text(),
    state: p.enum(['waiting', 'approved', 'refused']),
    decidedAt: instant().strictNullable(),
    decidedBy: p.text().strictNullable(),
    decisionReason: p.text().strictNullable(),
  },
});
export type RegradeRequest = InferEntity<typeof RegradeRequestEntity>;

/**
 * What rings on the boards until somebody acknowledges it: a breach and a new LV1 (WBD-03). An escalation rings by its own row. It ends by
 * itself when it is no longer so: the incident is closed or graded down, the breach is taken back.
 */
export const AlarmEntity = defineEntity({
  name: 'Alarm',
  tableName: 'alarm',
  properties: {
    id: id(),
    ticketId: reference(TicketEntity, 'ticket_id').index(),
    kind: p.enum(['breached', 'new-lv1']),
    /** Which clock was breached. */
    clock: p.text().strictNullable(),
    /** When it began to ring, which for a breach that was found late is later than the breach. */
    raisedAt: instant().index(),
    acknowledgedBy: p.text().strictNullable(),
    acknowledgedAt: instant().strictNullable().index(),
    endedAt: instant().strictNullable(),
  },
  indexes: [{ name: 'alarm_standing_index', properties: ['ticketId'], where: 'acknowledged_at is null and ended_at is null' }],
});
export type Alarm = InferEntity<typeof AlarmEntity>;

/** What the customer says of a closed incident (INC-17): asked by a one-time link, of which only the digest is kept, or answered on their own page. */
export const SatisfactionEntity = defineEntity({
  name: 'Satisfaction',
  tableName: 'satisfaction',
  properties: {
    ticketId: reference(TicketEntity, 'ticket_id').primary(),
    tokenHash: p.text().strictNullable().unique(),
    askedAt: instant().strictNullable(),
    score: p.smallint().strictNullable(),
    text: p.text().strictNullable(),
    answeredAt: instant().strictNullable(),
    answeredBy: p.text().strictNullable(),
  },
});
export type Satisfaction = InferEntity<typeof SatisfactionEntity>;
