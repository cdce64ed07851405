import type { Database } from '../../platform/db/database.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Instant } from '../../kernel/instant.ts';
import { TEXT_LIMITS } from '../ticket/ticket.rules.ts';
import { optionalText, requiredText } from '../../kernel/text.ts';
import { carryOut, changeIncident, type IncidentCommand } from './incident-case.service.ts';
import type { OpenCase } from './incident-open.service.ts';
import { correctEntry, type CorrectInput } from './incident-correct.rules.ts';
import type { Decision } from './incident-case.rules.ts';
import { agreementCalendar } from './incident-remind.rules.ts';
import { recordCustomerFeedback, resumeIncident, suspendIncident } from './incident-suspend.rules.ts';

export interface SuspendCommand extends IncidentCommand {
  readonly category: string;
  readonly text?: string | null;
  readonly pastedMail?: string | null;
  readonly expectedEndAt?: Instant | null;
}

/** INC-07, INC-08, INC-28. */
export async function suspend(database: Database, actor: Actor, input: SuspendCommand): Promise<string> {
  return changeIncident(database, actor, input, 'suspendIncident', ({ kase, context, calendars }) => {
    return suspendIncident(kase, {
      category: input.category, text: optionalText(input.text, 'text', TEXT_LIMITS.text), expectedEndAt: input.expectedEndAt ?? null,
      pastedMail: optionalText(input.pastedMail, 'pastedMail', TEXT_LIMITS.text),
    }, context, agreementCalendar(kase, calendars));
  });
}

export async function resume(database: Database, actor: Actor, input: IncidentCommand & { workLog: string }): Promise<string> {
  const workLog = requiredText(input.workLog, 'workLog', TEXT_LIMITS.text);
  return changeIncident(database, actor, input, 'resumeIncident', ({ kase, context }) => resumeIncident(kase, workLog, context));
}

/** D-37; by policy the record resumes by itself at that instant. */
export async function feedback(database: Database, actor: Actor, input: IncidentCommand & { text: string; channel: string }): Promise<string> {
  const text = requiredText(input.text, 'text', TEXT_LIMITS.text);
  return changeIncident(database, actor, input, 'recordCustomerFeedback', (open) => takeFeedback(open, { text, channel: input.channel }));
}

/** The customer's word, by whatever command it comes in. */
export function takeFeedback(open: OpenCase, input: { text: string; channel: string }): Decision {
  const decision = recordCustomerFeedback(open.kase, input, open.context);
  if (!open.context.policies.suspension.resumeOnFeedback || !decision.incident?.feedbackArrivedAt) return decision;
  carryOut(open, decision);
  return resumeIncident(open.kase, input.text, open.context);
}

/** INC-22. */
export async function correct(database: Database, actor: Actor, input: IncidentCommand & CorrectInput): Promise<string> {
  const reason = requiredText(input.reason, 'reason', TEXT_LIMITS.text);
  return changeIncident(database, actor, input, 'correctEntry', ({ kase, context }) => correctEntry(kase, { ...input, reason }, context));
}
