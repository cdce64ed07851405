import { accessSync, closeSync, constants, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { supervise } from '../../server/src/platform/db/embedded/supervise.ts';
import { until } from './until.ts';

export interface TestBroker {
  readonly host: string;
  readonly port: number;
  stop(): Promise<void>;
}

export const NO_BROKER = 'no NATS: set TEST_BROKER_URL to the address of one, or install the program "nats-server"';

/** Whether a broker can be had: the one of TEST_BROKER_URL, else a NATS server of this machine's packages, which is started. */
export function brokerIsThere(): boolean {
  return Boolean(process.env['TEST_BROKER_URL']) || programOf('nats-server') !== null;
}

export async function testBroker(): Promise<TestBroker> {
  const given = process.env['TEST_BROKER_URL'];
  if (given) {
    const { hostname, port } = new URL(given);
    return { host: hostname, port: Number(port || 4222), stop: async () => undefined };
  }
  const program = programOf('nats-server');
  if (program === null) throw new Error(NO_BROKER);
  const folder = mkdtempSync(join(tmpdir(), 'watchfloor-test-broker-'));
  const output = openSync(join(folder, 'output'), 'w');
  const server = supervise([program, '--addr', '127.0.0.1', '--port', '-1', '--ports_file_dir', folder], { name: 'same user', prefix: [], ids: {}, owner: null }, output);
  closeSync(output);
  const ports = (): string | undefined => readdirSync(folder).find((name) => name.endsWith('.ports'));
  await until('the broker tells its port', () => ports() !== undefined && readFileSync(join(folder, ports()!), 'utf8') !== '');
  const { nats } = JSON.parse(readFileSync(join(folder, ports()!), 'utf8')) as { nats: string[] };
  return {
    host: '127.0.0.1', port: Number(new URL(nats[0]!).port),
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function programOf(name: string): string | null {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  return folders.map((folder) => join(folder, name)).find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
