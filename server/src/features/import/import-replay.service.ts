import { assert } from '../../kernel/assert.ts';
import type { Instant } from '../../kernel/instant.ts';
import { commandOf, type ReplayCommand } from './import-replay.rules.ts';
import type { IncidentMapping } from './import-mapping.rules.ts';
import { checkReachable, nextStep, type StandingIncident, type WantedIncident } from './import-path.rules.ts';
import type { HistoryRow } from './import-row.rules.ts';

/** An incident of the running system, as a replay sees it. */
export interface ReplayedIncident {
  readonly id: string;
  readonly version: number;
  readonly standing: StandingIncident;
}

/** How a replay acts: through the API (D-27), or for the demo within the server's own process. */
export interface ReplayPort {
  /** The incident of this row's number; recorded from the row when it is not there yet. */
  findOrRecord(row: HistoryRow, want: WantedIncident): Promise<ReplayedIncident>;
  command(incident: ReplayedIncident, command: ReplayCommand, row: HistoryRow): Promise<ReplayedIncident>;
  now(): Promise<Instant>;
}

export interface ReplayCast {
  readonly mapping: IncidentMapping;
  teamOf(group: string): string | null;
  personOf(assignee: string, teamId: string | null): string | null;
  unknownPerson(teamId: string | null, number: string): string | null;
}

const LONGEST_PATH = 20;

export interface Played {
  readonly incident: ReplayedIncident;
  readonly commands: number;
}

/**
 * Brings one incident to what a row says, by live commands; each is asked for by how the incident stands, so that a row that
 * was cut off half-way goes on. `pause` may leave a row for later after a command, e.g. a handoff that waits a while.
 */
export async function playRow(port: ReplayPort, row: HistoryRow, cast: ReplayCast, pause: (command: ReplayCommand) => boolean = () => false): Promise<Played> {
  let incident = await port.findOrRecord(row, wantedOf(row, cast, null));
  const want = wantedOf(row, cast, incident.standing.team);
  checkReachable(incident.standing, want);
  for (let commands = 0; ; commands += 1) {
    assert(commands < LONGEST_PATH, `the path of ${row.number} at line ${row.line} ends`);
    const step = nextStep(incident.standing, want);
    if (!step) return { incident, commands };
    const teamId = 'team' in step && step.team !== null ? step.team : incident.standing.team;
    const command = commandOf(step, { row, mapping: cast.mapping, now: await port.now(), unknownPerson: cast.unknownPerson(teamId, row.number) });
    incident = await port.command(incident, command, row);
    if (pause(command)) return { incident, commands: commands + 1 };
  }
}

function wantedOf(row: HistoryRow, cast: ReplayCast, holdingTeam: string | null): WantedIncident {
  const team = row.group === null ? null : cast.teamOf(row.group);
  const holder = row.assignee === null || row.state === 'awaiting-assignment' ? null : cast.personOf(row.assignee, team ?? holdingTeam);
  return { state: row.state, suspension: row.suspension, level: row.level, team, holder };
}
