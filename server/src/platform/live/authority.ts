import { createHash } from 'node:crypto';
import type { Actor } from '../../kernel/actor.ts';

/** An actor never changes: other rights are another one. It is asked for each socket every 3 s. */
const keys = new WeakMap<Actor, string>();

/** Permission set, customer scope, team scope and board, never the person (D-30): whoever has the same may share a view. */
export function authorityKey(actor: Actor): string {
  const kept = keys.get(actor);
  if (kept) return kept;
  const made = madeOf(actor);
  keys.set(actor, made);
  return made;
}

function madeOf(actor: Actor): string {
  const grants = actor.grants
    .map(({ permissions, customerId, teamId }) => [[...permissions].sort().join(' '), customerId ?? '', teamId ?? ''].join('|'))
    .sort();
  const facts = JSON.stringify([actor.kind === 'system', actor.customerId, [...(actor.boardIds ?? [])].sort(), [...new Set(grants)]]);
  return createHash('sha256').update(facts).digest('base64url');
}
