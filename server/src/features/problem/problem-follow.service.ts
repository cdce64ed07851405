import type { Actor } from '../../kernel/actor.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { optionalText, requiredText } from '../../kernel/text.ts';
import type { Database } from '../../platform/db/database.ts';
import { raiseChange } from '../change/change-raise.service.ts';
import { articleStanding, draftArticle } from '../knowledge/knowledge-draft.service.ts';
import type { RecordCommand } from '../ticket/ticket-record.service.ts';
import { changeProblem } from './problem-case.service.ts';
import type { ProblemCase } from './problem-case.rules.ts';
import { changeRaised, oweArticle } from './problem-decide.rules.ts';

/** KNW-08: drafts the article that the problem owes from what it knows; the owner goes on writing it. */
export async function draftProblemArticle(database: Database, actor: Actor, input: RecordCommand): Promise<string> {
  return changeProblem(database, actor, input, 'draftProblemArticle', async ({ kase, context, change }) => {
    const id = await draftArticle(change, articleOf(kase));
    return oweArticle(kase, { id, known: false }, context);
  });
}

const SHORT = 120;

function articleOf({ ticket, record, incidents }: ProblemCase) {
  return {
    shortDescription: ticket.title.slice(0, SHORT), source: 'problem' as const, problemId: ticket.id, symptom: record.symptom ?? record.description, cause: record.rootCause,
    solution: [record.solution, record.workaround].filter((part) => part !== null).join('\n\n'), prevention: record.prevention,
    origins: [{ recordId: ticket.id, number: ticket.number }, ...incidents.slice(0, 20).map(({ id, number }) => ({ recordId: id, number }))],
  };
}

/** KNW-08 "already known": the published article that says it. */
export async function nameArticle(database: Database, actor: Actor, input: RecordCommand & { articleNumber: string }): Promise<string> {
  const number = requiredText(input.articleNumber, 'articleNumber', 40).toUpperCase();
  return changeProblem(database, actor, input, 'nameProblemArticle', async ({ kase, context, change }) => {
    const article = await articleStanding(change.em, actor, { number });
    if (!article) throw new Refusal('NOT_FOUND', `There is no article ${number}.`, 'articleNumber');
    if (article.state !== 'published') throw new Refusal('MOVE_NOT_ALLOWED', `${number} is ${article.state}: name a published article.`, 'articleNumber');
    return oweArticle(kase, { id: article.id, known: true }, context);
  });
}

export interface ProblemChangeCommand extends RecordCommand {
  readonly title?: string | null;
  readonly category: string;
  readonly type: string;
  readonly risk: string;
}

/** PRB-04: the change that carries the approved solution out, for the problem's CIs; both or neither. */
export async function raiseProblemChange(database: Database, actor: Actor, input: ProblemChangeCommand): Promise<string> {
  return changeProblem(database, actor, input, 'raiseProblemChange', async ({ kase, context, change }) => {
    const { ticket, record } = kase;
    const changeId = await raiseChange(database, change, {
      customerId: ticket.customerId, title: optionalText(input.title, 'title', CHANGE_TITLE) ?? ticket.title.slice(0, CHANGE_TITLE), description: record.solution ?? record.description,
      category: input.category, type: input.type, risk: input.risk, source: 'problem', expectedResult: record.solutionEffect, forTicketId: ticket.id,
    });
    return changeRaised(kase, changeId, context);
  });
}

/** The change puts its category before it. */
const CHANGE_TITLE = 280;
