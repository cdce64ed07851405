import { performance } from 'node:perf_hooks';
import type { WebSocket } from 'ws';
import { inHundreds, openScreen } from '../harness/screen.ts';
import type { Told } from './desk.ts';

const QUERY = `subscription Follow($id: ID!) { incident(id: $id) { __typename
  ... on IncidentSnapshot { seq incidentVersion } ... on IncidentChanged { fromSeq toSeq asOf incidentVersion } ... on IncidentHeartbeat { seq } } }`;
/** A connection may have 50. */
const ON_A_SOCKET = 20;

interface Update {
  readonly __typename: string;
  readonly incidentVersion?: number;
}

interface Message {
  readonly type: string;
  readonly id: string;
  readonly payload: { readonly data?: { readonly incident: Update }; readonly errors?: unknown };
}

/** Screens that follow one incident each, and how long it took them to hear of each change. */
export class Views implements Told {
  readonly latencies: number[] = [];
  /** The version that each view shows. */
  readonly shown = new Map<string, number>();
  errors = 0;
  private readonly awaited = new Map<string, { version: number; at: number }[]>();
  private sockets: WebSocket[] = [];
  private closing = false;

  async open(url: string, token: string, ids: readonly string[]): Promise<void> {
    this.sockets = await inHundreds(ids.length / ON_A_SOCKET, async (place) => {
      const operations = ids.slice(place * ON_A_SOCKET, (place + 1) * ON_A_SOCKET).map((id) => ({ id, query: QUERY, variables: { id } }));
      const socket = await openScreen(url, token, operations, (text) => this.hear(text));
      return socket.on('close', () => { if (!this.closing) this.errors += 1; });
    });
  }

  changed(id: string, version: number, at: number): void {
    const others = this.awaited.get(id);
    if (others) others.push({ version, at });
    else this.awaited.set(id, [{ version, at }]);
  }

  private hear(text: string): void {
    const { type, id, payload } = JSON.parse(text) as Message;
    const update = payload?.data?.incident;
    if (type !== 'next' || payload.errors || !update) return void (this.errors += 1);
    if (update.incidentVersion === undefined) return;
    const now = performance.now();
    const before = this.shown.get(id) ?? 0;
    if (update.incidentVersion < before) this.errors += 1;
    this.shown.set(id, update.incidentVersion);
    const awaited = this.awaited.get(id) ?? [];
    // A message may stand for several changes of its incident (D-29); each of them waited its own time.
    while (awaited.length > 0 && awaited[0]!.version <= update.incidentVersion) this.latencies.push(now - awaited.shift()!.at);
  }

  /** Changes that nobody has heard of yet. */
  get missing(): number {
    return [...this.awaited.values()].reduce((sum, { length }) => sum + length, 0);
  }

  forget(): void {
    this.latencies.length = 0;
  }

  close(): void {
    this.closing = true;
    for (const socket of this.sockets) socket.terminate();
  }
}
