import type { Actor } from '../../kernel/actor.ts';
import { requirePermission } from '../../kernel/actor-guard.ts';
import type { DomainEvent } from '../../kernel/event.ts';
import { toIso, type Instant } from '../../kernel/instant.ts';
import type { Change, Database } from '../../platform/db/database.ts';
import type { Em } from '../../platform/db/orm.ts';
import { persistRow } from '../../platform/db/persist-row.ts';
import { readCsvFile } from '../../platform/files/csv-file.ts';
import { newId } from '../../platform/time/new-id.ts';
import { controlledStatuses } from '../cmdb/cmdb-authority.service.ts';
import { CiExceptionEntity } from '../cmdb/cmdb-baseline.entity.ts';
import { relationForbidden, requireRelation } from '../cmdb/cmdb-class.rules.ts';
import { classBook } from '../cmdb/cmdb-class.service.ts';
import { CiEntity, type Ci } from '../cmdb/cmdb.entity.ts';
import { CI_LIVES, lifeOfWord, type CiAuthority } from '../cmdb/cmdb.rules.ts';
import { savePortConnections } from '../cmdb/cmdb-register-ports.service.ts';
import {
  CI_COLUMNS, CONNECTION_COLUMNS, readCi, readConnection, readRelation, RELATION_COLUMNS, type CiFacts, type ConnectionFacts, type KnownCis, type RelationFacts,
} from './import-cmdb.rules.ts';
import type { ImportReject } from './import-csv.rules.ts';
import { countBatch, lockRun, openRun, reasonsOf, summaryOf, type ImportKind, type ImportSummary } from './import-run.service.ts';

export interface RegisterImport {
  readonly path: string;
  readonly source: string;
  readonly dryRun?: boolean;
  /** Whose item each one is, by its key in the register; a register without customers leaves it open (D-26). */
  readonly customers?: ReadonlyMap<string, string>;
  /** Why controlled items are altered without a change; left out, such lines are refused (CMDB-06). */
  readonly exceptionReason?: string | null;
}

const BATCH = 200;

/** Takes over configuration items, by their key in the register: what is known is brought up to date (API-06). Needs `cmdb.edit`. */
export async function importCis(database: Database, actor: Actor, input: RegisterImport): Promise<ImportSummary> {
  requirePermission(actor, 'cmdb.edit');
  const file = await readCsvFile(input.path, CI_COLUMNS, ['ci_id', 'class', 'name']);
  const seen = new Set<string>();
  const classes = await itemClasses(database.em);
  const read = await refuseControlled(database, file.rows.map((row) => ({ line: row.line, said: readCi(row, seen, classes) })), input.exceptionReason ?? null);
  return importRegister(database, actor, { input, kind: 'cis', file, read, save: (change, facts, now) => saveCis(change, facts, now, input) });
}

/** Takes over relations between CIs that are known already. Needs `cmdb.edit`. */
export async function importRelations(database: Database, actor: Actor, input: RegisterImport): Promise<ImportSummary> {
  requirePermission(actor, 'cmdb.edit');
  const file = await readCsvFile(input.path, RELATION_COLUMNS, RELATION_COLUMNS);
  const known = await knownCis(database);
  const seen = new Set<string>();
  return importRegister(database, actor, { input, kind: 'relations', file, read: file.rows.map((row) => readRelation(row, known, seen)), save: saveRelations });
}

/** Takes over a port connection table: each cable is a relation connected_to, its ports are a line of the table. Needs `cmdb.edit`. */
export async function importConnections(database: Database, actor: Actor, input: RegisterImport): Promise<ImportSummary> {
  requirePermission(actor, 'cmdb.edit');
  const file = await readCsvFile(input.path, CONNECTION_COLUMNS, ['cable', 'a_ci', 'b_ci']);
  const known = await knownCis(database);
  const seen = new Set<string>();
  const read = file.rows.map((row) => readConnection(row, known, seen));
  return importRegister(database, actor, { input, kind: 'relations', file, read, save: saveConnections });
}

interface Register<Facts> {
  readonly input: RegisterImport;
  readonly kind: ImportKind;
  readonly file: { readonly digest: string; readonly name: string; readonly malformed: readonly { readonly line: number; readonly reason: string }[] };
  readonly read: readonly (Facts | ImportReject)[];
  save(change: Change, facts: readonly Facts[], now: Instant): Promise<DomainEvent[]>;
}

async function importRegister<Facts extends object>(database: Database, actor: Actor, register: Register<Facts>): Promise<ImportSummary> {
  const { input, kind, file, read } = register;
  const isReject = (entry: Facts | ImportReject): entry is ImportReject => 'code' in entry;
  const malformed = file.malformed.map(({ line, reason }): ImportReject => ({ line, number: null, code: 'LINE_MALFORMED', reason }));
  if (input.dryRun) {
    const rejects = [...malformed, ...read.filter(isReject)];
    return { records: read.length, accepted: read.length + malformed.length - rejects.length, refused: rejects.length, reasons: reasonsOf(rejects), rejects, already: false, stopped: false };
  }
  const run = await openRun(database, actor, { kind, source: input.source, fileName: file.name, digest: file.digest });
  const already = run.finishedAt !== null;
  for (let position = run.records, finished = already; !finished; position += BATCH) {
    const batch = read.slice(position, position + BATCH);
    finished = position + BATCH >= read.length;
    const rejects = [...(position === 0 ? malformed : []), ...batch.filter(isReject)];
    await database.change(actor, async (change) => {
      const locked = await lockRun(change, run.id, position);
      const facts = batch.filter((entry): entry is Facts => !isReject(entry));
      change.emit(...(await register.save(change, facts, await change.now())));
      await countBatch(change, locked, { records: BATCH, accepted: facts.length, rejects, last: finished });
    });
  }
  return summaryOf(database, run.id, { records: read.length, already, stopped: false });
}

/** CMDB-06: a line that would alter a controlled item is refused, and so shown, unless a reason for an exception is given. */
async function refuseControlled(database: Database, lines: readonly { readonly line: number; readonly said: CiFacts | ImportReject }[], exceptionReason: string | null): Promise<(CiFacts | ImportReject)[]> {
  const { em } = database;
  const statuses = await controlledStatuses(em, await database.now());
  if (exceptionReason !== null || statuses.length === 0) return lines.map(({ said }) => said);
  const controlled = new Map((await em.find(CiEntity, { externalId: { $ne: null }, life: { $in: CI_LIVES.filter((life) => statuses.includes(life)) } })).map((ci) => [ci.externalId, ci]));
  return lines.map(({ line, said }) => {
    const ci = 'code' in said ? undefined : controlled.get(said.externalId);
    if (!ci || 'code' in said || isSame(ci, said)) return said;
    return { line, number: said.externalId, code: 'UNAUTHORISED', reason: `"${ci.name}" is controlled (${ci.life}) and the line differs from it: alter it through a change, or give the reason of an exception.` };
  });
}

async function saveCis(change: Change, facts: readonly CiFacts[], now: Instant, { customers, exceptionReason, source }: RegisterImport): Promise<DomainEvent[]> {
  const { em, actor } = change;
  const there = new Map((await em.find(CiEntity, { externalId: { $in: facts.map(({ externalId }) => externalId) } })).map((ci) => [ci.externalId, ci]));
  const statuses = await controlledStatuses(em, now);
  return facts.flatMap((said): DomainEvent[] => {
    const before = there.get(said.externalId);
    const life = lifeOfWord(said.status);
    const authority = (version: number, reason: string | null): CiAuthority => ({ kind: reason === null ? 'import' : 'exception', ticketId: null, number: null, reason: reason ?? source, by: actor.name, version });
    if (!before) {
      const made = em.create(CiEntity, {
        id: newId(), ...said, life, attributes: { ...said.attributes }, customerId: customers?.get(said.externalId) ?? null, authority: authority(1, null), createdAt: now, updatedAt: now, version: 1,
      });
      return [{ type: 'ci.imported', subjectKind: 'ci', subjectId: made.id, customerId: made.customerId, occurredAt: now, after: said, mark: 'imported' }];
    }
    if (isSame(before, said)) return [];
    const was = { name: before.name, status: before.status, class: before.class, ownerName: before.ownerName, site: before.site };
    const excused = statuses.includes(before.life) ? (exceptionReason ?? null) : null;
    if (excused !== null) persistRow(em, CiExceptionEntity, { id: newId(), ciId: before.id, reason: excused, alteration: { import: source, after: said }, recordedAt: now, recordedByName: actor.name });
    Object.assign(before, said, {
      life: before.status === said.status ? before.life : life, attributes: { ...said.attributes }, updatedAt: Math.max(now, before.updatedAt), version: before.version + 1,
      authority: authority(before.version + 1, excused),
    });
    return [{ type: 'ci.imported', subjectKind: 'ci', subjectId: before.id, customerId: before.customerId, occurredAt: now, before: was, after: said, reason: excused, mark: 'imported' }];
  });
}

/** Whether the register has it as the line says. */
function isSame(ci: Ci, said: CiFacts): boolean {
  return JSON.stringify([ci.name, ci.status, ci.class, ci.ownerName, ci.site, ci.model ?? null, ci.serial ?? null, ci.assetLabel ?? null, ci.location ?? null, sorted(ci.attributes)])
    === JSON.stringify([said.name, said.status, said.class, said.ownerName, said.site, said.model, said.serial, said.assetLabel, said.location, sorted(said.attributes)]);
}

const sorted = (record: Readonly<Record<string, string>>): [string, string][] => Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1));

async function saveRelations({ em, actor }: Change, facts: readonly RelationFacts[], now: Instant): Promise<DomainEvent[]> {
  const ends = facts.flatMap(({ source, target }) => [source, target]);
  const cis = new Map((await em.find(CiEntity, { externalId: { $in: ends } })).map((ci) => [ci.externalId, ci]));
  const book = await classBook(em);
  const rows = facts.map(({ source, type, target }) => {
    const propagation = requireRelation(book, { type, sourceClass: cis.get(source)?.class ?? '', targetClass: cis.get(target)?.class ?? '' });
    return { id: newId(), source_id: cis.get(source)?.id, type, target_id: cis.get(target)?.id, propagation };
  });
  const authority: CiAuthority = { kind: 'import', ticketId: null, number: null, reason: null, by: actor.name, version: 1 };
  const made = await em.execute<{ id: string; source: string; target: string; type: string }[]>(
    `insert into ci_relation (id, source_id, type, target_id, propagation, created_at, authority)
     select id, source_id, type, target_id, propagation, ?::timestamptz, ?::jsonb
     from jsonb_to_recordset(?::jsonb) as given (id uuid, source_id uuid, type text, target_id uuid, propagation text)
     on conflict do nothing returning id, source_id as source, target_id as target, type`,
    [toIso(now), JSON.stringify(authority), JSON.stringify(rows)],
  );
  return made.map(({ source, target, type }): DomainEvent => ({
    type: 'ci.related', subjectKind: 'ci', subjectId: source, occurredAt: now, after: { type, targetId: target, importedAt: toIso(now) }, mark: 'imported',
  }));
}

async function saveConnections(change: Change, facts: readonly ConnectionFacts[], now: Instant): Promise<DomainEvent[]> {
  const ends = facts.flatMap(({ source, target }) => [source, target]);
  const ids = new Map((await change.em.find(CiEntity, { externalId: { $in: ends } })).map(({ externalId, id }) => [externalId, id]));
  await savePortConnections(change.em, facts.map(({ source, target, sourcePort, targetPort, cable, cableType, status }) => ({
    cable, aCiId: ids.get(source) ?? '', aPort: sourcePort, bCiId: ids.get(target) ?? '', bPort: targetPort, cableType, status,
  })));
  return saveRelations(change, facts, now);
}

async function itemClasses(em: Em): Promise<string[]> {
  return [...(await classBook(em)).classes.values()].filter(({ abstract }) => !abstract).map(({ key }) => key);
}

async function knownCis(database: Database): Promise<KnownCis> {
  const { em } = database;
  const rows = await em.execute<{ id: string; class: string }[]>('select external_id as id, class from ci where external_id is not null');
  const book = await classBook(em);
  return { classes: new Map(rows.map((row) => [row.id, row.class])), forbids: (type, sourceClass, targetClass) => relationForbidden(book, { type, sourceClass, targetClass }) };
}
