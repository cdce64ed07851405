import type { Instant } from '../../kernel/instant.ts';
import type { IncidentState } from '../incident/incident-states.rules.ts';
import type { Level } from '../service-level/service-level.rules.ts';
import { INCIDENT_COLUMNS, known, readFileTime, type FileRow, type ImportReject, type ImportRejectCode, type IncidentColumn } from './import-csv.rules.ts';
import type { IncidentMapping } from './import-mapping.rules.ts';

/** One row of an incident's history, understood. Null: the file does not know (`?`). */
export interface HistoryRow {
  readonly line: number;
  readonly number: string;
  /** The source's modification count; with the number it names the row for ever (D-27). */
  readonly revision: number;
  readonly at: Instant;
  readonly openedAt: Instant;
  readonly state: IncidentState;
  readonly suspension: string | null;
  readonly level: Level | null;
  readonly impact: number | null;
  readonly urgency: number | null;
  readonly group: string | null;
  readonly assignee: string | null;
  readonly channel: string;
  readonly technicalClass: string;
  /** Any column by name, null where unknown. */
  cell(column: IncidentColumn): string | null;
}

export interface RowReading {
  readonly mapping: IncidentMapping;
  readonly timeZone: string;
  /** Rows after it cannot have happened yet. */
  readonly now: Instant;
  /** Added to every time of the file: the demo lays old incidents into the present. */
  readonly shiftMs?: number;
}

/** Longer cells than this are no words of an incident log. */
const LONGEST_CELL = 200;

/** Understands one row, or says why it cannot be (D-24, D-25). */
export function readRow(row: FileRow, reading: RowReading): HistoryRow | ImportReject {
  const { cells, line } = row;
  const number = known(cells.number);
  const no = (code: ImportRejectCode, reason: string): ImportReject => ({ line, number, code, reason });
  if (number === null) return no('NUMBER_MISSING', 'The row names no incident: "number" is empty.');
  const long = INCIDENT_COLUMNS.find((column) => cells[column].length > LONGEST_CELL);
  if (long) return no('TEXT_TOO_LONG', `"${long}" may have ${LONGEST_CELL} characters, got ${cells[long].length}.`);
  const target = Object.hasOwn(reading.mapping.states, cells.incident_state) ? reading.mapping.states[cells.incident_state] : undefined;
  if (!target) return no('STATE_UNKNOWN', `"incident_state" must be one of ${Object.keys(reading.mapping.states).join(', ')}, got "${cells.incident_state}".`);
  const revision = Number(known(cells.sys_mod_count) ?? Number.NaN);
  if (!Number.isInteger(revision) || revision < 0) return no('REVISION_INVALID', `"sys_mod_count" must be a whole number from 0, got "${cells.sys_mod_count}".`);
  const times = readTimes(row, reading);
  if ('code' in times) return no(times.code, times.reason);
  const level = levelOf(cells.priority, reading.mapping);
  if (level === undefined) return no('LEVEL_UNKNOWN', `"priority" must be one of ${Object.keys(reading.mapping.levels).join(', ')}, got "${cells.priority}".`);
  return { line, number, revision, ...times, state: target.state, suspension: target.suspension ?? null, level, ...wordsOf(cells, reading.mapping) };
}

function readTimes({ cells }: FileRow, reading: RowReading): { at: Instant; openedAt: Instant } | { code: ImportRejectCode; reason: string } {
  const { timeZone, now, shiftMs = 0 } = reading;
  const at = shifted(readFileTime(cells.sys_updated_at, timeZone), shiftMs);
  if (at === null) return { code: 'TIME_INVALID', reason: `"sys_updated_at" is not a time that exists: "${cells.sys_updated_at}".` };
  const openedAt = shifted(readFileTime(cells.opened_at, timeZone), shiftMs);
  if (openedAt === null) return { code: 'TIME_INVALID', reason: `"opened_at" is not a time that exists: "${cells.opened_at}".` };
  if (at > now) return { code: 'TIME_IN_FUTURE', reason: `"sys_updated_at" lies in the future: "${cells.sys_updated_at}".` };
  if (at < openedAt) return { code: 'TIME_BEFORE_OPENED', reason: `"sys_updated_at" ${cells.sys_updated_at} is before "opened_at" ${cells.opened_at}.` };
  return { at, openedAt };
}

function shifted(at: Instant | null, shiftMs: number): Instant | null {
  return at === null ? null : at + shiftMs;
}

/** Undefined: a word that the mapping does not have. */
function levelOf(priority: string, mapping: IncidentMapping): Level | null | undefined {
  if (known(priority) === null) return null;
  return Object.hasOwn(mapping.levels, priority) ? mapping.levels[priority] : undefined;
}

function wordsOf(cells: FileRow['cells'], mapping: IncidentMapping) {
  const mapped = (table: Readonly<Record<string, string>>, word: string, otherwise: string): string => (Object.hasOwn(table, word) ? table[word] ?? otherwise : otherwise);
  return {
    impact: grade(cells.impact), urgency: grade(cells.urgency), group: known(cells.assignment_group), assignee: known(cells.assigned_to),
    channel: mapped(mapping.channels, cells.contact_type, mapping.defaultChannel),
    technicalClass: mapped(mapping.technicalClasses, cells.category, mapping.defaultTechnicalClass),
    cell: (column: IncidentColumn): string | null => known(cells[column]),
  };
}

/** "2 - Medium" → 2. */
function grade(cell: string): number | null {
  const digit = /^[1-3]/.exec(cell)?.[0];
  return digit === undefined ? null : Number(digit);
}

/** In the order in which they happened; of the same instant by modification count (D-24). */
export function inOrder(rows: readonly HistoryRow[]): HistoryRow[] {
  return rows.toSorted((a, b) => a.at - b.at || a.revision - b.revision || a.line - b.line);
}
