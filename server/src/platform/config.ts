import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Failure } from './failure.ts';

/** The checkout: relative folders of the settings count from here, wherever a command is started. */
export const PROJECT_DIRECTORY = fileURLToPath(new URL('../../../', import.meta.url));

export interface Config {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Null: the PostgreSQL of the data folder. */
  readonly databaseUrl: string | null;
  /** A NATS server that carries the wake-ups; null: PostgreSQL does. */
  readonly brokerUrl: string | null;
  /** A streaming replica from which figures are read; null: there is none. */
  readonly replicaUrl: string | null;
  /** Addresses and networks of load balancers: what they say of the client is believed. */
  readonly proxies: readonly string[];
  readonly dataDirectory: string;
}

/** Reads the settings from the environment; a `Failure` SETTING_INVALID names the variable and what would be right. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const passwordFile = environment['WATCHFLOOR_DATABASE_PASSWORD_FILE'];
  return {
    host: readHost(environment['HOST']),
    port: readPort(environment['PORT']),
    databaseUrl: withPassword(readDatabaseUrl('DATABASE_URL', environment['DATABASE_URL']), passwordFile),
    brokerUrl: readBrokerUrl(environment['WATCHFLOOR_BROKER_URL']),
    replicaUrl: withPassword(readDatabaseUrl('WATCHFLOOR_REPLICA_URL', environment['WATCHFLOOR_REPLICA_URL']), passwordFile),
    proxies: readProxies(environment['WATCHFLOOR_PROXIES']),
    dataDirectory: resolve(PROJECT_DIRECTORY, environment['WATCHFLOOR_DATA_DIR'] || '.data'),
  };
}

/** Only this machine, unless told otherwise; the container image says 0.0.0.0. */
function readHost(text: string | undefined): string {
  const host = text || '127.0.0.1';
  if (/[\s/]/.test(host)) throw invalid('HOST', 'an address or a host name, like 127.0.0.1', host);
  return host;
}

function readPort(text: string | undefined): number {
  const port = text === undefined || text === '' ? 4000 : Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw invalid('PORT', 'a whole number from 0 to 65535', text);
  return port;
}

function readDatabaseUrl(variable: string, text: string | undefined): string | null {
  if (text === undefined || text === '') return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  // The value may hold a password, so it is never repeated.
  if (!url || !/^postgres(ql)?:$/.test(url.protocol) || url.pathname.length < 2) {
    throw new Failure('SETTING_INVALID', `${variable} must be like postgres://user:password@host:5432/database.`);
  }
  return text;
}

function readBrokerUrl(text: string | undefined): string | null {
  if (text === undefined || text === '') return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  // It may hold a password or a token, so it is never repeated.
  if (!url || !/^(nats|tls):$/.test(url.protocol) || url.hostname === '') {
    throw new Failure('SETTING_INVALID', 'WATCHFLOOR_BROKER_URL must be like nats://user:password@host:4222 or tls://token@host:4222.');
  }
  return text;
}

function readProxies(text: string | undefined): readonly string[] {
  const proxies = (text ?? '').split(',').map((word) => word.trim()).filter((word) => word !== '');
  const wrong = proxies.find((proxy) => !isAddressOrNetwork(proxy));
  if (wrong !== undefined) throw invalid('WATCHFLOOR_PROXIES', 'addresses or networks, like 10.0.0.5,10.0.1.0/24', wrong);
  return proxies;
}

function isAddressOrNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const family = isIP(address);
  if (family === 0 || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

/** A container gets its password as a file, so that neither its definition nor its environment holds it. */
function withPassword(databaseUrl: string | null, file: string | undefined): string | null {
  if (databaseUrl === null || file === undefined || file === '') return databaseUrl;
  const url = new URL(databaseUrl);
  try {
    url.password = encodeURIComponent(readFileSync(file, 'utf8').trim());
  } catch (cause) {
    throw new Failure('SETTING_INVALID', `WATCHFLOOR_DATABASE_PASSWORD_FILE names ${file}, which cannot be read.`, { cause });
  }
  return url.href;
}

function invalid(variable: string, wanted: string, got: string | undefined): Failure {
  return new Failure('SETTING_INVALID', `${variable} must be ${wanted}, got ${JSON.stringify(got)}.`);
}
