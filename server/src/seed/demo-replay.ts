import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { playRow, type ReplayCast } from '../features/import/import-replay.service.ts';
import { readHistories } from '../features/import/import-incident.service.ts';
import { inOrder, type HistoryRow } from '../features/import/import-row.rules.ts';
import { Refusal } from '../kernel/refusal.ts';
import { SECOND, type Instant } from '../kernel/instant.ts';
import type { Database } from '../platform/db/database.ts';
import { AS_OF, demoCasting, demoFile, demoMapping, DEMO_SOURCE } from './demo-incidents.ts';
import { DemoPort, markPlayed } from './demo-port.ts';
import { demoTeamOf, DEMO_ZONE, readDemoLog } from './demo-log.ts';
import { selectDemo } from './demo-selection.ts';
import { liveDemoRoutine } from './demo-routine.ts';
import type { DemoWorld } from './demo-world.ts';
import { loadDemoWorld } from './demo-world.ts';

export interface DemoReplay {
  /** Ends after the row at hand. */
  close(): Promise<void>;
}

export interface DemoReplayOptions {
  readonly database: Database;
  readonly databaseUrl: string;
  /** Told of what went wrong, one line; the replay itself goes on. */
  readonly onTrouble?: (sentence: string) => void;
}

/** Any number that only the demo's replay uses. */
const LOCK = 7_311_003;
/** The log's gaps are shortened: a wall that nobody walks past for a minute looks dead. */
const SHORTEST_GAP = 4 * SECOND;
const LONGEST_GAP = 12 * SECOND;
const AGAIN_AFTER = 15 * SECOND;

/**
 * Lets the demo live: plays the rows of the log that lie after the demo's beginning, one after another, by the commands that
 * people would give. Rows already played are known by the tickets' revision, so a restart goes on; of several server
 * processes one plays. When the log runs out it begins again as a further source.
 */
export function startDemoReplay(options: DemoReplayOptions): DemoReplay {
  const stop = new AbortController();
  const running = play(options, stop.signal).catch((error: unknown) => {
    if (!stop.signal.aborted) options.onTrouble?.(`The demo's replay has ended: ${error instanceof Error ? error.message : String(error)}`);
  });
  return {
    close: async () => {
      stop.abort();
      await running;
    },
  };
}

async function play({ database, databaseUrl, onTrouble }: DemoReplayOptions, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const turn = await takeTurn(databaseUrl);
    try {
      if (turn) await playLog(database, turn, signal);
    } catch (error) {
      if (signal.aborted) return;
      onTrouble?.(`The demo's replay pauses: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      await turn?.end().catch(() => undefined);
    }
    await wait(AGAIN_AFTER, undefined, { signal }).catch(() => undefined);
  }
}

/** One process plays; its lock ends with its connection, however it dies. */
async function takeTurn(databaseUrl: string): Promise<Client | null> {
  const client = new Client({ connectionString: databaseUrl });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [LOCK]);
    if (rows[0]?.mine) return client;
  } catch {
    // The database is away; it is asked again after a while.
  }
  await client.end().catch(() => undefined);
  return null;
}

async function playLog(database: Database, turn: Client, signal: AbortSignal): Promise<void> {
  const begunAt = await demoBegunAt(database);
  if (begunAt === null) return;
  const log = await readDemoLog(begunAt);
  const selection = selectDemo(log);
  const world = await loadDemoWorld(database);
  const mapping = demoMapping(log);
  for (let round = await currentRound(database); !signal.aborted; round += 1) {
    const chosen = round === 1 ? new Set([...selection.history, ...selection.coming]) : selection.coming;
    const { histories } = readHistories(demoFile(log, selection, chosen), { mapping, timeZone: DEMO_ZONE, until: Infinity, shiftMs: log.shiftMs }, begunAt);
    const rows = inOrder(histories.flat().filter(({ at }) => at > begunAt));
    const port = new DemoPort(database, { source: sourceOf(round), customers: world.customers, casting: demoCasting(log, world), mapping });
    await playRound({ database, port, rows, cast: castOf(world, mapping, demoCasting(log, world)), turn, signal });
  }
}

const sourceOf = (round: number): string => (round === 1 ? DEMO_SOURCE : `${DEMO_SOURCE}-${round}`);

interface Round {
  readonly database: Database;
  readonly port: DemoPort;
  readonly rows: readonly HistoryRow[];
  readonly cast: ReplayCast;
  readonly turn: Client;
  readonly signal: AbortSignal;
}

async function playRound({ database, port, rows, cast, turn, signal }: Round): Promise<void> {
  const played = await port.playedRevisions();
  const left = rows.filter(({ number, revision }) => revision > (played.get(number) ?? -1));
  /** Rows that wait for their handoff to be accepted a while later. */
  const later: { readonly row: HistoryRow; readonly after: number }[] = [];
  for (const [index, row] of left.entries()) {
    if (signal.aborted) return;
    // The lock's connection tells whether this process still plays.
    await turn.query('select 1');
    const seen = await playOne(port, row, cast, () => later.push({ row, after: index + 6 }));
    for (const due of later.filter(({ after }) => after <= index)) {
      later.splice(later.indexOf(due), 1);
      await playOne(port, due.row, cast);
    }
    await liveDemoRoutine(database, index);
    // Nobody would see a row that changes nothing; the next one follows at once.
    if (!seen) continue;
    const gap = (left[index + 1]?.at ?? row.at) - row.at;
    await wait(Math.min(LONGEST_GAP, Math.max(SHORTEST_GAP, gap)), undefined, { signal }).catch(() => undefined);
  }
}

/**
 * Plays one row; answers whether anything came of it. What live rules refuse (somebody at the desk was faster, say) is left
 * out: the visitor's word counts more than the log's.
 */
async function playOne(port: DemoPort, row: HistoryRow, cast: ReplayCast, onWaiting?: () => void): Promise<boolean> {
  let seen = false;
  try {
    let waits = false;
    const { incident, commands } = await playRow(port, row, cast, ({ name }) => {
      waits = onWaiting !== undefined && name === 'requestHandoff' && row.line % 3 === 0;
      return waits;
    });
    if (waits) onWaiting?.();
    const reports = commands === 0 && incident.standing.state === 'in-progress';
    if (reports) await port.report(incident);
    seen = reports || commands > 0;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
  await markPlayed(port, row);
  return seen;
}

function castOf(world: DemoWorld, mapping: ReplayCast['mapping'], casting: ReturnType<typeof demoCasting>): ReplayCast {
  return {
    mapping, teamOf: (group) => world.teams.get(demoTeamOf(group)) ?? null,
    personOf: (assignee, teamId) => casting.personOf?.(assignee, teamId) ?? null,
    unknownPerson: (teamId, number) => casting.unknownPerson?.(teamId, number) ?? null,
  };
}

/** The instant as of which the demo was loaded; null in a database that holds none. */
async function demoBegunAt(database: Database): Promise<Instant | null> {
  const rows = await database.em.execute<{ fileName: string }[]>(
    `select file_name as "fileName" from import_run where source = ? and kind = 'incidents' and finished_at is not null order by started_at, id limit 1`, [DEMO_SOURCE],
  );
  const at = Date.parse(rows[0]?.fileName.split(AS_OF)[1] ?? '');
  return Number.isNaN(at) ? null : at;
}


async function currentRound(database: Database): Promise<number> {
  const rows = await database.em.execute<{ source: string }[]>(
    `select distinct external_source as source from ticket where external_source like ? limit 1000`, [`${DEMO_SOURCE}-%`],
  );
  return Math.max(1, ...rows.map(({ source }) => Number(source.slice(DEMO_SOURCE.length + 1)) || 1));
}
