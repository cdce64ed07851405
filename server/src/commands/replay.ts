import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Writable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { customerNameOf } from '../features/import/import-cast.service.ts';
import { INCIDENT_COLUMNS, REQUIRED_COLUMNS } from '../features/import/import-csv.rules.ts';
import { readHistories } from '../features/import/import-incident.service.ts';
import { teamKeyOf } from '../features/import/import-mapping.rules.ts';
import { playRow, type ReplayCast } from '../features/import/import-replay.service.ts';
import { inOrder, type HistoryRow } from '../features/import/import-row.rules.ts';
import { DAY, toIso, type Instant } from '../kernel/instant.ts';
import { Refusal } from '../kernel/refusal.ts';
import { readConfig } from '../platform/config.ts';
import { readCsvFile } from '../platform/files/csv-file.ts';
import { processNow } from '../platform/time/time-source.ts';
import { mappingOf } from './import.ts';
import { Api, ApiPort, asJson, asList } from './replay-api.ts';

export interface ReplayOptions {
  readonly speed: string;
  readonly url: string;
  readonly token?: string;
  readonly zone?: string;
  readonly customer?: string;
  readonly mapping?: string;
  readonly name?: string;
  /** Plays from the beginning although an earlier replay of the file was cut off. */
  readonly restart?: boolean;
}

export interface ReplayTo {
  readonly output: Writable;
  readonly errors: Writable;
  readonly signal: AbortSignal;
}

const WEEK = 7 * DAY;
/** The server forgets a replay that has not been heard of for longer. */
const ANNOUNCE_EVERY_MS = 30_000;

/**
 * `watchfloor replay FILE --speed N`: a log's events into the running server through its API (D-27). At speed 1 it begins where
 * the file, laid into the present by whole weeks, has come to; at other speeds with the file's first row.
 */
export async function runReplay(path: string, options: ReplayOptions, to: ReplayTo): Promise<void> {
  const speed = Number(options.speed);
  if (!(speed > 0 && speed <= 1_000_000)) throw new Refusal('OUT_OF_RANGE', `"speed" must be above 0 and at most 1000000, got ${options.speed}.`, 'speed');
  const token = options.token ?? process.env['WATCHFLOOR_TOKEN'];
  if (!token) throw new Refusal('MISSING_FIELD', 'Give the token of an integrator: --token or WATCHFLOOR_TOKEN.', 'token');
  const mapping = mappingOf(options.mapping);
  const file = await readCsvFile(path, INCIDENT_COLUMNS, REQUIRED_COLUMNS);
  const { histories, rejects } = readHistories(file, { mapping, timeZone: options.zone ?? 'Asia/Shanghai', until: Infinity }, processNow());
  for (const { line, code, reason } of rejects) to.errors.write(`line ${line}: ${code}: ${reason}\n`);
  const rows = inOrder(histories.flat());
  const place = startingPlace(rows, { speed, digest: file.digest, name: options.name ?? basename(path), restart: options.restart === true });
  const api = new Api({ url: options.url, token, signal: to.signal, onWaiting: (sentence) => to.errors.write(`${sentence}\n`) });
  const cast = await castOf(api, mapping);
  const customers = await customersOf(api, options.customer);
  const port = new ApiPort(api, {
    source: place.source, category: mapping.category, actorName: (row) => row.assignee ?? row.cell('sys_updated_by') ?? 'replay',
    customerOf: (row) => customers(customerNameOf(row, mapping, options.customer ?? '')),
  });
  const played = await playAll({ rows, place, speed, api, port, cast, to });
  to.output.write(`${to.signal.aborted ? 'Stopped; the same command goes on from here' : 'Replayed'}: ${played.done} events, ${played.refused} refused.\n`);
}

interface Place {
  readonly source: string;
  readonly index: number;
  save(index: number): void;
}

/** Where an earlier replay of this file was cut off, else the beginning. */
function startingPlace(rows: readonly HistoryRow[], { speed, digest, name, restart }: { speed: number; digest: string; name: string; restart: boolean }): Place {
  const path = join(readConfig(process.env).dataDirectory, `replay-${digest.slice(0, 16)}.json`);
  const kept = !restart && existsSync(path) ? asJson(JSON.parse(readFileSync(path, 'utf8'))) : null;
  const source = typeof kept?.['source'] === 'string' ? kept['source'] : `${name} ${toIso(processNow())}`;
  const index = typeof kept?.['index'] === 'number' && kept['index'] < rows.length ? kept['index'] : beginning(rows, speed);
  mkdirSync(dirname(path), { recursive: true });
  const fresh = kept !== null && index !== kept['index'];
  const own = fresh ? `${name} ${toIso(processNow())}` : source;
  return { source: own, index, save: (next) => writeFileSync(path, JSON.stringify({ source: own, index: next })) };
}

function beginning(rows: readonly HistoryRow[], speed: number): number {
  const first = rows[0]?.at ?? 0;
  const shift = Math.floor((processNow() - first) / WEEK) * WEEK;
  const index = rows.findIndex(({ at }) => at + shift >= processNow());
  return speed === 1 && index > 0 ? index : 0;
}

interface Playing {
  readonly rows: readonly HistoryRow[];
  readonly place: Place;
  readonly speed: number;
  readonly api: Api;
  readonly port: ApiPort;
  readonly cast: ReplayCast;
  readonly to: ReplayTo;
}

async function playAll({ rows, place, speed, api, port, cast, to }: Playing): Promise<{ done: number; refused: number }> {
  const begunAt = processNow();
  const origin = rows[place.index]?.at ?? 0;
  let announcedAt = -Infinity;
  let done = 0;
  let refused = 0;
  // Before the first row: a cut in its midst must find the same source again, or it would be played twice.
  place.save(place.index);
  try {
    for (const [offset, row] of rows.slice(place.index).entries()) {
      await sleepUntil(begunAt + (row.at - origin) / speed, to.signal, async () => announce(api, speed));
      if (processNow() - announcedAt > ANNOUNCE_EVERY_MS) {
        await announce(api, speed);
        announcedAt = processNow();
      }
      refused += (await playOne(port, row, cast, to)) ? 0 : 1;
      done += 1;
      place.save(place.index + offset + 1);
    }
  } catch (error) {
    if (!to.signal.aborted) throw error;
  }
  return { done: done - refused, refused };
}

async function playOne(port: ApiPort, row: HistoryRow, cast: ReplayCast, { errors }: ReplayTo): Promise<boolean> {
  try {
    await playRow(port, row, cast);
    return true;
  } catch (error) {
    if (!(error instanceof Refusal) || error.code === 'UNAUTHENTICATED' || error.code === 'FORBIDDEN') throw error;
    errors.write(`line ${row.line} (${row.number}): ${error.message}\n`);
    return false;
  }
}

async function sleepUntil(instant: Instant, signal: AbortSignal, meanwhile: () => Promise<void>): Promise<void> {
  for (let left = instant - processNow(); left > 0; left = instant - processNow()) {
    await wait(Math.min(left, ANNOUNCE_EVERY_MS), undefined, { signal });
    if (left > ANNOUNCE_EVERY_MS) await meanwhile();
  }
}

/** D-27: at another speed than 1 the figures are distorted, and the boards say so. */
async function announce(api: Api, speed: number): Promise<void> {
  await api.ask('mutation Announce($input: AnnounceReplayInput!) { announceReplay(input: $input) { userErrors { message } } }', { input: { speed } });
}

async function castOf(api: Api, mapping: ReplayCast['mapping']): Promise<ReplayCast> {
  const answer = await api.ask('query Teams { teams { id key members { id } } }', {});
  const teams = asList(answer['teams']).map((team) => ({ id: String(team['id']), key: String(team['key']), members: asList(team['members']).map(({ id }) => String(id)).toSorted() }));
  // Work is given to persons, so a team without any can hold none of it.
  const keys = teams.filter(({ members }) => members.length > 0).toSorted((a, b) => (a.key < b.key ? -1 : 1));
  if (keys.length === 0) throw new Refusal('MISSING_FIELD', 'The server has no team with members to whom incidents could be given.', 'teams');
  const number = (text: string): number => Number(/\d+/.exec(text)?.[0] ?? 0);
  // A group that the server does not have is always the same one of those it has.
  const teamOf = (group: string) => keys.find(({ key }) => key === teamKeyOf(group, mapping)) ?? keys[number(group) % keys.length];
  const memberOf = (teamId: string | null, index: number): string | null => {
    const members = teams.find(({ id }) => id === teamId)?.members ?? [];
    return members[index % Math.max(1, members.length)] ?? null;
  };
  return {
    mapping, teamOf: (group) => teamOf(group)?.id ?? null, personOf: (assignee, teamId) => memberOf(teamId, number(assignee)),
    unknownPerson: (teamId, incident) => memberOf(teamId, number(incident)),
  };
}

async function customersOf(api: Api, wanted: string | undefined): Promise<(name: string | null) => string | null> {
  const answer = asJson((await api.ask('query Customers { customers(first: 100) { edges { node { id name } } } }', {}))['customers']);
  const customers = asList(answer['edges']).map(({ node }) => asJson(node));
  const idOf = (name: string): string | null => {
    const found = customers.find((customer) => customer['name'] === name);
    return found ? String(found['id']) : null;
  };
  if (wanted !== undefined && idOf(wanted) === null) throw new Refusal('NOT_FOUND', `The server has no customer "${wanted}".`, 'customer');
  const [first] = customers;
  return (name) => (name ? idOf(name) : first ? String(first['id']) : null);
}
