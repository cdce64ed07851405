import { MINUTE, type Instant } from '../../kernel/instant.ts';
import type { Policies } from '../service-level/service-level.rules.ts';
import { recordEvent, type RecordContext } from '../ticket/ticket-record.rules.ts';
import type { ChangeCalendars, ChangeCase } from './change-case.rules.ts';
import type { ChangeRow } from './change.entity.ts';
import type { ChangeCategory } from './change-states.rules.ts';

type ChangePolicy = Policies['change'];
type Target = NonNullable<ChangePolicy['categories'][ChangeCategory]['implementation']>;

/** When a target that began at `from` falls due; N working days end with the business hours of the N-th (D-04). */
function dueAt(target: Target, calendar: ReturnType<ChangeCalendars>, from: Instant): Instant {
  return 'workingDays' in target ? calendar.addWorkingDays(from, target.workingDays) : calendar.addDuration(from, target.minutes * MINUTE);
}

/** The category table: 3 or 5 working days of the customer, 2 h round the clock for an emergency (D-43). */
export function responseDue(policy: ChangePolicy, calendars: ChangeCalendars, { category, from }: { readonly category: ChangeCategory; readonly from: Instant }): Instant {
  const { calendar, response } = policy.categories[category];
  return dueAt(response, calendars(calendar), from);
}

/** D-43: from acceptance to the end of implementation, rollback included; null: as planned. */
export function implementationDue(policy: ChangePolicy, calendars: ChangeCalendars, { category, from }: { readonly category: ChangeCategory; readonly from: Instant }): Instant | null {
  const { calendar, implementation } = policy.categories[category];
  return implementation === null ? null : dueAt(implementation, calendars(calendar), from);
}

/** D-44: so many working days after the end of implementation. */
export function debtDue(policy: ChangePolicy, calendars: ChangeCalendars, endedAt: Instant): Instant {
  return calendars('5x8').addWorkingDays(endedAt, policy.debtWorkingDays);
}

/** Due instants follow an edit of calendar or policy as long as nothing is decided by them (D-22). */
export function derivedDues({ record, policy, calendars }: ChangeCase): Partial<ChangeRow> {
  const { category, submittedAt, respondedAt, response, implementationEndedAt } = record;
  return {
    ...(submittedAt !== null && respondedAt === null && record.responseMissedAt === null ? { responseDueAt: responseDue(policy, calendars, { category, from: submittedAt }) } : {}),
    ...(response === 'accepted' && respondedAt !== null && implementationEndedAt === null && record.implementationMissedAt === null
      ? { implementationDueAt: implementationDue(policy, calendars, { category, from: respondedAt }) } : {}),
    ...(record.debtDueAt !== null && record.debtPaidAt === null && record.debtMissedAt === null && implementationEndedAt !== null
      ? { debtDueAt: debtDue(policy, calendars, implementationEndedAt) } : {}),
  };
}

/** One thing that time brings about: once each, marked in its column. */
interface Alarm {
  readonly at: Instant;
  readonly event: string;
  readonly mark: Partial<ChangeRow>;
  /** The due instant that it is about. */
  readonly dueAt: Instant;
}

/** What is still to come, earliest first. A breach takes effect at the first instant after the due one and is dated at it (D-08). */
export function alarmsOf({ record, policy, ticket }: Pick<ChangeCase, 'record' | 'policy' | 'ticket'>): Alarm[] {
  const { responseDueAt, implementationDueAt, debtDueAt } = record;
  if (ticket.closedAt !== null) return [];
  const alarms: Alarm[] = [];
  if (responseDueAt !== null && record.respondedAt === null) {
    const warnAt = responseDueAt - policy.responseWarningMinutes * MINUTE;
    if (record.responseWarnedAt === null && record.responseMissedAt === null) alarms.push({ at: warnAt, event: 'change.responseDue', mark: { responseWarnedAt: warnAt }, dueAt: responseDueAt });
    if (record.responseMissedAt === null) alarms.push({ at: responseDueAt + 1, event: 'change.responseMissed', mark: { responseMissedAt: responseDueAt + 1 }, dueAt: responseDueAt });
  }
  const carriedOut = record.implementationEndedAt !== null && record.state !== 'implementing';
  if (implementationDueAt !== null && record.implementationMissedAt === null && !carriedOut) {
    alarms.push({ at: implementationDueAt + 1, event: 'change.implementationMissed', mark: { implementationMissedAt: implementationDueAt + 1 }, dueAt: implementationDueAt });
  }
  if (debtDueAt !== null && record.debtPaidAt === null && record.debtMissedAt === null) {
    alarms.push({ at: debtDueAt + 1, event: 'change.debtMissed', mark: { debtMissedAt: debtDueAt + 1 }, dueAt: debtDueAt });
  }
  return alarms.sort((a, b) => a.at - b.at);
}

/** What has fallen due by now, as marks and events; nothing a second time. */
export function dueAlarms(kase: ChangeCase, context: Pick<RecordContext, 'now'>): { readonly marks: Partial<ChangeRow>; readonly events: ReturnType<typeof recordEvent>[] } {
  const due = alarmsOf(kase).filter(({ at }) => at <= context.now);
  return {
    marks: Object.assign({}, ...due.map(({ mark }) => mark)),
    events: due.map(({ event, at, dueAt: about }) => ({ ...recordEvent(kase, context, event, { after: { dueAt: about, category: kase.record.category } }), occurredAt: at })),
  };
}
