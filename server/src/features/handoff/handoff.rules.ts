import type { Policies } from '../service-level/service-level.rules.ts';
import { Refusal } from '../../kernel/refusal.ts';

interface Move {
  readonly fromTeamId: string | null;
  readonly toTeamId: string;
}

/** HND-01: from one team to another. */
export function checkReceiver(fromTeamId: string | null, toTeamId: string): void {
  if (fromTeamId === toTeamId) throw new Refusal('INVALID_INPUT', 'The team holds it already: assign a person instead.', 'toTeamId');
  if (fromTeamId === null) throw new Refusal('MOVE_NOT_ALLOWED', 'No team holds it yet: assign it instead.', 'toTeamId', { use: 'assignIncident' });
}

/** HND-03: back to a team that has had it (A→B→A), or more than the policy's number of moves. */
export function isPingPong(moves: readonly Move[], limit: number): boolean {
  if (moves.length > limit) return true;
  const last = moves.at(-1);
  return last !== undefined && moves.slice(0, -1).some((move) => move.fromTeamId === last.toTeamId);
}

/** HND-04: a pair that the matrix does not list is warned of, not refused; a team without a line may send anywhere. */
export function isUnusual(policy: Policies['handoff'], fromKey: string | null, toKey: string): boolean {
  const lines = policy.matrix.filter((line) => line.from === fromKey);
  return lines.length > 0 && !lines.some((line) => line.to.includes(toKey));
}

/** HND-04: whom the matrix proposes, in its order. */
export function proposedReceivers(policy: Policies['handoff'], fromKey: string): string[] {
  return [...new Set(policy.matrix.filter((line) => line.from === fromKey).flatMap((line) => line.to))];
}
