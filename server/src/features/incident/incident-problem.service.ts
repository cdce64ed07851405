import type { Actor } from '../../kernel/actor.ts';
import { requiredText } from '../../kernel/text.ts';
import type { Change, Database } from '../../platform/db/database.ts';
import { openProblemFor } from '../problem/problem-open.service.ts';
import { TEXT_LIMITS } from '../ticket/ticket.rules.ts';
import { changeIncident, type IncidentCommand } from './incident-case.service.ts';
import { incidentEvent, type IncidentCase } from './incident-case.rules.ts';
import { confirmConversion, noteChangeMade, problemOnClosing } from './incident-problem.rules.ts';

/** INC-11: what closing owes to problem management, in the closing's own transaction. Returns the problem's id, if there is one. */
export async function problemAfterClosing(database: Database, change: Change, kase: IncidentCase, closureCode: string): Promise<string | null> {
  const reason = problemOnClosing(kase, closureCode);
  return reason === null ? null : openProblem(database, change, kase, reason);
}

/** INC-12, D-42: the second manager's word makes the problem; the incident stays open with its breach. */
export async function convert(database: Database, actor: Actor, input: IncidentCommand & { reason: string }): Promise<string> {
  const reason = requiredText(input.reason, 'reason', TEXT_LIMITS.text);
  return changeIncident(database, actor, input, 'convertToProblem', async ({ kase, context, change }) => {
    const { complete, ...decision } = confirmConversion(kase, reason, context);
    if (!complete) return decision;
    const problemId = await openProblem(database, change, kase, 'overdue');
    return { ...decision, events: [...decision.events, incidentEvent(kase, context, 'incident.convertedToProblem', { after: { problemId } })] };
  });
}

export async function noteChange(database: Database, actor: Actor, input: IncidentCommand & { text: string }): Promise<string> {
  const what = requiredText(input.text, 'text', TEXT_LIMITS.text);
  return changeIncident(database, actor, input, 'noteChangeMade', ({ kase, context }) => noteChangeMade(kase, what, context));
}

async function openProblem(database: Database, change: Change, { ticket, incident }: IncidentCase, reason: keyof typeof REASONS): Promise<string> {
  return openProblemFor(database, change, { incidentId: ticket.id, title: ticket.title, description: incident.description, severity: SEVERITY[incident.highestLevel], reason: REASONS[reason] });
}

const REASONS = {
  workaround: 'Closed with a workaround', level: 'An LV1 or LV2 was closed', overdue: 'Both managers converted it past its resolution target',
} as const;

/** PRB-01 grades problems by the words of the incident levels. */
const SEVERITY = { LV1: 'L1', LV2: 'L2', LV3: 'L3', LV4: 'L4' } as const;
