import type { Actor } from '../../kernel/actor.ts';
import { requiredText } from '../../kernel/text.ts';
import type { Database } from '../../platform/db/database.ts';
import { TEXT_LIMITS } from '../ticket/ticket.rules.ts';
import { changeIncident, type IncidentCommand } from './incident-case.service.ts';
import { confirmExecution, noticeAbnormalEvent, noticeVisitDelay, passAbnormalEvent, redispatchVisit, type VisitFault } from './incident-duty.rules.ts';

type Texted = IncidentCommand & { readonly text: string };

const checked = (text: string, field = 'text'): string => requiredText(text, field, TEXT_LIMITS.text);

/** SLA-08: what the desk owes, and what makes it owe that. Each returns the incident's id. */
export async function confirmExecuted(database: Database, actor: Actor, input: Texted): Promise<string> {
  const text = checked(input.text);
  return changeIncident(database, actor, input, 'confirmExecution', ({ kase, context }) => confirmExecution(kase, text, context));
}

export async function noticeDelay(database: Database, actor: Actor, input: Texted & { readonly fault: VisitFault }): Promise<string> {
  const text = checked(input.text);
  return changeIncident(database, actor, input, 'noticeVisitDelay', ({ kase, context }) => noticeVisitDelay(kase, { fault: input.fault, text }, context));
}

export async function redispatch(database: Database, actor: Actor, input: IncidentCommand & { readonly contact: string; readonly dispatch: string }): Promise<string> {
  const texts = { contact: checked(input.contact, 'contact'), dispatch: checked(input.dispatch, 'dispatch') };
  return changeIncident(database, actor, input, 'redispatchVisit', ({ kase, context }) => redispatchVisit(kase, texts, context));
}

export async function noticeAbnormal(database: Database, actor: Actor, input: Texted): Promise<string> {
  const text = checked(input.text);
  return changeIncident(database, actor, input, 'noticeAbnormalEvent', ({ kase, context }) => noticeAbnormalEvent(kase, text, context));
}

export async function passAbnormal(database: Database, actor: Actor, input: Texted): Promise<string> {
  const text = checked(input.text);
  return changeIncident(database, actor, input, 'passAbnormalEvent', ({ kase, context }) => passAbnormalEvent(kase, text, context));
}
