import { createHash } from 'node:crypto';
import type { Actor } from '../../kernel/actor.ts';
import { assert } from '../../kernel/assert.ts';
import { requirePermission } from '../../kernel/actor-guard.ts';
import type { DomainEvent } from '../../kernel/event.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Change, Database } from '../../platform/db/database.ts';
import { readCsvFile, type CsvFile } from '../../platform/files/csv-file.ts';
import { openCase, saveCase } from '../incident/incident-open.service.ts';
import type { IncidentCase } from '../incident/incident-case.rules.ts';
import { TicketEntity, type Ticket } from '../ticket/ticket.entity.ts';
import { prepareCast } from './import-cast.service.ts';
import { INCIDENT_COLUMNS, REQUIRED_COLUMNS, type ImportReject, type IncidentColumn } from './import-csv.rules.ts';
import { continueHistory, importHistory, judgeHistory } from './import-incident.rules.ts';
import type { IncidentMapping } from './import-mapping.rules.ts';
import { readRow, type HistoryRow } from './import-row.rules.ts';
import { countBatch, lockRun, openRun, reasonsOf, summaryOf, type ImportSummary } from './import-run.service.ts';
import { insertCases } from './import-save.service.ts';
import { loadWorld, type LoadedWorld, type WorldInput } from './import-world.service.ts';

export interface IncidentImport {
  readonly path: string;
  /** The name under which the records keep their numbers. */
  readonly source: string;
  readonly mapping: IncidentMapping;
  readonly timeZone: string;
  /** D-26: the customer of a file that names none. */
  readonly customer: string;
  readonly dryRun?: boolean;
  /** Rows after this instant are left for later, not refused: the demo replays them. */
  readonly until?: Instant;
  readonly shiftMs?: number;
  readonly casting?: WorldInput['casting'];
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/** So many incidents commit together, each with its whole history (D-25): the log's lock is held for some 100 ms at a time. */
const BATCH = 50;

/**
 * Takes over another system's incidents with their history (API-06, D-24 to D-26). A run that was killed goes on where its
 * last batch ended; the same file again changes nothing. Needs `import.run`.
 */
export async function importIncidents(database: Database, actor: Actor, input: IncidentImport): Promise<ImportSummary> {
  requirePermission(actor, 'import.run');
  const file = await readCsvFile(input.path, INCIDENT_COLUMNS, REQUIRED_COLUMNS);
  return importIncidentFile(database, actor, file, input);
}

/** The same for a file that has been read already. */
export async function importIncidentFile(database: Database, actor: Actor, file: CsvFile<IncidentColumn>, input: IncidentImport): Promise<ImportSummary> {
  const now = await database.now();
  const reading = readHistories(file, input, now);
  const cast = await prepareCast(database, actor, reading.histories.flat(), { ...input, dryRun: input.dryRun === true });
  const world = await loadWorld(database, { ...input, cast, actor, now });
  return input.dryRun ? tryOut(reading, world, input) : run(database, actor, { input, file, reading, world, now });
}

interface Reading {
  /** One list of rows an incident, in the order in which the file first names them. */
  readonly histories: readonly (readonly HistoryRow[])[];
  /** Rows that cannot be, whatever their incident. */
  readonly rejects: readonly ImportReject[];
}

/** Understands every row and brings the rows of one incident together: they may lie anywhere in the file. */
export function readHistories(file: CsvFile<IncidentColumn>, { mapping, timeZone, until, shiftMs = 0 }: Pick<IncidentImport, 'mapping' | 'timeZone' | 'until' | 'shiftMs'>, now: Instant): Reading {
  const histories = new Map<string, HistoryRow[]>();
  const rejects: ImportReject[] = file.malformed.map(({ line, reason }) => ({ line, number: null, code: 'LINE_MALFORMED', reason }));
  for (const { line, cells } of file.rows) {
    const row = readRow({ line, cells }, { mapping, timeZone, now: until === undefined ? now : Infinity, shiftMs });
    if ('code' in row) {
      rejects.push(row);
      continue;
    }
    if (until !== undefined && row.at > until) continue;
    const rows = histories.get(row.number);
    if (rows) rows.push(row);
    else histories.set(row.number, [row]);
  }
  return { histories: [...histories.values()], rejects };
}

async function tryOut({ histories, rejects }: Reading, world: LoadedWorld, { onProgress, signal }: IncidentImport): Promise<ImportSummary> {
  const found: ImportReject[] = [...rejects];
  let accepted = 0;
  let records = 0;
  for (let from = 0; from < histories.length && !signal?.aborted; from += BATCH) {
    const batch = histories.slice(from, from + BATCH);
    await world.prepare(batch);
    for (const rows of batch) {
      const done = importHistory(rows, 'dry run', world);
      found.push(...done.rejects);
      accepted += done.accepted;
      records += done.kase ? 1 : 0;
    }
    onProgress?.(from + batch.length, histories.length);
  }
  const all = found.toSorted((a, b) => a.line - b.line);
  return { records, accepted, refused: all.length, reasons: reasonsOf(all), rejects: all, already: false, stopped: signal?.aborted === true };
}

interface Running {
  readonly input: IncidentImport;
  readonly file: CsvFile<IncidentColumn>;
  readonly reading: Reading;
  readonly world: LoadedWorld;
  readonly now: Instant;
}

async function run(database: Database, actor: Actor, running: Running): Promise<ImportSummary> {
  const { input, file, reading, world } = running;
  const key = { kind: 'incidents' as const, source: input.source, fileName: file.name, digest: digestOf(file, input) };
  const importRun = await openRun(database, actor, key);
  const already = importRun.finishedAt !== null;
  const total = reading.histories.length;
  let position = importRun.records;
  for (let finished = already; !finished && !input.signal?.aborted; ) {
    const batch = reading.histories.slice(position, position + BATCH);
    await world.prepare(batch);
    const last = position + batch.length >= total;
    await database.change(actor, (change) => importBatch({ database, change, running, position, batch, last, runId: importRun.id }));
    position += batch.length;
    finished = last;
    input.onProgress?.(position, total);
  }
  const records = await importedRecords(database, input.source, reading.histories);
  return summaryOf(database, importRun.id, { records, already, stopped: !already && position < total });
}

interface Batch {
  readonly database: Database;
  readonly change: Change;
  readonly running: Running;
  readonly position: number;
  readonly batch: readonly (readonly HistoryRow[])[];
  readonly last: boolean;
  readonly runId: string;
}

async function importBatch({ database, change, running, position, batch, last, runId }: Batch): Promise<void> {
  const { world, now, reading, input } = running;
  const importRun = await lockRun(change, runId, position);
  const there = await ticketsOf(change, input.source, batch);
  const numbers = await ticketNumbers(change, batch.length);
  const rejects: ImportReject[] = position === 0 ? [...reading.rejects] : [];
  const fresh: IncidentCase[] = [];
  let accepted = 0;
  for (const [index, rows] of batch.entries()) {
    const done = importHistory(rows, numbers[index] ?? '', world);
    rejects.push(...done.rejects);
    accepted += done.accepted;
    const ticket = there.get(rows[0]?.number ?? '');
    const refusedNow = ticket ? await goOn({ database, change, world, now }, ticket, rows) : [];
    const fresher = refusedNow.filter(({ line }) => !done.rejects.some((reject) => reject.line === line));
    rejects.push(...fresher);
    accepted -= fresher.length;
    if (ticket) continue;
    if (done.kase) {
      fresh.push(done.kase);
      change.emit(...done.events, ...upToNow(done.kase, now, world));
    }
  }
  await insertCases(change, fresh, now);
  await countBatch(change, importRun, { records: batch.length, accepted, rejects, last });
}

/** An incident that is still open is judged up to now; what lies ahead is live from then on. */
function upToNow(kase: IncidentCase, now: Instant, world: LoadedWorld): DomainEvent[] {
  return kase.ticket.closedAt === null ? judgeHistory(kase, now, world) : [];
}

/** The incident came with an earlier file: only rows that are newer than what it has are added to it. Answers what it refused. */
async function goOn({ database, change, world, now }: { database: Database; change: Change; world: LoadedWorld; now: Instant }, ticket: Ticket, rows: readonly HistoryRow[]): Promise<readonly ImportReject[]> {
  const newest = Math.max(...rows.map(({ revision }) => revision));
  if (newest <= (ticket.externalRevision ?? -1)) return [];
  const open = await openCase(database, change, ticket.id);
  assert(open, 'an incident that was imported is there');
  const done = continueHistory(open.kase, rows, world);
  assert(done.kase, 'a case that was there stays');
  change.emit(...done.events, ...upToNow(done.kase, now, world));
  done.kase.ticket.version += 1;
  await saveCase({ ...open, kase: done.kase });
  return done.rejects;
}

async function ticketsOf({ em }: Change, source: string, batch: readonly (readonly HistoryRow[])[]): Promise<Map<string, Ticket>> {
  const numbers = batch.flatMap((rows) => rows[0]?.number ?? []);
  const tickets = await em.find(TicketEntity, { externalSource: source, externalNumber: { $in: numbers } }, { orderBy: { id: 'asc' } });
  return new Map(tickets.map((ticket) => [ticket.externalNumber ?? '', ticket]));
}

async function ticketNumbers({ em }: Change, count: number): Promise<string[]> {
  const rows = await em.execute<{ n: string }[]>(`select nextval('ticket_number_incident') as n from generate_series(1, ?)`, [count]);
  return rows.map(({ n }) => `INC-${n.padStart(7, '0')}`);
}

async function importedRecords(database: Database, source: string, histories: Reading['histories']): Promise<number> {
  const numbers = histories.flatMap((rows) => rows[0]?.number ?? []);
  const rows = await database.em.execute<{ n: number }[]>(
    'select count(*)::int as n from ticket where external_source = ? and external_number in (select jsonb_array_elements_text(?::jsonb))',
    [source, JSON.stringify(numbers)],
  );
  return rows[0]?.n ?? 0;
}

function digestOf(file: CsvFile<IncidentColumn>, { source, timeZone, mapping, customer, until, shiftMs }: IncidentImport): string {
  return createHash('sha256').update(JSON.stringify({ file: file.digest, source, timeZone, mapping, customer, until, shiftMs })).digest('hex');
}
