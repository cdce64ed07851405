import { connect, type NatsConnection } from '@nats-io/transport-node';
import { log } from '../log/log.ts';
import type { WakeUpCarrier } from './wake-up.ts';

const CONNECT_PATIENCE_MS = 2000;
const RETRY_MS = { first: 100, most: 2000 } as const;
/** A broker that a network forgot is given up after two silences; until then polling does its work. */
const PING_EVERY_MS = 5000;

/**
 * NATS as carrier of the hints: no connection to PostgreSQL, and no NOTIFY, whose one queue every commit of the whole
 * database server goes through. The subject is the database's name: installations that share a broker and a name wake
 * each other for nothing, which costs a read.
 */
export class NatsCarrier implements WakeUpCarrier {
  private readonly url: URL;
  private readonly subject: string;
  private heard: () => void = () => undefined;
  private connection: NatsConnection | null = null;
  private usable = false;
  private retry: NodeJS.Timeout | null = null;
  private retryMs: number = RETRY_MS.first;
  private told = false;
  private closed = false;

  constructor(brokerUrl: string, databaseUrl: string) {
    this.url = new URL(brokerUrl);
    // Of a subject's letters, dots and wildcards mean something.
    this.subject = `watchfloor.log.${Buffer.from(decodeURIComponent(new URL(databaseUrl).pathname.slice(1))).toString('base64url')}`;
  }

  async start(heard: () => void): Promise<void> {
    this.heard = heard;
    await this.connect();
  }

  /** Nothing is kept for a broker that is away: after its return one hint says as much as a thousand. */
  async tell(): Promise<void> {
    if (this.usable) this.connection?.publish(this.subject);
  }

  async close(): Promise<void> {
    this.closed = true;
    if (this.retry) clearTimeout(this.retry);
    await this.connection?.close();
  }

  private async connect(): Promise<void> {
    try {
      const connection = await connect(optionsOf(this.url));
      if (this.closed) return void connection.close();
      this.connection = connection;
      connection.subscribe(this.subject, { callback: () => this.heard() });
      void this.follow(connection);
      await connection.flush();
      this.back();
    } catch (error) {
      this.away(error);
      if (this.connection === null) this.connectLater();
    }
  }

  /** Once it was connected, the library connects again by itself, for ever. */
  private async follow(connection: NatsConnection): Promise<void> {
    for await (const { type } of connection.status()) {
      if (type === 'reconnect') this.back();
      else if (type === 'disconnect') this.away(null);
    }
  }

  private connectLater(): void {
    if (this.closed) return;
    this.retry = setTimeout(() => void this.connect(), this.retryMs);
    this.retryMs = Math.min(this.retryMs * 2, RETRY_MS.most);
  }

  private back(): void {
    if (this.told) log.info({ broker: this.url.host }, 'the broker is there again');
    this.usable = true;
    this.told = false;
    this.heard();
  }

  private away(error: unknown): void {
    this.usable = false;
    if (this.closed || this.told) return;
    this.told = true;
    // Never the address as it was given: it may hold a password.
    log.warn({ broker: this.url.host, reason: error instanceof Error ? error.message : 'disconnected' }, 'the broker is away; polling goes on');
  }
}

function optionsOf(url: URL) {
  const [user, pass] = [decodeURIComponent(url.username), decodeURIComponent(url.password)];
  return {
    servers: [url.port === '' ? `${url.hostname}:4222` : url.host], name: 'watchfloor', timeout: CONNECT_PATIENCE_MS, noEcho: true,
    maxReconnectAttempts: -1, reconnectTimeWait: 500, reconnectJitter: 500, pingInterval: PING_EVERY_MS, maxPingOut: 2, ignoreClusterUpdates: true,
    ...(url.protocol === 'tls:' ? { tls: {} } : {}),
    ...(user === '' ? {} : pass === '' ? { token: user } : { user, pass }),
  };
}
