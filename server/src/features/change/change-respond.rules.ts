import type { Instant } from '../../kernel/instant.ts';
import type { Policies } from '../service-level/service-level.rules.ts';
import type { RecordContext } from '../ticket/ticket-record.rules.ts';
import type { ChangeCase } from './change-case.rules.ts';
import { implementationDue, responseDue } from './change-clock.rules.ts';
import { move, note, type ChangeDecided } from './change-decision.rules.ts';
import type { ChangeRow } from './change.entity.ts';
import type { ChangeCategory } from './change-states.rules.ts';

/** The title carries the category: 【重大变更】… (CHG-10). */
export function titleOf(policy: Policies['change'], category: ChangeCategory, subject: string): string {
  return `【${policy.categories[category].zh}】${subject}`;
}

/** CHG-01: sends it to the change owner; the response clock begins (D-10, D-43). */
export function submitChange(kase: ChangeCase, context: RecordContext): ChangeDecided {
  const { record, policy, calendars } = kase;
  const responseDueAt = responseDue(policy, calendars, { category: record.category, from: context.now });
  return move(kase, context, 'submit', {
    event: 'change.submitted', fields: { submittedAt: context.now, responseDueAt }, after: { category: record.category, responseDueAt },
  });
}

/** CHG-01: the response is a yes. An emergency is to be carried out within 4 h of it (D-43). */
export function acceptChange(kase: ChangeCase, people: Pick<ChangeRow, 'ownerId' | 'implementerId'>, context: RecordContext): ChangeDecided {
  const { record, policy, calendars } = kase;
  const implementationDueAt = implementationDue(policy, calendars, { category: record.category, from: context.now });
  return move(kase, context, 'accept', {
    event: 'change.accepted', fields: { ...people, respondedAt: context.now, response: 'accepted', implementationDueAt },
    after: { late: isLate(record, context.now), ownerId: people.ownerId, implementerId: people.implementerId, implementationDueAt },
  });
}

/** CHG-01: the response is a no, with its reason. */
export function refuseChange(kase: ChangeCase, reason: string, context: RecordContext): ChangeDecided {
  return move(kase, context, 'refuse', {
    event: 'change.refused', reason, after: { late: isLate(kase.record, context.now) },
    fields: { respondedAt: context.now, response: 'refused', responseReason: reason, endReason: reason },
  });
}

/** Late iff after the due instant (D-08). */
function isLate({ responseDueAt }: ChangeRow, at: Instant): boolean {
  return responseDueAt !== null && at > responseDueAt;
}

/** Another category means another path and, until the response, another due instant, counted from the submission. */
export function recategorise(kase: ChangeCase, input: { readonly category: ChangeCategory; readonly reason: string; readonly preAuthorisedId: string | null }, context: RecordContext): ChangeDecided {
  const { record, policy, calendars } = kase;
  const { category, reason, preAuthorisedId } = input;
  const decided = note(kase, context, {
    event: 'change.recategorised', reason, after: { from: record.category, to: category },
    fields: {
      category, preAuthorisedId: category === 'general' ? preAuthorisedId : null,
      ...(record.submittedAt !== null && record.respondedAt === null ? { responseDueAt: responseDue(policy, calendars, { category, from: record.submittedAt }) } : {}),
      ...(record.respondedAt === null ? {} : { implementationDueAt: implementationDue(policy, calendars, { category, from: record.respondedAt }) }),
    },
  });
  return { ...decided, ticket: { title: titleOf(policy, category, record.subject) } };
}

export function planChange(kase: ChangeCase, context: RecordContext): ChangeDecided {
  return move(kase, context, 'plan', { event: 'change.planningBegan' });
}

export function cancelChange(kase: ChangeCase, reason: string, context: RecordContext): ChangeDecided {
  return move(kase, context, 'cancel', { event: 'change.cancelled', reason, fields: { endReason: reason } });
}
