import type { Actor } from '../../kernel/actor.ts';
import { requirePermission } from '../../kernel/actor-guard.ts';
import type { DomainEvent } from '../../kernel/event.ts';
import { toIso, type Instant } from '../../kernel/instant.ts';
import type { Change, Database } from '../../platform/db/database.ts';
import { readCsvFile } from '../../platform/files/csv-file.ts';
import { newId } from '../../platform/time/new-id.ts';
import { CiEntity } from '../cmdb/cmdb.entity.ts';
import { savePortConnections } from '../cmdb/cmdb-register-ports.service.ts';
import {
  CI_COLUMNS, CONNECTION_COLUMNS, readCi, readConnection, readRelation, RELATION_COLUMNS, type CiFacts, type ConnectionFacts, type RelationFacts,
} from './import-cmdb.rules.ts';
import type { ImportReject } from './import-csv.rules.ts';
import { countBatch, lockRun, openRun, reasonsOf, summaryOf, type ImportKind, type ImportSummary } from './import-run.service.ts';

export interface RegisterImport {
  readonly path: string;
  readonly source: string;
  readonly dryRun?: boolean;
  /** Whose item each one is, by its key in the register; a register without customers leaves it open (D-26). */
  readonly customers?: ReadonlyMap<string, string>;
}

const BATCH = 200;

/** Takes over configuration items, by their key in the register: what is known is brought up to date (API-06). Needs `cmdb.edit`. */
export async function importCis(database: Database, actor: Actor, input: RegisterImport): Promise<ImportSummary> {
  requirePermission(actor, 'cmdb.edit');
  const file = await readCsvFile(input.path, CI_COLUMNS, ['ci_id', 'class', 'name']);
  const seen = new Set<string>();
  return importRegister(database, actor, { input, kind: 'cis', file, read: file.rows.map((row) => readCi(row, seen)), save: (change, facts, now) => saveCis(change, facts, now, input.customers) });
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

async function saveCis({ em }: Change, facts: readonly CiFacts[], now: Instant, customers: ReadonlyMap<string, string> = new Map()): Promise<DomainEvent[]> {
  const there = new Map((await em.find(CiEntity, { externalId: { $in: facts.map(({ externalId }) => externalId) } })).map((ci) => [ci.externalId, ci]));
  return facts.flatMap((ci): DomainEvent[] => {
    const before = there.get(ci.externalId);
    if (!before) {
      const made = em.create(CiEntity, { id: newId(), ...ci, attributes: { ...ci.attributes }, customerId: customers.get(ci.externalId) ?? null, createdAt: now, updatedAt: now, version: 1 });
      return [{ type: 'ci.imported', subjectKind: 'ci', subjectId: made.id, occurredAt: now, after: ci, mark: 'imported' }];
    }
    const was = { name: before.name, status: before.status, class: before.class, ownerName: before.ownerName, site: before.site };
    const attributes = { ...ci.attributes };
    const same = JSON.stringify([was.name, was.status, was.class, was.ownerName, was.site, sorted(before.attributes)])
      === JSON.stringify([ci.name, ci.status, ci.class, ci.ownerName, ci.site, sorted(attributes)]);
    if (same) return [];
    Object.assign(before, ci, { attributes, updatedAt: now, version: before.version + 1 });
    return [{ type: 'ci.imported', subjectKind: 'ci', subjectId: before.id, occurredAt: now, before: was, after: ci, mark: 'imported' }];
  });
}

const sorted = (record: Readonly<Record<string, string>>): [string, string][] => Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1));

async function saveRelations({ em }: Change, facts: readonly RelationFacts[], now: Instant): Promise<DomainEvent[]> {
  const ends = facts.flatMap(({ source, target }) => [source, target]);
  const ids = new Map((await em.find(CiEntity, { externalId: { $in: ends } })).map(({ externalId, id }) => [externalId, id]));
  const rows = facts.map(({ source, type, target }) => ({ id: newId(), source_id: ids.get(source), type, target_id: ids.get(target) }));
  const made = await em.execute<{ id: string; source: string; target: string; type: string }[]>(
    `insert into ci_relation (id, source_id, type, target_id)
     select id, source_id, type, target_id from jsonb_to_recordset(?::jsonb) as given (id uuid, source_id uuid, type text, target_id uuid)
     on conflict do nothing returning id, source_id as source, target_id as target, type`,
    [JSON.stringify(rows)],
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

async function knownCis(database: Database): Promise<ReadonlySet<string>> {
  const rows = await database.em.execute<{ id: string }[]>('select external_id as id from ci where external_id is not null');
  return new Set(rows.map(({ id }) => id));
}
