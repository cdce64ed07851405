import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import { id, instant, reference } from '../../platform/db/columns.ts';
import { TicketEntity } from '../ticket/ticket.entity.ts';
import type { ForecastBasis } from './clock-forecast.rules.ts';
import { CLOCK_KINDS, type ClockFactBody, type ClockKind, type JudgedCandidate } from './clock.rules.ts';

/** A row of a ticket's clock history, the truth (architecture §4). `withdrawnAt`: corrected by a lead, kept to be seen (INC-22). */
export const ClockFactEntity = defineEntity({
  name: 'ClockFact',
  tableName: 'clock_fact',
  properties: {
    id: id(),
    ticketId: reference(TicketEntity, 'ticket_id'),
    /** The clocks it is about. `subjectId` is the ticket, or the handoff whose acceptance is timed. */
    kinds: p.json<ClockKind[]>(),
    subjectId: p.uuid(),
    seq: p.integer(),
    at: instant(),
    knownAt: instant(),
    body: p.json<ClockFactBody>(),
    withdrawnAt: instant().strictNullable(),
    withdrawnReason: p.text().strictNullable(),
  },
  uniques: [{ properties: ['ticketId', 'seq'] }],
});
export type ClockFactRow = InferEntity<typeof ClockFactEntity>;

/** A candidate and the version of its calendar that it was judged by (SLA-13). */
export interface StoredCandidate extends JudgedCandidate {
  readonly calendarVersion: number;
}

/** What the history of one clock amounts to: a cache for screens and timers, recomputed by `check clocks`. */
export const ClockEntity = defineEntity({
  name: 'Clock',
  tableName: 'clock',
  properties: {
    id: id(),
    ticketId: reference(TicketEntity, 'ticket_id'),
    kind: p.enum(CLOCK_KINDS),
    subjectId: p.uuid(),
    state: p.enum(['running', 'paused', 'stopped']),
    outcome: p.enum(['none', 'met', 'cancelled']),
    startAt: instant(),
    dueAt: instant().strictNullable(),
    targetMs: p.bigint('number'),
    /** Time left in the clock's calendar when it is not running; null while it runs. */
    remainingMs: p.bigint('number').strictNullable(),
    breachedAt: instant().strictNullable(),
    announcedAt: instant().strictNullable(),
    breachTeamId: p.uuid().strictNullable(),
    breachHolderId: p.uuid().strictNullable(),
    metAt: instant().strictNullable(),
    misses: p.integer(),
    /** Calendar id, with "@customer" where that customer has dates of its own (CAL-05). */
    calendarRef: p.text(),
    /** The newest version of the calendar that it was judged by; a stopped clock is never judged by a later one (SLA-13). */
    calendarVersion: p.integer(),
    policy: p.text(),
    candidates: p.json<StoredCandidate[]>(),
    nextAt: instant().strictNullable(),
  },
  uniques: [{ properties: ['ticketId', 'kind', 'subjectId'] }],
  indexes: [
    { properties: ['ticketId'] }, { properties: ['calendarRef', 'state'] }, { properties: ['state', 'dueAt'] },
    // What a board walks: the clocks that run or are paused, and nothing of the past.
    {
      name: 'clock_standing_index', properties: ['ticketId', 'state', 'dueAt', 'remainingMs', 'kind'], columns: [{ name: 'ticket_id' }, { name: 'state', sort: 'DESC' }, { name: 'due_at' }, { name: 'remaining_ms' }, { name: 'kind' }],
      include: ['id', 'breachedAt'], where: `state <> 'stopped' and kind <> 'handoff'`,
    },
  ],
});
export type ClockRow = InferEntity<typeof ClockEntity>;

/** A warning, breach, miss or step that fired: at most once each (SLA-02), by its unique key. */
export const ClockFiringEntity = defineEntity({
  name: 'ClockFiring',
  tableName: 'clock_firing',
  properties: {
    id: id(),
    clockId: reference(ClockEntity, 'clock_id'),
    ticketId: reference(TicketEntity, 'ticket_id').index(),
    step: p.text(),
    occurrence: p.integer(),
    at: instant(),
    firedAt: instant(),
    /** Fired more than a second after it could: the servers were down (SLA-02). */
    late: p.boolean(),
    mark: p.enum(['imported']).strictNullable(),
    /** A correction showed that it had not been so; the fact itself stays (SLA-14). */
    withdrawnAt: instant().strictNullable(),
    withdrawnReason: p.text().strictNullable(),
  },
  uniques: [{ properties: ['clockId', 'step', 'occurrence'] }],
});
export type ClockFiringRow = InferEntity<typeof ClockFiringEntity>;

/** How likely the miss was, of how many like clocks, and what these had in common. */
export interface EscalationForecast {
  readonly percent: number;
  readonly samples: number;
  readonly basis: ForecastBasis;
}

/** An escalation, automatic or by hand (SLA-06, SLA-07, SLA-15, SLA-17). */
export const EscalationEntity = defineEntity({
  name: 'Escalation',
  tableName: 'escalation',
  properties: {
    id: id(),
    ticketId: reference(TicketEntity, 'ticket_id').index(),
    clockId: p.uuid().strictNullable(),
    step: p.text(),
    dueAt: instant().strictNullable(),
    firedAt: instant(),
    /** Names of roles and persons: addressees of the step, and those warned besides (SLA-15). */
    addressees: p.json<string[]>(),
    warned: p.json<string[]>(),
    manual: p.boolean(),
    early: p.boolean(),
    late: p.boolean(),
    mark: p.enum(['imported']).strictNullable(),
    reason: p.text().strictNullable(),
    /** SLA-17: what foretold the miss, where the forecast raised it. */
    forecast: p.json<EscalationForecast>().strictNullable(),
    raisedBy: p.text().strictNullable(),
    acknowledgedBy: p.text().strictNullable(),
    acknowledgedAt: instant().strictNullable(),
  },
  indexes: [{ properties: ['acknowledgedAt', 'ticketId'] }],
  // A step is raised early once, whoever foresees it first.
  uniques: [{ name: 'escalation_early_unique', properties: ['ticketId', 'step'], where: 'early' }],
});
export type Escalation = InferEntity<typeof EscalationEntity>;

/** When a ticket needs looking at next. One row a ticket and purpose; `platform/jobs` polls it. */
export const TimerEntity = defineEntity({
  name: 'Timer',
  tableName: 'timer',
  properties: {
    ticketId: p.uuid().primary(),
    purpose: p.text().primary(),
    dueAt: instant().index(),
  },
});
export type Timer = InferEntity<typeof TimerEntity>;
