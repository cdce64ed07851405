import { Client } from 'pg';
import { log } from '../log/log.ts';

const CHANNEL = 'watchfloor_log';
/** One NOTIFY for all commits of this span. Inside the transactions it would serialise them: 0.37 of the commits here. */
const GATHER_MS = 10;
const RETRY_MS = { first: 100, most: 2000 } as const;

/**
 * A hint between processes that the log has grown: LISTEN on a connection of its own, NOTIFY after commits. It may be
 * lost at any time; whoever listens polls as well.
 */
export class WakeUp {
  private readonly databaseUrl: string;
  private readonly heard: () => void;
  private client: Client | null = null;
  private gathering: NodeJS.Timeout | null = null;
  private retry: NodeJS.Timeout | null = null;
  private retryMs: number = RETRY_MS.first;
  private again = false;
  private closed = false;

  constructor(databaseUrl: string, heard: () => void) {
    this.databaseUrl = databaseUrl;
    this.heard = heard;
  }

  /** Connects, and connects again for ever; the first failure is not fatal either. */
  async start(): Promise<void> {
    const client = new Client({ connectionString: this.databaseUrl, keepAlive: true, application_name: 'watchfloor wake-up' });
    client.on('error', (error) => this.lost(client, error));
    client.on('end', () => this.lost(client, null));
    client.on('notification', () => this.heard());
    try {
      await client.connect();
      await client.query(`listen ${CHANNEL}`);
    } catch (error) {
      this.lost(client, error);
      return;
    }
    if (this.closed) return void client.end();
    this.client = client;
    this.retryMs = RETRY_MS.first;
    this.heard();
  }

  get connected(): boolean {
    return this.client !== null;
  }

  /** Tells every process, at most once in 10 ms. To be called after the commit. */
  send(): void {
    if (this.closed) return;
    if (this.gathering) {
      this.again = true;
      return;
    }
    this.gathering = setTimeout(() => void this.notify(), GATHER_MS);
  }

  private async notify(): Promise<void> {
    try {
      await this.client?.query(`notify ${CHANNEL}`);
    } catch (error) {
      log.debug({ err: error }, 'a wake-up was not sent; polling will find the change');
    }
    this.gathering = null;
    if (!this.again) return;
    this.again = false;
    this.send();
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const timer of [this.gathering, this.retry]) if (timer) clearTimeout(timer);
    const client = this.client;
    this.client = null;
    await client?.end();
  }

  private lost(client: Client, error: unknown): void {
    const current = this.client === client;
    if (this.closed || (this.client !== null && !current)) return;
    this.client = null;
    if (this.retry) return;
    if (error) log.warn({ err: error }, 'the wake-up connection is lost; polling goes on');
    this.retry = setTimeout(() => {
      this.retry = null;
      void this.start();
    }, this.retryMs);
    this.retryMs = Math.min(this.retryMs * 2, RETRY_MS.most);
    client.end().catch(() => undefined);
  }
}
