import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { INCIDENT_COLUMNS, type IncidentColumn } from '../../server/src/features/import/import-csv.rules.ts';

export type LogRow = Partial<Record<IncidentColumn, string>>;

/** A row of an incident log; what is not said is ordinary. */
export function logRow(number: string, modification: number, state: string, updatedAt: string, more: LogRow = {}): LogRow {
  return {
    number, sys_mod_count: String(modification), incident_state: state, sys_updated_at: updatedAt, opened_at: '2016-03-07T09:00:00', priority: '3 - Moderate',
    impact: '2 - Medium', urgency: '2 - Medium', assignment_group: 'Group 1', assigned_to: 'Resolver 1', contact_type: 'Phone', caller_id: 'Caller 1',
    category: 'Category 1', subcategory: 'Subcategory 1', u_symptom: 'Symptom 1', location: 'Location 1', ...more,
  };
}

export interface LogFolder {
  /** Writes a log of these rows and answers its path. */
  write(name: string, rows: readonly LogRow[]): string;
  writeText(name: string, text: string): string;
  remove(): void;
}

export function logFolder(): LogFolder {
  const folder = mkdtempSync(join(tmpdir(), 'watchfloor-log-'));
  const writeText = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  return {
    writeText,
    write: (name, rows) => writeText(name, [INCIDENT_COLUMNS.join(','), ...rows.map((row) => INCIDENT_COLUMNS.map((column) => row[column] ?? '?').join(','))].join('\n')),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The real log's header and its first rows, as text. */
export function firstOfRealLog(rows: number): string {
  const path = new URL('../../server/data/incident_event_log.csv.gz', import.meta.url);
  return gunzipSync(readFileSync(path)).toString('utf8').split('\n').slice(0, rows + 1).join('\n');
}
