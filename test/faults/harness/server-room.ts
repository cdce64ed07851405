import { setTimeout as wait } from 'node:timers/promises';
import { serverProcess, type ServerProcess } from '../../support/server-process.ts';

export type Start = (databaseUrl: string, options: { readonly port: number }) => Promise<ServerProcess>;

interface Slot {
  server: ServerProcess | null;
  starting: Promise<void> | null;
  port: number;
  /** True while we end it ourselves. */
  killed: boolean;
}

/** Several server processes on one database, each on a port that it keeps, of which some are killed and come back. */
export class ServerRoom {
  readonly findings: string[] = [];
  private readonly slots: Slot[];
  private readonly databaseUrl: string;
  private readonly begin: Start;
  private closing = false;

  private constructor(databaseUrl: string, count: number, begin: Start) {
    this.databaseUrl = databaseUrl;
    this.begin = begin;
    this.slots = Array.from({ length: count }, () => ({ server: null, starting: null, port: 0, killed: false }));
  }

  static async open(databaseUrl: string, count: number, begin: Start = serverProcess): Promise<ServerRoom> {
    const room = new ServerRoom(databaseUrl, count, begin);
    await Promise.all(room.slots.map((slot) => room.start(slot)));
    return room;
  }

  /** Of those that listen. */
  get urls(): readonly string[] {
    return this.slots.flatMap(({ server }) => (server ? [server.url] : []));
  }

  get processes(): readonly ServerProcess[] {
    return this.slots.flatMap(({ server }) => server ?? []);
  }

  get alive(): number {
    return this.urls.length;
  }

  /** Ends the process of a place with -9 and begins to start another there; answers at once. False when nobody is there. */
  kill(place: number): boolean {
    const slot = this.slots[place % this.slots.length];
    if (!slot?.server) return false;
    const { server } = slot;
    slot.killed = true;
    slot.server = null;
    slot.starting = server.end('SIGKILL').then(() => this.start(slot));
    return true;
  }

  /** Waits until so many listen. */
  async has(count: number): Promise<void> {
    while (this.alive < count) await wait(20);
  }

  async close(): Promise<void> {
    this.closing = true;
    await Promise.all(this.slots.map(({ starting }) => starting));
    await Promise.all(this.processes.map((server) => server.end('SIGKILL')));
  }

  private async start(slot: Slot): Promise<void> {
    const server = await this.begin(this.databaseUrl, { port: slot.port });
    slot.port = Number(new URL(server.url).port);
    slot.killed = false;
    slot.server = server;
    server.child.once('exit', (code, signal) => {
      if (slot.killed || this.closing) return;
      this.findings.push(`a server process ended by itself (${code ?? signal})`);
      slot.server = null;
      slot.starting = this.start(slot);
    });
  }
}
