import type { Actor } from '../../kernel/actor.ts';
import { Refusal, type RefusalCode } from '../../kernel/refusal.ts';

/** What an action still lacks: a refusal in advance. */
export interface Lack {
  readonly code: RefusalCode;
  readonly message: string;
  readonly field: string | null;
}

export interface AvailableAction<Action extends string = string> {
  readonly action: Action;
  readonly allowed: boolean;
  /** What is missing or who would be allowed; for an allowed action: what its form must still bring. */
  readonly lacks: readonly Lack[];
}

/** One row of a process: which move an action makes, in which situation, and by whom. */
export interface ActionRule<Case, Move extends string = string> {
  /** The move of the state table that it makes, if any. */
  readonly move?: Move;
  readonly needsOpen?: boolean;
  /** Why the situation forbids it; null when it does not. */
  readonly when?: (kase: Case) => string | null;
  /** Who may: null when the actor may, else who would. */
  readonly who: (kase: Case, actor: Actor) => string | null;
  /** What must be there first: papers, votes, a confirmation. Each is named. */
  readonly needs?: (kase: Case) => readonly Lack[];
}

/** Which move leads from which state to which: the one table of a process (INC-02, CHG-04, REL-03, PRB-01, KNW-03). */
export type Moves<State extends string, Move extends string> = Readonly<Record<State, Readonly<Partial<Record<Move, State>>>>>;

/** A process as data. The same functions list an action and guard its command. */
export interface Process<Case, State extends string, Move extends string, Action extends string> {
  /** "change", "release"; as it stands in sentences. */
  readonly noun: string;
  readonly stateOf: (kase: Case) => State;
  readonly isClosed: (kase: Case) => boolean;
  readonly moves: Moves<State, Move>;
  readonly actions: Readonly<Record<Action, ActionRule<Case, Move>>>;
}

export const lack = (code: RefusalCode, message: string, field: string | null = null): Lack => ({ code, message, field });

/** `who` for a rule: null when allowed, else the words for who would be. */
export const unless = (allowed: boolean, who: string): string | null => (allowed ? null : who);

/** What the action still lacks for this actor; empty when it is possible now. */
export function lacksOf<Case, State extends string, Move extends string, Action extends string>(
  process: Process<Case, State, Move, Action>, action: Action, kase: Case, actor: Actor,
): Lack[] {
  const rule = process.actions[action];
  const state = process.stateOf(kase);
  const lacks: Lack[] = [];
  if (rule.move && !process.moves[state][rule.move]) lacks.push(lack('MOVE_NOT_ALLOWED', `Not possible while the ${process.noun} is ${state}.`, 'state'));
  if (rule.needsOpen && process.isClosed(kase)) lacks.push(lack('MOVE_NOT_ALLOWED', `The ${process.noun} is ${state}.`, 'state'));
  const situation = rule.when?.(kase) ?? null;
  if (situation !== null) lacks.push(lack('MOVE_NOT_ALLOWED', situation));
  const who = rule.who(kase, actor);
  if (who !== null) lacks.push(lack('FORBIDDEN', `Only ${who} may do this.`));
  if (rule.needs) lacks.push(...rule.needs(kase));
  return lacks;
}

/** Refuses the command unless {@link lacksOf} finds nothing; a forbidden move names the moves that are allowed, a refusal all that is missing. */
export function guardAction<Case, State extends string, Move extends string, Action extends string>(
  process: Process<Case, State, Move, Action>, action: Action, kase: Case, actor: Actor,
): void {
  const { move } = process.actions[action];
  const lacks = lacksOf(process, action, kase, actor);
  const forbidden = lacks.find(({ code }) => code === 'FORBIDDEN');
  if (forbidden) throw new Refusal('FORBIDDEN', forbidden.message);
  if (move) nextState(process, kase, move);
  const first = lacks[0];
  if (!first) return;
  throw new Refusal(first.code, first.message, first.field, { state: process.stateOf(kase), missing: lacks.map(({ message, field }) => ({ message, field })) });
}

/** The state after the move, or a refusal that names the allowed moves. */
export function nextState<Case, State extends string, Move extends string, Action extends string>(
  { noun, stateOf, moves }: Process<Case, State, Move, Action>, kase: Case, move: Move,
): State {
  const state = stateOf(kase);
  const to = moves[state][move];
  if (to) return to;
  const allowed = Object.keys(moves[state]);
  const hint = allowed.length === 0 ? 'Nothing is possible any more.' : `Allowed from here: ${allowed.join(', ')}.`;
  throw new Refusal('MOVE_NOT_ALLOWED', `"${move}" is not possible while the ${noun} is ${state}. ${hint}`, 'state', { state, allowed });
}

/**
 * API-03: what this person may do now, and what each action still lacks. A customer's own people are told only of what is theirs to do:
 * what the provider's work still lacks names its plans and equipment (ORG-03).
 */
export function listActions<Case, State extends string, Move extends string, Action extends string>(
  process: Process<Case, State, Move, Action>, kase: Case, actor: Actor,
): AvailableAction<Action>[] {
  const all = Object.keys(process.actions).map((name) => {
    const action = name as Action;
    const lacks = lacksOf(process, action, kase, actor);
    return { action, allowed: lacks.length === 0, lacks };
  });
  return actor.customerId === null ? all : all.filter(({ lacks }) => !lacks.some(({ code }) => code === 'FORBIDDEN'));
}
