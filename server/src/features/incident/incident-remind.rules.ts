import type { BusinessCalendar } from '../calendar/calendar.rules.ts';
import type { VersionedCalendars } from '../clock/clock-book.rules.ts';
import type { Instant } from '../../kernel/instant.ts';
import { incidentEvent, openSuspension, type Decision, type IncidentCase, type RuleContext } from './incident-case.rules.ts';

/** Something that somebody is told of once, when its instant has come. */
interface Reminder {
  readonly at: Instant;
  readonly decide: () => Decision;
}

/** The agreement's calendar, in which working days of waiting are counted. */
export function agreementCalendar({ terms }: IncidentCase, calendars: VersionedCalendars): BusinessCalendar {
  return calendars.resolve(terms.agreement?.calendarRef ?? terms.calendarRefs['5x8']!);
}

/** What is due now, earliest first: a suspension past its expected end or grown long, a customer who stays silent. */
export function dueReminders(kase: IncidentCase, context: RuleContext, calendars: VersionedCalendars): Decision[] {
  return remindersOf(kase, context, calendars).filter(({ at }) => at <= context.now).toSorted((a, b) => a.at - b.at).map(({ decide }) => decide());
}

/** When the next reminder falls due, past or to come; null when there is none. */
export function nextReminder(kase: IncidentCase, context: RuleContext, calendars: VersionedCalendars): Instant | null {
  const all = remindersOf(kase, context, calendars).map(({ at }) => at);
  return all.length === 0 ? null : Math.min(...all);
}

function remindersOf(kase: IncidentCase, context: RuleContext, calendars: VersionedCalendars): Reminder[] {
  return [overdueSuspension(kase, context), longSuspension(kase, context, calendars), silentCustomer(kase, context, calendars)].filter((reminder) => reminder !== null);
}

/** INC-08: the owner is reminded once that the expected end has passed. */
function overdueSuspension(kase: IncidentCase, context: RuleContext): Reminder | null {
  const suspension = openSuspension(kase);
  if (!suspension || suspension.remindedAt !== null || suspension.expectedEndAt === null) return null;
  const { id: suspensionId, expectedEndAt } = suspension;
  return {
    at: expectedEndAt,
    decide: () => ({
      openSuspension: { remindedAt: context.now },
      events: [incidentEvent(kase, context, 'suspension.overdue', { occurredAt: expectedEndAt, after: { suspensionId, reminded: kase.ticket.holderId, expectedEndAt } })],
    }),
  };
}

/** INC-08, D-49: flagged at the end of the policy's working days; a spell that is flagged as repeated already says enough. */
function longSuspension(kase: IncidentCase, context: RuleContext, calendars: VersionedCalendars): Reminder | null {
  const suspension = openSuspension(kase);
  if (!suspension || suspension.flagged) return null;
  const at = agreementCalendar(kase, calendars).addWorkingDays(suspension.fromAt, context.policies.suspension.longWorkingDays);
  const after = { suspensionId: suspension.id, since: suspension.fromAt, reminded: kase.ticket.holderId };
  return { at, decide: () => ({ openSuspension: { flagged: true }, events: [incidentEvent(kase, context, 'suspension.grewLong', { occurredAt: at, after })] }) };
}

/** INC-17: the customer says nothing to a solution: the desk is reminded to ask, once after the proposal and after each attempt. */
function silentCustomer(kase: IncidentCase, context: RuleContext, calendars: VersionedCalendars): Reminder | null {
  const { incident } = kase;
  const policy = context.policies.feedback;
  if (incident.state !== 'awaiting-feedback' || incident.acceptedAt !== null) return null;
  const since = Math.max(kase.spans.at(-1)?.fromAt ?? 0, incident.lastConfirmationAttemptAt ?? 0);
  if ((incident.feedbackRemindedAt ?? 0) >= since) return null;
  const at = agreementCalendar(kase, calendars).addWorkingDays(since, policy.remindAfterWorkingDays);
  const after = { attempts: incident.confirmationAttempts, mayClose: incident.confirmationAttempts >= policy.attempts, since };
  return {
    at,
    decide: () => ({ incident: { feedbackRemindedAt: context.now }, events: [incidentEvent(kase, context, 'incident.confirmationDue', { occurredAt: at, after })] }),
  };
}
