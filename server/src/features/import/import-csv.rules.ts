import { DAY, type Instant } from '../../kernel/instant.ts';
import { zoneClock } from '../calendar/local-time.rules.ts';

/** Columns of an incident log that the importer reads; the others of the file are left alone. */
export const INCIDENT_COLUMNS = [
  'number', 'incident_state', 'sys_mod_count', 'sys_updated_at', 'sys_updated_by', 'opened_at', 'caller_id', 'contact_type', 'location', 'category',
  'subcategory', 'u_symptom', 'cmdb_ci', 'impact', 'urgency', 'priority', 'assignment_group', 'assigned_to', 'problem_id', 'rfc', 'caused_by',
  'closed_code', 'resolved_by',
] as const;
export type IncidentColumn = (typeof INCIDENT_COLUMNS)[number];

/** Without these a file is not an incident log at all. */
export const REQUIRED_COLUMNS: readonly IncidentColumn[] = ['number', 'incident_state', 'sys_updated_at', 'opened_at', 'priority', 'assignment_group'];

/** One line of the file as text; `line` counts from 1, the header included. */
export interface FileRow {
  readonly line: number;
  readonly cells: Readonly<Record<IncidentColumn, string>>;
}

/** Why a line was not taken over. Codes are stable words, counted in the closing summary. */
export interface ImportReject {
  readonly line: number;
  readonly number: string | null;
  readonly code: ImportRejectCode;
  readonly reason: string;
}

export type ImportRejectCode =
  | 'NUMBER_MISSING' | 'STATE_UNKNOWN' | 'TIME_INVALID' | 'TIME_IN_FUTURE' | 'TIME_BEFORE_OPENED' | 'REVISION_INVALID' | 'ROW_DOUBLED'
  | 'LEVEL_UNKNOWN' | 'CLOSED_NOT_REOPENED' | 'MOVE_NOT_ALLOWED' | 'TEXT_TOO_LONG' | 'CUSTOMER_UNKNOWN' | 'LINE_MALFORMED'
  | 'ID_MISSING' | 'CLASS_UNKNOWN' | 'NAME_MISSING' | 'CI_UNKNOWN' | 'SELF_RELATION' | 'TYPE_UNKNOWN' | 'RELATION_FORBIDDEN' | 'UNAUTHORISED';

/** The file's word for "not known": never a value. */
export function known(cell: string): string | null {
  const text = cell.trim();
  return text === '' || text === '?' ? null : text;
}

/** `2016-02-29T01:16:00`, with a blank for the T, without seconds, or with an offset; and the day-first form of spreadsheets, `29/2/2016 01:16`. */
const ISO = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,3})?)?(Z|[+-]\d{2}:?\d{2})?$/;
const DAY_FIRST = /^(\d{1,2})\/(\d{1,2})\/(\d{4})[T ](\d{1,2}):(\d{2})(?::(\d{2}))?$/;

/** The instant that a file's time means in its zone; null for one that no calendar has, such as 30 February. */
export function readFileTime(text: string, timeZone: string): Instant | null {
  const iso = ISO.exec(text);
  const dayFirst = iso ? null : DAY_FIRST.exec(text);
  if (iso) return localInstant({ parts: numbers(iso.slice(1, 7)), offset: iso[7] ?? null, timeZone });
  if (!dayFirst) return null;
  const [day = 0, month = 0, year = 0, ...time] = numbers(dayFirst.slice(1, 7));
  return localInstant({ parts: [year, month, day, ...time], offset: null, timeZone });
}

function numbers(parts: readonly (string | undefined)[]): number[] {
  return parts.map((part) => Number(part ?? '0'));
}

function localInstant({ parts, offset, timeZone }: { parts: readonly number[]; offset: string | null; timeZone: string }): Instant | null {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  if (hour > 23 || minute > 59 || second > 59 || month < 1 || month > 12 || day < 1) return null;
  const local = Date.UTC(year, month - 1, day, hour, minute, second);
  // Date.UTC rolls 30 February over into March; a date that moved was none.
  if (Math.floor(local / DAY) !== Date.UTC(year, month - 1, day) / DAY || daysIn(year, month) < day) return null;
  if (offset === null) return zoneClock(timeZone, 'zone').fromLocal(local);
  return local - offsetMs(offset);
}

function daysIn(year: number, month: number): number {
  return Math.round((Date.UTC(year, month, 1) - Date.UTC(year, month - 1, 1)) / DAY);
}

function offsetMs(offset: string): number {
  if (offset === 'Z') return 0;
  const sign = offset.startsWith('-') ? -1 : 1;
  const digits = offset.replace(/\D/g, '');
  return sign * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))) * 60_000;
}
