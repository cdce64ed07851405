import { readFileSync } from 'node:fs';
import { importIncidentFile } from '../features/import/import-incident.service.ts';
import { readMapping, type IncidentMapping } from '../features/import/import-mapping.rules.ts';
import type { HistoryRow } from '../features/import/import-row.rules.ts';
import type { WorldInput } from '../features/import/import-world.service.ts';
import { SYSTEM } from '../kernel/actor.ts';
import { toIso, type Instant } from '../kernel/instant.ts';
import type { Database } from '../platform/db/database.ts';
import type { CsvFile } from '../platform/files/csv-file.ts';
import type { IncidentColumn } from '../features/import/import-csv.rules.ts';
import { demoTeamOf, DEMO_ZONE, digits, type DemoIncident, type DemoLog } from './demo-log.ts';
import { demoWords } from './demo-words.ts';
import type { DemoWorld } from './demo-world.ts';
import type { DemoSelection } from './demo-selection.ts';
import { DEMO_CUSTOMERS, DEMO_PEOPLE } from './people.ts';

const MAPPING = new URL('../../data/mappings/servicenow.json', import.meta.url);
export const DEMO_SOURCE = 'demo';
export const AS_OF = ' as of ';

/** The chosen incidents' histories up to now, through the importer: the same rules as live work (D-24). */
export async function importDemoIncidents(
  database: Database, demo: { log: DemoLog; selection: DemoSelection; world: DemoWorld; now: Instant }, onProgress: (done: number, total: number) => void,
): Promise<void> {
  const { log, selection, world, now } = demo;
  const file = demoFile(log, selection, selection.history);
  // The run's name remembers the instant from which the replay goes on.
  await importIncidentFile(database, SYSTEM('demo'), { ...file, name: `${file.name}${AS_OF}${toIso(now)}` }, {
    path: '', source: DEMO_SOURCE, mapping: demoMapping(log), timeZone: DEMO_ZONE, customer: '', until: now, shiftMs: log.shiftMs,
    casting: demoCasting(log, world), onProgress,
  });
}

/** The log's rows of the chosen incidents, some at another priority. */
export function demoFile(log: DemoLog, { raised }: DemoSelection, chosen: ReadonlySet<string>): CsvFile<IncidentColumn> {
  const rows = log.file.rows.filter(({ cells }) => chosen.has(cells.number)).map((row) => {
    const priority = raised.get(row.cells.number);
    return priority === undefined ? row : { ...row, cells: { ...row.cells, priority } };
  });
  return { ...log.file, rows, malformed: [] };
}

/** The source's words as the importer keeps them, with the demo's teams and customers. */
export function demoMapping(log: DemoLog): IncidentMapping {
  const groups = new Set(log.file.rows.map(({ cells }) => cells.assignment_group).filter((group) => group !== '?'));
  return readMapping(JSON.parse(readFileSync(MAPPING, 'utf8')), {
    teams: Object.fromEntries([...groups].map((group) => [group, demoTeamOf(group)])),
    customers: { column: 'number', values: Object.fromEntries([...log.incidents.values()].map((incident) => [incident.number, customerOf(incident)])) },
  });
}

/** Customers with a tier get what was solved quickly: the log's company promised nobody two hours. */
function customerOf({ quick, number }: DemoIncident): string {
  const tiered = DEMO_CUSTOMERS.filter(({ tier }) => (tier !== null) === quick);
  return tiered[digits(number) % tiered.length]?.name ?? '';
}

/** Names, people and services of the demo for the log's anonymous ones. */
export function demoCasting(log: DemoLog, world: DemoWorld): NonNullable<WorldInput['casting']> {
  const keyOf = new Map([...world.teams].map(([key, id]) => [id, key]));
  const memberOf = (teamId: string | null, number: number): string => {
    const team = keyOf.get(teamId ?? '') ?? 'duty';
    const members = DEMO_PEOPLE.filter(({ teams }) => teams.includes(team));
    return world.people.get(members[number % members.length]?.key ?? '') ?? '';
  };
  const wordsOf = (row: HistoryRow) => wordsFor(log.incidents.get(row.number));
  return {
    titleOf: (row) => wordsOf(row).title,
    ciOf: (row, customerId) => demoCiOf(world, row, customerId),
    serviceOf: (row) => world.services.get(wordsOf(row).service) ?? null,
    personOf: (assignee, teamId) => memberOf(teamId, digits(assignee)),
    unknownPerson: (teamId, number) => memberOf(teamId, digits(number)),
  };
}

/**
 * The log names a CI on 46 of 11,774 incidents, and by names that are in no register. Here the log's location and symptom choose from
 * the items of the demo's customer by a fixed rule, for a third of the incidents: same words, same item.
 */
function demoCiOf({ items }: DemoWorld, row: HistoryRow, customerId: string): string | null {
  const own = items.get(customerId) ?? [];
  const place = digits(row.cell('location') ?? undefined);
  if (own.length === 0 || place === 0 || place % 3 !== 0) return null;
  return own[(place + digits(row.cell('u_symptom') ?? undefined) % 4) % own.length] ?? null;
}

export function wordsFor(incident: DemoIncident | undefined): ReturnType<typeof demoWords> {
  return demoWords(demoTeamOf(incident?.group ?? ''), { category: incident?.category ?? 0, symptom: incident?.symptom ?? 0 });
}
