import { Client } from 'pg';
import { log } from '../log/log.ts';
import type { WakeUpCarrier } from './wake-up.ts';

const CHANNEL = 'watchfloor_log';
const RETRY_MS = { first: 100, most: 2000 } as const;

/** PostgreSQL as carrier of the hints: LISTEN on a connection of its own, NOTIFY after commits. */
export class ListenCarrier implements WakeUpCarrier {
  private readonly databaseUrl: string;
  private heard: () => void = () => undefined;
  private client: Client | null = null;
  private retry: NodeJS.Timeout | null = null;
  private retryMs: number = RETRY_MS.first;
  private closed = false;

  constructor(databaseUrl: string) {
    this.databaseUrl = databaseUrl;
  }

  async start(heard: () => void): Promise<void> {
    this.heard = heard;
    await this.connect();
  }

  async tell(): Promise<void> {
    await this.client?.query(`notify ${CHANNEL}`);
  }

  async close(): Promise<void> {
    this.closed = true;
    if (this.retry) clearTimeout(this.retry);
    const client = this.client;
    this.client = null;
    await client?.end();
  }

  private async connect(): Promise<void> {
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

  private lost(client: Client, error: unknown): void {
    const current = this.client === client;
    if (this.closed || (this.client !== null && !current)) return;
    this.client = null;
    if (this.retry) return;
    if (error) log.warn({ err: error }, 'the wake-up connection is lost; polling goes on');
    this.retry = setTimeout(() => {
      this.retry = null;
      void this.connect();
    }, this.retryMs);
    this.retryMs = Math.min(this.retryMs * 2, RETRY_MS.most);
    client.end().catch(() => undefined);
  }
}
