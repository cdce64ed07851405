import { LockMode } from '@mikro-orm/core';
import type { Actor } from '../../kernel/actor.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Change, Database } from '../../platform/db/database.ts';
import { insertRows } from '../../platform/db/insert-rows.ts';
import { newId } from '../../platform/time/new-id.ts';
import type { ImportReject as Reject } from './import-csv.rules.ts';
import { ImportRejectEntity, ImportRunEntity, type ImportRun } from './import.entity.ts';

export type ImportKind = ImportRun['kind'];

/** What an import has come to; `events + refused` are the rows of the file. */
export interface ImportSummary {
  /** Records of which at least one row was taken over. */
  readonly records: number;
  readonly accepted: number;
  readonly refused: number;
  readonly reasons: Readonly<Record<string, number>>;
  readonly rejects: readonly Reject[];
  /** The same file had been imported whole before: nothing was changed. */
  readonly already: boolean;
  /** Stopped by the signal before the end; the same command goes on from there. */
  readonly stopped: boolean;
}

export interface RunKey {
  readonly kind: ImportKind;
  readonly source: string;
  readonly fileName: string;
  readonly digest: string;
}

/** The run of this file with these settings: a finished one, an unfinished one to go on with, or a new one (API-06). */
export async function openRun(database: Database, actor: Actor, key: RunKey): Promise<ImportRun> {
  return database.change(actor, async ({ em, now }) => {
    // Two importers of one file that start together: the second finds the run of the first.
    await em.execute('select pg_advisory_xact_lock(hashtext(?))', [`import ${key.kind} ${key.digest}`]);
    const found = await em.findOne(ImportRunEntity, { kind: key.kind, fileDigest: key.digest }, { orderBy: { startedAt: 'desc', id: 'desc' } });
    if (found) return found;
    const run = em.create(ImportRunEntity, {
      id: newId(), kind: key.kind, source: key.source, fileName: key.fileName, fileDigest: key.digest, startedAt: await now(), finishedAt: null,
      accepted: 0, refused: 0, records: 0,
    });
    return run;
  });
}

export interface BatchResult {
  /** Records dealt with, whether taken over or not. */
  readonly records: number;
  readonly accepted: number;
  readonly rejects: readonly Reject[];
  readonly last: boolean;
}

/** Locks the run within the batch's transaction; refuses when another process has got further meanwhile. */
export async function lockRun({ em }: Change, runId: string, position: number): Promise<ImportRun> {
  const run = await em.findOneOrFail(ImportRunEntity, { id: runId }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
  if (run.records !== position || run.finishedAt !== null) {
    throw new Refusal('ALREADY_DONE', 'Another process is importing this file at the same time; let it finish.', 'file');
  }
  return run;
}

/** Counts a batch in the same transaction as its records: a kill loses both or neither. */
export async function countBatch(change: Change, run: ImportRun, batch: BatchResult): Promise<void> {
  run.records += batch.records;
  run.accepted += batch.accepted;
  run.refused += batch.rejects.length;
  if (batch.last) run.finishedAt = await change.now();
  await change.em.flush();
  const rows = batch.rejects.map(({ line, number, code, reason }) => ({ id: newId(), runId: run.id, line, externalNumber: number, code, reason }));
  await insertRows(change.em, ImportRejectEntity, rows);
}

/** What the run has come to, read back from the database: true after any number of kills. */
export async function summaryOf(database: Database, runId: string, facts: { records: number; already: boolean; stopped: boolean }): Promise<ImportSummary> {
  const em = database.em;
  const run = await em.findOneOrFail(ImportRunEntity, { id: runId });
  const rejects = await em.execute<Reject[]>(
    'select line, external_number as number, code, reason from import_reject where run_id = ? order by line, id', [runId],
  );
  return { ...facts, accepted: run.accepted, refused: run.refused, reasons: reasonsOf(rejects), rejects };
}

export function reasonsOf(rejects: readonly Reject[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { code } of rejects) counts.set(code, (counts.get(code) ?? 0) + 1);
  return Object.fromEntries([...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
