import type { Actor } from '../../kernel/actor.ts';
import { optionalText, requiredText } from '../../kernel/text.ts';
import type { Database } from '../../platform/db/database.ts';
import type { RecordCommand } from '../ticket/ticket-record.service.ts';
import { TEXT_LIMITS } from '../ticket/ticket.rules.ts';
import { changeProblem } from './problem-case.service.ts';
import { close, confirm, decideSolution, proposeSolution, resolve, withdraw } from './problem-decide.rules.ts';

export interface SolutionCommand extends RecordCommand {
  readonly solution: string;
  /** Estimated time, minutes. */
  readonly minutes: number;
  readonly effect: string;
  readonly prevention?: string | null;
  readonly altersCi: boolean;
}

/** PRB-04, PRB-07: what is to be done; somebody else approves it. */
export async function propose(database: Database, actor: Actor, input: SolutionCommand): Promise<string> {
  const facts = {
    solution: requiredText(input.solution, 'solution', TEXT_LIMITS.text), effect: requiredText(input.effect, 'effect', TEXT_LIMITS.text),
    prevention: optionalText(input.prevention, 'prevention', TEXT_LIMITS.text), minutes: input.minutes, altersCi: input.altersCi,
  };
  return changeProblem(database, actor, input, 'proposeProblemSolution', ({ kase, context }) => proposeSolution(kase, facts, context));
}

export async function decide(database: Database, actor: Actor, input: RecordCommand & { approve: boolean; reason?: string | null }): Promise<string> {
  const reason = optionalText(input.reason, 'reason', TEXT_LIMITS.text);
  return changeProblem(database, actor, input, 'decideProblemSolution', ({ kase, context }) => decideSolution(kase, { approve: input.approve, reason }, context));
}

export async function settle(database: Database, actor: Actor, input: RecordCommand): Promise<string> {
  return changeProblem(database, actor, input, 'resolveProblem', ({ kase, context }) => resolve(kase, context));
}

/** KNW-08: the project manager's word that it is solved. */
export async function confirmSolved(database: Database, actor: Actor, input: RecordCommand): Promise<string> {
  return changeProblem(database, actor, input, 'confirmProblem', ({ kase, context }) => confirm(kase, context));
}

export async function closeProblem(database: Database, actor: Actor, input: RecordCommand): Promise<string> {
  return changeProblem(database, actor, input, 'closeProblem', ({ kase, context }) => close(kase, context));
}

export async function withdrawProblem(database: Database, actor: Actor, input: RecordCommand & { reason: string }): Promise<string> {
  const reason = requiredText(input.reason, 'reason', TEXT_LIMITS.text);
  return changeProblem(database, actor, input, 'withdrawProblem', ({ kase, context }) => withdraw(kase, reason, context));
}
