import { LockMode } from '@mikro-orm/core';
import type { Actor } from '../../kernel/actor.ts';
import { requirePermission, requireVisible } from '../../kernel/actor-guard.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { optionalText, requiredText } from '../../kernel/text.ts';
import { requireVersion } from '../../kernel/version.ts';
import type { Change, Database } from '../../platform/db/database.ts';
import type { Em } from '../../platform/db/orm.ts';
import { persistRow } from '../../platform/db/persist-row.ts';
import { newId } from '../../platform/time/new-id.ts';
import { compareRegister, digestOf } from './cmdb-register-compare.service.ts';
import { countOutcomes, type DifferenceOutcome, type RegisterDifference } from './cmdb-register-difference.rules.ts';
import { readTable } from './cmdb-register-file.service.ts';
import { takeOver } from './cmdb-register-takeover.service.ts';
import { RegisterImportEntity, type RegisterImport } from './cmdb-register.entity.ts';
import { readRegister, REGISTER_KINDS, type RegisterKind } from './cmdb-register.rules.ts';
import type { CiAuthorisation } from './cmdb.rules.ts';

export interface RegisterFile {
  readonly kind: string;
  readonly fileName: string;
  readonly content: Buffer;
  /** Whose part of the register it is; null: all of it. */
  readonly customerId: string | null;
}

/** Takes a file of the register and changes nothing: its differences are to be looked at first (CMDB-06, CMDB-07). Needs `cmdb.edit`. Returns its id. */
export async function proposeRegister(database: Database, actor: Actor, file: RegisterFile): Promise<string> {
  requirePermission(actor, 'cmdb.edit', { customerId: file.customerId });
  const kind = kindOf(file.kind);
  const fileName = requiredText(file.fileName, 'name', 200);
  const { rows } = readRegister(kind, await readTable(fileName, file.content));
  if (rows.length === 0) throw new Refusal('INVALID_INPUT', 'The file has no line below its column names.', 'file');
  return database.change(actor, async ({ em, emit, now }) => {
    const differences = await compareRegister(database, em, { kind, customerId: file.customerId, rows: [...rows] });
    const counts = countOutcomes(differences);
    const id = newId();
    persistRow(em, RegisterImportEntity, {
      id, kind, state: 'proposed', fileName, customerId: file.customerId, rows: [...rows], applied: null, controlledCount: counts.controlled, proposedAt: await now(),
      proposedByName: actor.name, decidedAt: null, decidedByName: null, authorisedBy: null, version: 1,
    });
    emit({ type: 'register.proposed', subjectKind: 'register-import', subjectId: id, customerId: file.customerId, occurredAt: await now(), after: { kind, fileName, counts } });
    return id;
  });
}

function kindOf(word: string): RegisterKind {
  const kind = REGISTER_KINDS.find((one) => one === word);
  if (kind) return kind;
  throw new Refusal('INVALID_INPUT', `"kind" must be one of ${REGISTER_KINDS.join(', ')}, got "${word.slice(0, 40)}".`, 'kind');
}

export interface RegisterComparison {
  readonly file: RegisterImport;
  readonly differences: readonly RegisterDifference[];
  readonly counts: Readonly<Record<DifferenceOutcome, number>>;
  /** Give it with the applying: it stands for exactly these differences. */
  readonly digest: string;
}

/** A file with its differences as they are now; of one that was taken over, as they were then. */
export async function comparisonOf(database: Database, actor: Actor, id: string): Promise<RegisterComparison | null> {
  requirePermission(actor, 'cmdb.edit');
  const em = database.em;
  const file = await em.findOne(RegisterImportEntity, { id });
  if (!file) return null;
  requireVisible(actor, 'cmdb.edit', { customerId: file.customerId }, noFile);
  const differences = file.state === 'proposed' ? await compareRegister(database, em, file) : (file.applied ?? []);
  return { file, differences, counts: countOutcomes(differences), digest: digestOf(differences) };
}

export interface RegisterDecision {
  readonly id: string;
  readonly expectedVersion: number;
  /** Of the comparison that was looked at. */
  readonly digest: string;
  /** Also retire what the file lacks. */
  readonly retireGone: boolean;
  readonly exceptionReason: string | null;
  /** From a change, asked for within the same transaction; null: no change. */
  readonly authorise: ((em: Em) => Promise<CiAuthorisation>) | null;
}

/** Takes the file over: all of it in one transaction, or nothing. Needs `cmdb.edit`, with an exception `cmdb.control`. */
export async function applyRegister(database: Database, actor: Actor, decision: RegisterDecision): Promise<string> {
  return database.change(actor, async (change) => {
    const file = await lockFile(change, decision);
    const differences = await compareRegister(database, change.em, file);
    if (digestOf(differences) !== decision.digest) {
      throw new Refusal('STALE_VERSION', 'The register has changed since these differences were shown: look at them again.', 'digest', { digest: digestOf(differences) });
    }
    requireClean(differences);
    const authorisation = await authorisationOf(change.em, decision);
    requireGround(differences, authorisation);
    await takeOver(change, file, { differences, retireGone: decision.retireGone, authorisation });
    await decide(change, file, { state: 'applied', applied: differences, authorisation });
    return file.id;
  });
}

/** Puts a file aside. Needs `cmdb.edit`. */
export async function discardRegister(database: Database, actor: Actor, input: { readonly id: string; readonly expectedVersion: number }): Promise<string> {
  return database.change(actor, async (change) => {
    const file = await lockFile(change, input);
    await decide(change, file, { state: 'discarded', applied: await compareRegister(database, change.em, file), authorisation: null });
    return file.id;
  });
}

/** A file by its id, for whoever has just decided on it. */
export function registerFileById(em: Em, id: string): Promise<RegisterImport> {
  return em.findOneOrFail(RegisterImportEntity, { id });
}

async function lockFile({ em, actor }: Change, { id, expectedVersion }: { readonly id: string; readonly expectedVersion: number }): Promise<RegisterImport> {
  requirePermission(actor, 'cmdb.edit');
  const file = await em.findOne(RegisterImportEntity, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!file) throw noFile();
  requireVisible(actor, 'cmdb.edit', { customerId: file.customerId }, noFile);
  requireVersion(file, expectedVersion, 'file');
  if (file.state !== 'proposed') throw new Refusal('ALREADY_DONE', `This file was ${file.state} by ${file.decidedByName ?? 'somebody'}.`, 'id');
  return file;
}

const noFile = (): Refusal => new Refusal('NOT_FOUND', 'There is no such file.', 'id');

/** Never half: a file with a line that cannot be taken over is corrected first. */
function requireClean(differences: readonly RegisterDifference[]): void {
  const wrong = differences.filter(({ outcome }) => outcome === 'refused');
  if (wrong.length === 0) return;
  const first = wrong.slice(0, 3).map(({ line, reason }) => `line ${line}: ${reason}`).join(' ');
  throw new Refusal('IMPORT_ROW_INVALID', `${wrong.length} lines cannot be taken over, so nothing is. ${first}`, 'file', { lines: wrong.map(({ line }) => line) });
}

/** CMDB-06 @throws Refusal UNAUTHORISED naming the items that need a ground */
function requireGround(differences: readonly RegisterDifference[], authorisation: CiAuthorisation): void {
  const controlled = differences.filter(({ outcome }) => outcome === 'controlled');
  if (controlled.length === 0 || authorisation.kind !== 'register') return;
  const names = controlled.slice(0, 3).map(({ name }) => `"${name}"`).join(', ');
  throw new Refusal(
    'UNAUTHORISED', `${controlled.length} differences are in controlled items (${names}): give the number of a change that names them, or the reason of an exception.`, 'changeNumber',
    { keys: controlled.slice(0, 50).map(({ key }) => key) },
  );
}

async function authorisationOf(em: Em, { authorise, exceptionReason }: RegisterDecision): Promise<CiAuthorisation> {
  const reason = optionalText(exceptionReason, 'exceptionReason', 2000);
  if (authorise !== null && reason !== null) throw new Refusal('INVALID_INPUT', 'Give a change or the reason of an exception, not both.', 'exceptionReason');
  if (authorise !== null) return authorise(em);
  return reason === null ? { kind: 'register' } : { kind: 'exception', reason };
}

interface Decided {
  readonly state: 'applied' | 'discarded';
  readonly applied: readonly RegisterDifference[];
  readonly authorisation: CiAuthorisation | null;
}

async function decide({ actor, emit, now }: Change, file: RegisterImport, { state, applied, authorisation }: Decided): Promise<void> {
  const authorisedBy = authorisation?.kind === 'change' ? authorisation.number : authorisation?.kind === 'exception' ? authorisation.reason : null;
  Object.assign(file, { state, applied: [...applied], authorisedBy, decidedAt: await now(), decidedByName: actor.name, version: file.version + 1 });
  const { id, kind, fileName, customerId } = file;
  emit({ type: `register.${state}`, subjectKind: 'register-import', subjectId: id, customerId, occurredAt: await now(), after: { kind, fileName, counts: countOutcomes(applied), authorisedBy } });
}
