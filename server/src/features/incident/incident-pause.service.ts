import type { Database } from '../../platform/db/database.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Instant } from '../../kernel/instant.ts';
import { optionalText, requireText, TEXT_LIMITS } from '../ticket/ticket.rules.ts';
import { carryOut, changeIncident, type IncidentCommand, type OpenCase } from './incident-case.service.ts';
import { correctEntry, type CorrectInput } from './incident-correct.rules.ts';
import { openSuspension, type Decision } from './incident-case.rules.ts';
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
    const calendar = calendars.resolve(kase.terms.agreement?.calendarRef ?? kase.terms.calendarRefs['5x8']!);
    return suspendIncident(kase, {
      category: input.category, text: optionalText(input.text, 'text', TEXT_LIMITS.text), expectedEndAt: input.expectedEndAt ?? null,
      pastedMail: optionalText(input.pastedMail, 'pastedMail', TEXT_LIMITS.text),
    }, context, calendar);
  });
}

export async function resume(database: Database, actor: Actor, input: IncidentCommand & { workLog: string }): Promise<string> {
  const workLog = requireText(input.workLog, 'workLog', TEXT_LIMITS.text);
  return changeIncident(database, actor, input, 'resumeIncident', ({ kase, context }) => resumeIncident(kase, workLog, context));
}

/** D-37; by policy the record resumes by itself at that instant. */
export async function feedback(database: Database, actor: Actor, input: IncidentCommand & { text: string; channel: string }): Promise<string> {
  const text = requireText(input.text, 'text', TEXT_LIMITS.text);
  return changeIncident(database, actor, input, 'recordCustomerFeedback', (open) => {
    const decision = recordCustomerFeedback(open.kase, { text, channel: input.channel }, open.context);
    return open.context.policies.suspension.resumeOnFeedback && openSuspension(open.kase) ? resumeToo(open, decision, text) : decision;
  });
}

function resumeToo(open: OpenCase, decision: Decision, text: string): Decision {
  carryOut(open, decision);
  return resumeIncident(open.kase, text, open.context);
}

/** INC-22. */
export async function correct(database: Database, actor: Actor, input: IncidentCommand & CorrectInput): Promise<string> {
  const reason = requireText(input.reason, 'reason', TEXT_LIMITS.text);
  return changeIncident(database, actor, input, 'correctEntry', ({ kase, context }) => correctEntry(kase, { ...input, reason }, context));
}
