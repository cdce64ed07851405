import type { Change } from '../../platform/db/database.ts';
import { textArray } from '../../platform/db/text-array.ts';
import { insertRows } from '../../platform/db/insert-rows.ts';
import { newId } from '../../platform/time/new-id.ts';
import { isBetweenChanges, seenFromOther, type ChangeConflict } from './change-conflict.rules.ts';
import { conflictsOf } from './change-conflict.service.ts';
import { ChangeConflictEntity, type ChangeConflictRow } from './change-planning.entity.ts';

/**
 * Judges one change anew and keeps what stands against it (CHG-11): new causes are told as `change.conflictFound`, those gone as
 * `change.conflictCleared`, on both changes where two are concerned. What was known stays as it is. Called in the transaction that
 * moves the change; by the consumer when something else moved.
 */
export async function reconcileConflicts(change: Change, changeId: string): Promise<void> {
  const { em } = change;
  // The window may have been set in this transaction: statements of ours must see it.
  await em.flush();
  await takeTurns(change);
  const found = (await conflictsOf(em, { changeId })).map((conflict) => keptRow(changeId, conflict));
  const kept = await em.find(ChangeConflictEntity, { clearedAt: null, $or: [{ changeId }, { otherId: changeId, kind: { $in: ['same-ci', 'dependent-ci', 'person'] } }] });
  await keepConflicts(change, found, kept);
}

/** One at a time: of two changes that are scheduled at the same moment, the second sees the first. */
export async function takeTurns({ em }: Change): Promise<void> {
  await em.execute(`select pg_advisory_xact_lock(hashtext('change conflicts'))`);
}

/** Several changes, one after the other. */
export async function reconcileAll(change: Change, changeIds: Iterable<string>): Promise<void> {
  for (const id of [...new Set(changeIds)].toSorted()) await reconcileConflicts(change, id);
}

export interface FoundConflict {
  readonly changeId: string;
  readonly conflict: ChangeConflict;
}

/** Two changes share one row, kept with the lower id: so either may be judged, and finds what the other found. */
function keptRow(changeId: string, conflict: ChangeConflict): FoundConflict {
  const { otherId } = conflict;
  if (otherId === null || !isBetweenChanges(conflict) || changeId < otherId) return { changeId, conflict };
  return { changeId: otherId, conflict: seenFromOther(conflict, changeId) };
}

/** Compares what was found with what is kept, and writes and tells the difference. */
export async function keepConflicts(change: Change, found: readonly FoundConflict[], kept: readonly ChangeConflictRow[]): Promise<void> {
  const at = await change.now();
  const keyOf = (changeId: string, key: string): string => `${changeId} ${key}`;
  const known = new Map(kept.map((row) => [keyOf(row.changeId, row.key), row]));
  const standing = new Set(found.map(({ changeId, conflict }) => keyOf(changeId, conflict.key)));
  const added = found.filter(({ changeId, conflict }) => !known.has(keyOf(changeId, conflict.key)));
  const gone = kept.filter(({ changeId, key }) => !standing.has(keyOf(changeId, key)));
  for (const { changeId, conflict } of found) {
    const row = known.get(keyOf(changeId, conflict.key));
    if (row && JSON.stringify(row.hits) !== JSON.stringify(conflict.hits)) row.hits = [...conflict.hits];
  }
  for (const row of gone) row.clearedAt = at;
  // Closed ones first: the index allows one open row of a cause.
  await change.em.flush();
  await insertRows(change.em, ChangeConflictEntity, added.map(({ changeId, conflict }) => ({ id: newId(), changeId, ...conflict, foundAt: at, clearedAt: null })));
  await tell(change, 'change.conflictFound', added.map(({ changeId, conflict }) => ({ changeId, ...conflict })));
  await tell(change, 'change.conflictCleared', gone);
}

/** One event for each change that it concerns, so that every page that shows it moves. */
async function tell(change: Change, type: string, conflicts: readonly (Pick<ChangeConflict, 'kind' | 'otherId' | 'freezeId' | 'personId'> & { readonly changeId: string })[]): Promise<void> {
  if (conflicts.length === 0) return;
  const about = new Map<string, object[]>();
  const add = (id: string, fact: object): void => void about.set(id, [...(about.get(id) ?? []), fact]);
  for (const { changeId, kind, otherId, freezeId, personId } of conflicts) {
    add(changeId, { kind, otherId, freezeId, personId });
    if (otherId !== null && isBetweenChanges({ kind })) add(otherId, { kind, otherId: changeId, freezeId, personId });
  }
  const rows = await change.em.execute<{ id: string; customerId: string; teamId: string | null }[]>(
    'select id, customer_id as "customerId", team_id as "teamId" from ticket where id = any(?::uuid[]) order by id', [textArray(about.keys())],
  );
  const occurredAt = await change.now();
  for (const { id, customerId, teamId } of rows) {
    const facts = { conflicts: about.get(id) };
    change.emit({
      type, subjectKind: 'change', subjectId: id, ticketId: id, customerId, teamIds: teamId === null ? [] : [teamId], occurredAt,
      ...(type === 'change.conflictFound' ? { after: facts } : { before: facts }),
    });
  }
}
