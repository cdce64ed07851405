import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Writable } from 'node:stream';
import { SingleBar } from 'cli-progress';
import { SYSTEM } from '../kernel/actor.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { Database } from '../platform/db/database.ts';
import { importCis, importConnections, importRelations } from '../features/import/import-cmdb.service.ts';
import { importIncidents } from '../features/import/import-incident.service.ts';
import { readMapping, type IncidentMapping } from '../features/import/import-mapping.rules.ts';
import type { ImportSummary } from '../features/import/import-run.service.ts';
import { seedPolicy } from '../seed/policy.ts';
import { withDatabase } from './with-database.ts';

/** Options of `watchfloor import …`, as commander gives them. */
export interface ImportOptions {
  readonly dryRun?: boolean;
  readonly json?: boolean;
  /** Writes the refused lines as CSV. */
  readonly rejects?: string;
  readonly name?: string;
  readonly customer?: string;
  readonly mapping?: string;
  readonly zone?: string;
  /** Why controlled items are altered without a change (CMDB-06). */
  readonly exception?: string;
}

export interface ImportOutput {
  readonly output: Writable;
  /** A progress bar is drawn where this is a terminal. */
  readonly errors: Writable & { readonly isTTY?: boolean };
  readonly signal?: AbortSignal;
}

/** The organisation's zone; times of a file that carry no offset are read in it. */
const ZONE = 'Asia/Shanghai';
const MAPPING = new URL('../../data/mappings/servicenow.json', import.meta.url);
const SHOWN_REJECTS = 20;

/** `watchfloor import incidents FILE` (API-06, D-24 to D-26). Answers whether it came to the end. */
export async function runImportIncidents(path: string, options: ImportOptions, to: ImportOutput): Promise<boolean> {
  const source = options.name ?? sourceOf(path);
  const mapping = mappingOf(options.mapping);
  return runImport('incidents', options, to, (database, onProgress) => importIncidents(database, SYSTEM('import'), {
    path, source, mapping, timeZone: options.zone ?? ZONE, customer: options.customer ?? source, dryRun: options.dryRun === true,
    ...(to.signal ? { signal: to.signal } : {}), onProgress,
  }));
}

/** `watchfloor import cis FILE` */
export async function runImportCis(path: string, options: ImportOptions, to: ImportOutput): Promise<boolean> {
  return runImport('cis', options, to, (database) => importCis(database, SYSTEM('import'), {
    path, source: options.name ?? sourceOf(path), dryRun: options.dryRun === true, exceptionReason: options.exception ?? null,
  }));
}

/** `watchfloor import relations FILE` */
export async function runImportRelations(path: string, options: ImportOptions, to: ImportOutput): Promise<boolean> {
  return runImport('relations', options, to, (database) => importRelations(database, SYSTEM('import'), { path, source: options.name ?? sourceOf(path), dryRun: options.dryRun === true }));
}

/** `watchfloor import connections FILE`: a port connection table. */
export async function runImportConnections(path: string, options: ImportOptions, to: ImportOutput): Promise<boolean> {
  return runImport('connections', options, to, (database) => importConnections(database, SYSTEM('import'), { path, source: options.name ?? sourceOf(path), dryRun: options.dryRun === true }));
}

/** The table kept for the source; a file of one's own is laid over it. */
export function mappingOf(path: string | undefined): IncidentMapping {
  const base: unknown = JSON.parse(readFileSync(MAPPING, 'utf8'));
  if (path === undefined) return readMapping(base);
  try {
    return readMapping(base, JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    if (error instanceof SyntaxError) throw new Refusal('INVALID_INPUT', `${path} is not JSON: ${error.message}.`, 'mapping');
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') throw new Refusal('NOT_FOUND', `There is no file ${path}.`, 'mapping');
    throw error;
  }
}

function sourceOf(path: string): string {
  return basename(path).replace(/\.gz$/, '').replace(/\.csv$/, '');
}

type Word = 'incidents' | 'cis' | 'relations' | 'connections';

async function runImport(
  word: Word, options: ImportOptions, { output, errors }: ImportOutput, work: (database: Database, onProgress: (done: number, total: number) => void) => Promise<ImportSummary>,
): Promise<boolean> {
  const bar = errors.isTTY ? new SingleBar({ format: `{bar} {percentage} % | {value} of {total} ${word} | {eta_formatted} left`, clearOnComplete: true, stream: errors }) : null;
  let begun = false;
  const summary = await withDatabase(async (database) => {
    if (!options.dryRun || word === 'incidents') await seedPolicy(database);
    return work(database, (done, total) => {
      if (begun) bar?.update(done);
      else bar?.start(total, done);
      begun = true;
    });
  });
  if (begun) bar?.stop();
  if (options.rejects !== undefined) writeFileSync(options.rejects, rejectsCsv(summary));
  report(word, summary, options, { output, errors });
  return !summary.stopped;
}

function report(word: Word, summary: ImportSummary, options: ImportOptions, { output, errors }: ImportOutput): void {
  const told = options.json ? errors : output;
  for (const { line, number, code, reason } of summary.rejects.slice(0, SHOWN_REJECTS)) told.write(`line ${line}${number === null ? '' : ` (${number})`}: ${code}: ${reason}\n`);
  const more = summary.rejects.length - SHOWN_REJECTS;
  if (more > 0) told.write(`… and ${more} more refused lines; --rejects FILE writes them all.\n`);
  if (options.json) output.write(`${JSON.stringify(closingLine(word, summary))}\n`);
  else output.write(sentence(word, summary, options.dryRun === true));
}

function closingLine(word: Word, { records, accepted, refused, reasons }: ImportSummary): object {
  return word === 'incidents' ? { incidents: records, events: accepted, refused, reasons } : { [word]: accepted, refused, reasons };
}

function sentence(word: Word, summary: ImportSummary, dryRun: boolean): string {
  const { records, accepted, refused, reasons, already, stopped } = summary;
  const what = word === 'incidents' ? `${accepted} rows of ${records} incidents` : `${accepted} ${word}`;
  const why = refused === 0 ? '' : ` (${Object.entries(reasons).map(([code, count]) => `${code} ${count}`).join(', ')})`;
  const how = dryRun ? 'Tried out, nothing written' : stopped ? 'Stopped; the same command goes on from here' : already ? 'Imported before, nothing changed' : 'Imported';
  return `${how}: ${what} taken over, ${refused} refused${why}.\n`;
}

function rejectsCsv({ rejects }: ImportSummary): string {
  const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const lines = rejects.map(({ line, number, code, reason }) => [String(line), cell(number ?? ''), code, cell(reason)].join(','));
  return `${['line,number,code,reason', ...lines].join('\n')}\n`;
}
