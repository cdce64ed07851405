import { fileURLToPath } from 'node:url';
import { INCIDENT_COLUMNS, readFileTime, REQUIRED_COLUMNS, type IncidentColumn } from '../features/import/import-csv.rules.ts';
import { DAY, HOUR, type Instant } from '../kernel/instant.ts';
import { readCsvFile, type CsvFile } from '../platform/files/csv-file.ts';

const LOG = fileURLToPath(new URL('../../data/incident_event_log.csv.gz', import.meta.url));
export const DEMO_ZONE = 'Asia/Shanghai';
const WEEK = 7 * DAY;
/** Monday of the week of the log into which "now" falls: by then enough has been closed, and two more weeks of new ones follow. */
const CUT_WEEK = Date.parse('2016-03-28T00:00:00+08:00');
/** The log's last incident was opened on 2016-04-10; from here on a replay begins again, further shifted. */
export const LOG_NEW_UNTIL = Date.parse('2016-04-11T00:00:00+08:00');

/** What is known of an incident by looking at its whole history beforehand; only the demo may do that. */
export interface DemoIncident {
  readonly number: string;
  readonly openedAt: Instant;
  readonly firstAt: Instant;
  /** Solved within four hours of being opened. */
  readonly quick: boolean;
  /** The group that had it longest, by rows; the desk's own group counts only when there is no other. */
  readonly group: string;
  readonly category: number;
  readonly symptom: number;
  readonly stateAtCut: string | null;
  readonly closedAtCut: boolean;
}

export interface DemoLog {
  readonly file: CsvFile<IncidentColumn>;
  readonly incidents: ReadonlyMap<string, DemoIncident>;
  /** Added to the log's times, whole weeks: weekdays and hours stay what they were (D-27). */
  readonly shiftMs: number;
  /** "Now" in the log's own time. */
  readonly cut: Instant;
}

/** Reads the log and says what of it lies before and after now. */
export async function readDemoLog(now: Instant): Promise<DemoLog> {
  const file = await readCsvFile(LOG, INCIDENT_COLUMNS, REQUIRED_COLUMNS);
  const shiftMs = Math.floor((now - CUT_WEEK) / WEEK) * WEEK;
  const cut = now - shiftMs;
  const times = new Map<string, Instant>();
  const timeOf = (text: string): Instant => {
    const known = times.get(text);
    if (known !== undefined) return known;
    const at = readFileTime(text, DEMO_ZONE) ?? 0;
    times.set(text, at);
    return at;
  };
  const rows = Map.groupBy(file.rows, ({ cells }) => cells.number);
  const incidents = new Map([...rows].map(([number, lines]) => [number, incidentOf(number, lines.map(({ cells }) => cells), timeOf, cut)]));
  return { file, incidents, shiftMs, cut };
}

type Cells = Readonly<Record<IncidentColumn, string>>;

function incidentOf(number: string, rows: readonly Cells[], timeOf: (text: string) => Instant, cut: Instant): DemoIncident {
  const ordered = rows.map((cells) => ({ cells, at: timeOf(cells.sys_updated_at) })).toSorted((a, b) => a.at - b.at || Number(a.cells.sys_mod_count) - Number(b.cells.sys_mod_count));
  const openedAt = timeOf(rows[0]?.opened_at ?? '');
  const solvedAt = ordered.find(({ cells }) => cells.incident_state === 'Resolved' || cells.incident_state === 'Closed')?.at ?? Infinity;
  const before = ordered.filter(({ at }) => at <= cut);
  return {
    number, openedAt, firstAt: ordered[0]?.at ?? 0, quick: solvedAt - openedAt < 4 * HOUR, group: mainGroup(rows),
    category: digits(rows[0]?.category), symptom: digits(rows[0]?.u_symptom) + digits(rows[0]?.subcategory),
    stateAtCut: before.at(-1)?.cells.incident_state ?? null, closedAtCut: before.some(({ cells }) => cells.incident_state === 'Closed'),
  };
}

function mainGroup(rows: readonly Cells[]): string {
  const counts = new Map<string, number>();
  for (const { assignment_group: group } of rows) if (group !== '?') counts.set(group, (counts.get(group) ?? 0) + (group === DESK_GROUP ? 0.01 : 1));
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? DESK_GROUP;
}

/** The group with by far the most rows: the first line of the logged company. */
const DESK_GROUP = 'Group 70';

export function digits(text: string | undefined): number {
  return Number(/\d+/.exec(text ?? '')?.[0] ?? 0);
}

const TEAM_OF: Readonly<Record<string, string>> = {
  [DESK_GROUP]: 'desk', 'Group 25': 'engineers', 'Group 24': 'network', 'Group 20': 'server', 'Group 23': 'application', 'Group 28': 'engineers', 'Group 27': 'database',
  'Group 39': 'network', 'Group 73': 'application', 'Group 55': 'server', 'Group 54': 'engineers', 'Group 64': 'senior-engineers', 'Group 10': 'network',
  'Group 65': 'database', 'Group 66': 'application', 'Group 57': 'duty', 'Group 29': 'engineers', 'Group 9': 'server', 'Group 6': 'senior-engineers', 'Group 72': 'duty',
};
const OTHERS = ['engineers', 'network', 'server', 'application', 'database', 'senior-engineers', 'vendor'];

/** Key of the demo's team for a group of the log: a fixed table, the small groups by their number. */
export function demoTeamOf(group: string): string {
  return TEAM_OF[group] ?? OTHERS[digits(group) % OTHERS.length] ?? 'engineers';
}
