import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import { id, instant, reference } from '../../platform/db/columns.ts';
import { PersonEntity } from '../access/access.entity.ts';
import { CustomerEntity } from '../customer/customer.entity.ts';
import { TicketEntity } from '../ticket/ticket.entity.ts';
import { CAUSE_METHODS, PROBLEM_SEVERITIES, PROBLEM_SOURCES, PROBLEM_STAGES, PROBLEM_STATES, SOLUTION_STATES } from './problem-states.rules.ts';

/** A problem 问题 (PRB-01, PRB-07). Its owner is the ticket's holder; while that is empty it waits for assignment (INC-11). */
export const ProblemEntity = defineEntity({
  name: 'Problem',
  tableName: 'problem',
  properties: {
    ticketId: reference(TicketEntity, 'ticket_id').primary(),
    state: p.enum(PROBLEM_STATES),
    stage: p.enum(PROBLEM_STAGES),
    class: p.text(),
    severity: p.enum(PROBLEM_SEVERITIES),
    source: p.enum(PROBLEM_SOURCES),
    description: p.text(),
    symptom: p.text().strictNullable(),
    /** Management is told of its state (PRB-07). */
    key: p.boolean().default(false),
    scope: p.text().strictNullable(),
    investigation: p.text().strictNullable(),
    rootCause: p.text().strictNullable(),
    knownErrorAt: instant().strictNullable(),
    workaround: p.text().strictNullable(),
    solution: p.text().strictNullable(),
    solutionMinutes: p.integer().strictNullable(),
    solutionEffect: p.text().strictNullable(),
    prevention: p.text().strictNullable(),
    /** PRB-04: then it is carried out by a change. */
    altersCi: p.boolean().default(false),
    solutionState: p.enum(SOLUTION_STATES),
    solutionBy: reference(PersonEntity, 'solution_by').strictNullable(),
    solutionAt: instant().strictNullable(),
    solutionDecidedBy: p.text().strictNullable(),
    solutionDecidedAt: instant().strictNullable(),
    solutionDecision: p.text().strictNullable(),
    /** INC-11: who is to assign it, and the reminders already sent for it. */
    handedToId: reference(PersonEntity, 'handed_to_id').strictNullable(),
    ageingStep: p.smallint().default(0),
    assignedAt: instant().strictNullable(),
    resolvedAt: instant().strictNullable(),
    /** First instant at which a recurrence no longer counts against the solution (PRB-06). */
    watchEndsAt: instant().strictNullable(),
    verifiedAt: instant().strictNullable(),
    recurrences: p.integer().default(0),
    /** KNW-08: the project manager's word, and the article that it then owes. */
    confirmedAt: instant().strictNullable(),
    confirmedBy: p.text().strictNullable(),
    articleId: p.uuid().strictNullable(),
    articleKnown: p.boolean().default(false),
    withdrawnReason: p.text().strictNullable(),
  },
  indexes: [{ properties: ['stage'] }],
});
export type Problem = InferEntity<typeof ProblemEntity>;

/** A drawn root-cause analysis (PRB-02). Never edited: a new drawing is the next version of its method. */
export const ProblemChartEntity = defineEntity({
  name: 'ProblemChart',
  tableName: 'problem_chart',
  properties: {
    id: id(),
    problemId: reference(TicketEntity, 'problem_id'),
    method: p.enum(CAUSE_METHODS),
    version: p.integer(),
    body: p.json<object>(),
    createdAt: instant(),
    createdBy: p.text(),
  },
  uniques: [{ properties: ['problemId', 'method', 'version'] }],
});
export type ProblemChart = InferEntity<typeof ProblemChartEntity>;

/** Repeating incidents that were proposed as a problem, and what became of the proposal (PRB-05). */
export const ProblemTrendEntity = defineEntity({
  name: 'ProblemTrend',
  tableName: 'problem_trend',
  properties: {
    id: id(),
    dimension: p.enum(['ci', 'category', 'customer', 'symptom']),
    /** What the incidents have in common within the dimension: a CI's id, a category, … */
    value: p.text(),
    label: p.text(),
    customerId: reference(CustomerEntity, 'customer_id'),
    fromAt: instant(),
    toAt: instant(),
    incidentIds: p.json<string[]>(),
    state: p.enum(['proposed', 'accepted', 'dismissed']),
    proposedAt: instant(),
    decidedAt: instant().strictNullable(),
    decidedBy: p.text().strictNullable(),
    reason: p.text().strictNullable(),
    problemId: reference(TicketEntity, 'problem_id').strictNullable(),
    version: p.integer().default(1),
  },
  indexes: [{ properties: ['state', 'proposedAt'] }, { properties: ['customerId', 'dimension', 'value'] }],
});
export type ProblemTrend = InferEntity<typeof ProblemTrendEntity>;

/** Every table of this feature. */
export const PROBLEM_ENTITIES: readonly object[] = [ProblemEntity, ProblemChartEntity, ProblemTrendEntity];
