import { CsvError, parse } from 'csv-parse/sync';
import readXlsxFile from 'read-excel-file/node';
import writeXlsxFile from 'write-excel-file/node';
import { Refusal } from '../../kernel/refusal.ts';
import { defused, REGISTER_LIMITS, undefused } from './cmdb-register.rules.ts';

export type Table = readonly (readonly string[])[];

/** A CSV or XLSX file as a table of texts; of a workbook its first sheet. @throws Refusal TOO_LARGE, INVALID_INPUT */
export async function readTable(fileName: string, content: Buffer): Promise<Table> {
  if (content.length === 0) throw new Refusal('MISSING_FIELD', 'The file is empty.', 'file');
  if (content.length > REGISTER_LIMITS.bytes) throw new Refusal('TOO_LARGE', `A file may have ${REGISTER_LIMITS.bytes} bytes, got ${content.length}.`, 'file');
  if (/\.xlsx$/i.test(fileName)) return readWorkbook(content);
  if (/\.csv$/i.test(fileName)) return readCsv(content);
  throw new Refusal('INVALID_INPUT', `The file must be .csv or .xlsx, got "${fileName.slice(0, 80)}".`, 'file');
}

function readCsv(content: Buffer): Table {
  const text = decoded(content);
  try {
    const rows: string[][] = parse(text, { bom: true, relax_column_count: true, skip_empty_lines: false, max_record_size: 1_000_000 });
    return rows.map((row) => row.map((cell) => undefused(cell.trim())));
  } catch (error) {
    if (error instanceof CsvError) throw new Refusal('INVALID_INPUT', `The file cannot be read as CSV: ${error.message}.`, 'file');
    throw error;
  }
}

/** Chinese spreadsheets still write GB 18030; what is no UTF-8 is read as that. */
function decoded(content: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch (error) {
    if (error instanceof TypeError) return new TextDecoder('gb18030').decode(content);
    throw error;
  }
}

/** A few kB can be packed so that they unpack to gigabytes: what the archive itself declares is bounded before it is opened. */
const MOST_UNPACKED = 100 * 1024 * 1024;

async function readWorkbook(content: Buffer): Promise<Table> {
  if (unpackedBytes(content) > MOST_UNPACKED) throw new Refusal('TOO_LARGE', `The workbook unpacks to more than ${MOST_UNPACKED} bytes.`, 'file');
  const sheets = await readXlsxFile(content).catch(() => {
    throw new Refusal('INVALID_INPUT', 'The file cannot be read as an XLSX workbook.', 'file');
  });
  return (sheets[0]?.data ?? []).map((row) => row.map((cell) => (cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell ?? '').trim())));
}

/** Sum of the sizes in the central directory of a ZIP archive; 0 for what is none. */
export function unpackedBytes(content: Buffer): number {
  let sum = 0;
  for (let at = content.indexOf(CENTRAL_ENTRY); at !== -1 && at + 28 <= content.length; at = content.indexOf(CENTRAL_ENTRY, at + 46)) sum += content.readUInt32LE(at + 24);
  return sum;
}
const CENTRAL_ENTRY = Buffer.from([0x50, 0x4b, 0x01, 0x02]);

/** CSV that spreadsheets open with the right letters (byte order mark) and without running a cell. */
export function writeCsv(table: Table): string {
  const cellText = (cell: string): string => {
    const safe = defused(cell);
    return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return `\uFEFF${table.map((row) => row.map(cellText).join(',')).join('\r\n')}\r\n`;
}

/** A workbook of one sheet; every cell is a text, so that nothing is run and no serial number is rounded. */
export async function writeWorkbook(sheet: string, table: Table): Promise<Buffer> {
  const [head = [], ...rows] = table;
  const title = head.map((value) => ({ value, type: String, fontWeight: 'bold' as const }));
  const body = rows.map((row) => row.map((value) => (value === '' ? null : { value, type: String })));
  const widths = head.map((value, index) => ({ width: Math.min(40, Math.max(10, value.length * 2 + 2, ...rows.slice(0, 200).map((row) => (row[index] ?? '').length + 2))) }));
  return writeXlsxFile([title, ...body], { sheet, columns: widths, stickyRowsCount: 1 }).toBuffer();
}
