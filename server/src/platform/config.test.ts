import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PROJECT_DIRECTORY, readConfig } from './config.ts';

test('without settings it is port 4000 of this machine and the folder .data', () => {
  expect(readConfig({})).toEqual({ host: '127.0.0.1', port: 4000, databaseUrl: null, brokerUrl: null, replicaUrl: null, proxies: [], dataDirectory: join(PROJECT_DIRECTORY, '.data') });
});

test('an empty setting is a missing one', () => {
  expect(readConfig({ PORT: '', HOST: '', DATABASE_URL: '', WATCHFLOOR_DATA_DIR: '' })).toEqual(readConfig({}));
});

test('every setting is taken as given', () => {
  const environment = {
    PORT: '0', HOST: '0.0.0.0', DATABASE_URL: 'postgres://noc@db.example:5433/noc', WATCHFLOOR_DATA_DIR: '/var/lib/监控',
    WATCHFLOOR_BROKER_URL: 'nats://broker.example:4222', WATCHFLOOR_REPLICA_URL: 'postgres://noc@copy.example/noc',
    WATCHFLOOR_PROXIES: '10.0.0.5, 10.0.1.0/24,fd00::/8',
  };
  expect(readConfig(environment)).toEqual({
    host: '0.0.0.0', port: 0, databaseUrl: 'postgres://noc@db.example:5433/noc', dataDirectory: '/var/lib/监控',
    brokerUrl: 'nats://broker.example:4222', replicaUrl: 'postgres://noc@copy.example/noc', proxies: ['10.0.0.5', '10.0.1.0/24', 'fd00::/8'],
  });
});

test.each(['65536', '-1', '40.5', 'http', '4000x'])('PORT=%s is refused by name', (PORT) => {
  expect(() => readConfig({ PORT })).toThrow(`PORT must be a whole number from 0 to 65535, got ${JSON.stringify(PORT)}.`);
});

test('PORT=65535 is the last one allowed', () => {
  expect(readConfig({ PORT: '65535' }).port).toBe(65_535);
});

test.each(['mysql://db/noc', 'db.example', 'postgres://user:secret@host'])('DATABASE_URL %s is refused, and never repeated', (DATABASE_URL) => {
  expect(() => readConfig({ DATABASE_URL })).toThrow('DATABASE_URL must be like postgres://user:password@host:5432/database.');
});

test.each(['redis://broker', 'broker:4222', 'nats://'])('WATCHFLOOR_BROKER_URL %s is refused, and never repeated', (WATCHFLOOR_BROKER_URL) => {
  expect(() => readConfig({ WATCHFLOOR_BROKER_URL })).toThrow('WATCHFLOOR_BROKER_URL must be like nats://user:password@host:4222 or tls://token@host:4222.');
});

test('WATCHFLOOR_REPLICA_URL is refused by its name, and never repeated', () => {
  expect(() => readConfig({ WATCHFLOOR_REPLICA_URL: 'mysql://user:secret@copy/noc' })).toThrow('WATCHFLOOR_REPLICA_URL must be like postgres://user:password@host:5432/database.');
});

test.each(['balancer', '10.0.0.0/33', '10.0.0/8', 'true', '10.0.0.1/8/9'])('WATCHFLOOR_PROXIES %s is refused by name', (WATCHFLOOR_PROXIES) => {
  expect(() => readConfig({ WATCHFLOOR_PROXIES })).toThrow('WATCHFLOOR_PROXIES must be addresses or networks, like 10.0.0.5,10.0.1.0/24');
});

test('HOST with a path is refused by name', () => {
  expect(() => readConfig({ HOST: 'http://x' })).toThrow('HOST must be an address');
});

test('the password of the database may come from a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'watchfloor-config-'));
  const file = join(folder, 'password');
  writeFileSync(file, 'p@ss/word 1\n');
  const environment = { DATABASE_URL: 'postgres://noc@db:5432/noc', WATCHFLOOR_DATABASE_PASSWORD_FILE: file };
  expect(readConfig(environment).databaseUrl).toBe('postgres://noc:p%40ss%2Fword%201@db:5432/noc');
  rmSync(folder, { recursive: true });
  expect(() => readConfig(environment)).toThrow(`WATCHFLOOR_DATABASE_PASSWORD_FILE names ${file}, which cannot be read.`);
});
