import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import { id, instant } from '../../platform/db/columns.ts';
import type { ReportContent } from './customer-report.rules.ts';
import type { FrozenFigure } from './metric-report.rules.ts';

/**
 * What each change counts for, kept by triggers on `change`, `ticket` and `ticket_link` (decisions/0009): one row a change, so that
 * what it counted for before can be taken back when it changes. `responseAt` is when the response is or will be decided (D-10).
 */
export const MetricChangeEntity = defineEntity({
  name: 'MetricChange',
  tableName: 'metric_change',
  properties: {
    ticketId: p.uuid().primary(),
    customerId: p.uuid(),
    teamId: p.uuid().strictNullable(),
    category: p.text(),
    submittedAt: instant().strictNullable(),
    responseAt: instant().strictNullable(),
    /** `withdrawn`: it ended before an answer was due, and counts for neither side. */
    response: p.enum(['in-time', 'late', 'withdrawn']).strictNullable(),
    answered: p.boolean(),
    closedAt: instant().strictNullable(),
    /** Ended after implementation began: what a success rate is taken of (D-09). */
    begun: p.boolean(),
    successful: p.boolean(),
    inWindow: p.boolean(),
    expectedResultMet: p.boolean().strictNullable(),
    causedIncident: p.boolean(),
    outageMinutes: p.integer(),
  },
  indexes: [
    { properties: ['closedAt'] }, { properties: ['submittedAt'] }, { properties: ['responseAt'] },
    { name: 'metric_change_waiting_index', properties: ['responseAt'], where: `response = 'late' and not answered` },
  ],
});

/**
 * Sums of `metric_change` a month, customer, team and category. Rows are only added, as differences, and folded together from time
 * to time: so that two changes of one customer never wait for each other.
 */
export const MetricMonthEntity = defineEntity({
  name: 'MetricMonth',
  tableName: 'metric_month',
  properties: {
    id: p.bigint('number').primary().autoincrement(),
    /** Its first day in the zone of `metric_zone`. */
    month: p.date(),
    customerId: p.uuid(),
    teamId: p.uuid().strictNullable(),
    category: p.text(),
    submitted: p.integer(),
    /** Asked for an answer in the month, less those whose answer was or will be decided in it. */
    awaiting: p.integer(),
    decided: p.integer(),
    inTime: p.integer(),
    closed: p.integer(),
    begun: p.integer(),
    successful: p.integer(),
    completedInWindow: p.integer(),
    reviewed: p.integer(),
    missedResult: p.integer(),
    causedIncident: p.integer(),
    outageMinutes: p.integer(),
  },
  indexes: [{ properties: ['month'] }],
});

/** The zone in which the stored months begin; when policy names another they are counted again (D-12). */
export const MetricZoneEntity = defineEntity({
  name: 'MetricZone',
  tableName: 'metric_zone',
  properties: { id: p.smallint().primary().autoincrement(false), timeZone: p.text() },
});

/** The monthly change report (CHG-19): written on live figures, and frozen with them when it is issued. */
export const MetricReportEntity = defineEntity({
  name: 'MetricReport',
  tableName: 'metric_report',
  properties: {
    id: id(),
    /** "2026-11". */
    month: p.text().unique(),
    analysis: p.text(),
    actions: p.text(),
    state: p.enum(['draft', 'issued']),
    /** Null until issued; never written again after that. */
    figures: p.json<FrozenFigure[]>().strictNullable(),
    /** SHA-256 of what was issued: whoever holds a copy can prove that it is this. */
    sha256: p.text().strictNullable(),
    savedAt: instant(),
    savedBy: p.text(),
    issuedAt: instant().strictNullable(),
    issuedBy: p.text().strictNullable(),
    version: p.integer().default(1),
  },
});
export type MetricReport = InferEntity<typeof MetricReportEntity>;

/** Said of an issued report afterwards: the report itself stays as it is (SLM-06). */
export const MetricReportNoteEntity = defineEntity({
  name: 'MetricReportNote',
  tableName: 'metric_report_note',
  properties: {
    id: id(),
    reportId: p.uuid().index(),
    kind: p.enum(['correction', 'dispute', 'exclusion']),
    text: p.text(),
    recordedAt: instant(),
    recordedBy: p.text(),
  },
});
export type MetricReportNote = InferEntity<typeof MetricReportNoteEntity>;

/** The service report of one customer and one month or quarter, as it was issued (SLM-06); never written again. */
export const CustomerReportEntity = defineEntity({
  name: 'CustomerReport',
  tableName: 'customer_report',
  properties: {
    id: id(),
    customerId: p.uuid(),
    /** "2026-11" or "2026-Q4". */
    period: p.text(),
    /** Suggestions and remarks of whoever issued it. */
    remark: p.text(),
    content: p.json<ReportContent>(),
    sha256: p.text(),
    issuedAt: instant(),
    issuedBy: p.text(),
  },
  uniques: [{ properties: ['customerId', 'period'] }],
});
export type CustomerReport = InferEntity<typeof CustomerReportEntity>;

/** Every table of this feature. */
export const METRICS_ENTITIES: readonly object[] = [MetricChangeEntity, MetricMonthEntity, MetricZoneEntity, MetricReportEntity, MetricReportNoteEntity, CustomerReportEntity];
