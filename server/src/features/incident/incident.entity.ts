import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import { id, instant, reference } from '../../platform/db/columns.ts';
import { PersonEntity } from '../access/access.entity.ts';
import { AgreementEntity, AgreementLineEntity, ServiceEntity, SiteEntity } from '../customer/customer.entity.ts';
import { LEVELS } from '../service-level/service-level.rules.ts';
import { TicketEntity } from '../ticket/ticket.entity.ts';
import { INCIDENT_STATES } from './incident-states.rules.ts';

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
    source: p.text().nullable(),
    symptom: p.text().nullable(),
    caller: p.text().nullable(),
    callerPhone: p.text().nullable(),
    department: p.text().nullable(),
    siteId: reference(SiteEntity, 'site_id').nullable(),
    serviceId: reference(ServiceEntity, 'service_id').nullable(),
    agreementId: reference(AgreementEntity, 'agreement_id').nullable(),
    agreementLineId: reference(AgreementLineEntity, 'agreement_line_id').nullable(),
    impact: p.smallint().nullable(),
    urgency: p.smallint().nullable(),
    proposedLevel: p.enum(LEVELS).nullable(),
    level: p.enum(LEVELS),
    levelConfirmed: p.boolean().default(false),
    /** The most severe confirmed level in its life (D-42). */
    highestLevel: p.enum(LEVELS),
    difficulty: p.enum(['simple', 'normal', 'hard']).default('normal'),
    occurredAt: instant().nullable(),
    reportedAt: instant(),
    firstContactEngineerId: reference(PersonEntity, 'first_contact_engineer_id').nullable(),
    firstContactServiceManagerId: reference(PersonEntity, 'first_contact_service_manager_id').nullable(),
    respondedAt: instant().nullable(),
    onSiteNeeded: p.boolean().nullable(),
    /** D-37: set when the customer's word arrives on a suspended record, cleared by the resume. */
    feedbackArrivedAt: instant().nullable(),
    /** INC-17: the customer accepted the solution; the desk may close. */
    acceptedAt: instant().nullable(),
    confirmationAttempts: p.integer().default(0),
    lastConfirmationAttemptAt: instant().nullable(),
    solution: p.text().nullable(),
    causeClass: p.text().nullable(),
    closureCode: p.text().nullable(),
    /** HND-03. */
    pingPong: p.boolean().default(false),
    handoffCount: p.integer().default(0),
    /** SLA-18: second line has been proposed / the incident manager has been told. */
    functionalStep: p.smallint().default(0),
  },
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
    text: p.text().nullable(),
    pastedMail: p.text().nullable(),
    fromAt: instant(),
    toAt: instant().nullable(),
    expectedEndAt: instant().nullable(),
    suspendedBy: p.text(),
    resumedBy: p.text().nullable(),
    /** Set when the expected end passed and the owner was reminded. */
    remindedAt: instant().nullable(),
    flagged: p.boolean().default(false),
    correctedAt: instant().nullable(),
    correctedBy: p.text().nullable(),
    correctedReason: p.text().nullable(),
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
    decidedAt: instant().nullable(),
    decidedBy: p.text().nullable(),
    decisionReason: p.text().nullable(),
  },
});
export type RegradeRequest = InferEntity<typeof RegradeRequestEntity>;
