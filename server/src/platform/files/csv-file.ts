import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { CsvError, parse } from 'csv-parse';
import { Refusal } from '../../kernel/refusal.ts';

export interface CsvFile<Column extends string> {
  readonly columns: readonly string[];
  /** Cells by column, with the line on which the row begins. */
  readonly rows: readonly CsvRow<Column>[];
  /** Lines that are no rows of this file, with what is wrong. */
  readonly malformed: readonly { readonly line: number; readonly reason: string }[];
  /** sha256 of the file as it is stored. */
  readonly digest: string;
  readonly name: string;
}

export interface CsvRow<Column extends string> {
  readonly line: number;
  readonly cells: Readonly<Record<Column, string>>;
}

/** Reads a CSV file, gzipped or plain, keeping only some columns. @throws Refusal NOT_FOUND, INVALID_INPUT naming missing columns */
export async function readCsvFile<Column extends string>(path: string, columns: readonly Column[], required: readonly Column[]): Promise<CsvFile<Column>> {
  if (!existsSync(path)) throw new Refusal('NOT_FOUND', `There is no file ${path}.`, 'file');
  const hash = createHash('sha256');
  const words = new Map<string, string>();
  const rows: CsvRow<Column>[] = [];
  const malformed: { line: number; reason: string }[] = [];
  let header: string[] = [];
  const parser = parse({
    bom: true, relax_column_count: true, skip_empty_lines: true, info: true,
    skip_records_with_error: true, on_skip: (error) => {
      malformed.push({ line: lineOf(error), reason: error?.message ?? 'The line is not CSV.' });
      return undefined;
    },
  });
  const take = (record: readonly string[], line: number): void => {
    if (header.length === 0) header = checkHeader(record, required, path);
    else if (record.length !== header.length) malformed.push({ line, reason: `The line has ${record.length} cells, the header has ${header.length}.` });
    else rows.push({ line, cells: cellsOf(record, { header, columns, words }) });
  };
  const source = createReadStream(path).on('data', (chunk) => hash.update(chunk));
  await readThrough(path, source, async () => {
    const collect = async (records: AsyncIterable<unknown>): Promise<void> => {
      for await (const entry of records) {
        const { record, info } = entry as { record: string[]; info: { lines: number } };
        take(record, info.lines);
      }
    };
    if (path.endsWith('.gz')) await pipeline(source, createGunzip(), parser, collect);
    else await pipeline(source, parser, collect);
  });
  if (header.length === 0) throw new Refusal('INVALID_INPUT', `${path} is empty: its first line must name the columns.`, 'file');
  return { columns: header, rows, malformed, digest: hash.digest('hex'), name: basename(path) };
}

async function readThrough(path: string, source: Readable, read: () => Promise<void>): Promise<void> {
  try {
    await read();
  } catch (error) {
    const broken = error instanceof CsvError || (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_'));
    if (broken) throw new Refusal('INVALID_INPUT', `${path} cannot be read as CSV: ${error.message}.`, 'file');
    throw error;
  } finally {
    source.destroy();
  }
}

function checkHeader(record: readonly string[], required: readonly string[], path: string): string[] {
  const header = record.map((name) => name.trim());
  const missing = required.filter((name) => !header.includes(name));
  if (missing.length > 0) throw new Refusal('INVALID_INPUT', `${path} lacks the columns ${missing.join(', ')}; its first line must name them.`, 'file');
  return header;
}

interface Layout<Column extends string> {
  readonly header: readonly string[];
  readonly columns: readonly Column[];
  readonly words: Map<string, string>;
}

/** Cells repeat a lot: one copy of each word keeps a file of a million rows within memory. */
function cellsOf<Column extends string>(record: readonly string[], { header, columns, words }: Layout<Column>): Record<Column, string> {
  const cells: Record<string, string> = {};
  for (const column of columns) cells[column] = '';
  header.forEach((name, index) => {
    const cell = record[index] ?? '';
    if (!Object.hasOwn(cells, name)) return;
    const kept = words.get(cell);
    if (kept === undefined) words.set(cell, cell);
    cells[name] = kept ?? cell;
  });
  return cells as Record<Column, string>;
}

function lineOf(error: CsvError | undefined): number {
  const lines: unknown = error?.['lines'];
  return typeof lines === 'number' ? lines : 0;
}
