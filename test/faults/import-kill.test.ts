import { spawn } from 'node:child_process';
import { afterAll, expect, test } from 'vitest';
import { PROJECT_DIRECTORY } from '../../server/src/platform/config.ts';
import { createTestDatabase } from '../support/database.ts';
import { onServer } from '../support/on-server.ts';
import { firstOfRealLog, logFolder } from '../support/incident-log.ts';
import { until } from '../support/until.ts';

const folder = logFolder();
afterAll(() => folder.remove());

function importing(path: string, databaseUrl: string) {
  const { TEST_DATABASE_URL: _test, ...rest } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/src/cli.ts', 'import', 'incidents', path, '--json'], {
    cwd: PROJECT_DIRECTORY, env: { ...rest, DATABASE_URL: databaseUrl }, stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
  const ended = new Promise<number | string>((resolve) => child.once('close', (code, signal) => resolve(code ?? signal ?? 'gone')));
  return { child, ended, said: () => said };
}

test('API-06 an import killed with -9 goes on where it was, and doubles nothing', async () => {
  const database = await createTestDatabase();
  try {
    const path = folder.writeText('log.csv', firstOfRealLog(3000));
    const tickets = () => onServer(database.url, async (client) => (await client.query<{ n: number }>('select count(*)::int as n from ticket')).rows[0]?.n ?? 0);
    const killed = importing(path, database.url);
    await until('the first incidents are there', async () => (await tickets()) > 0);
    killed.child.kill('SIGKILL');
    expect(await killed.ended).toBe('SIGKILL');
    expect(await tickets()).toBeLessThan(400);
    const second = importing(path, database.url);
    expect(await second.ended).toBe(0);
    const told = JSON.parse(second.said().trim().split('\n').at(-1) ?? '') as { incidents: number; events: number; refused: number };
    expect(told.events + told.refused).toBe(3000);
    expect(await tickets()).toBe(told.incidents);
    const third = importing(path, database.url);
    expect([await third.ended, third.said()]).toEqual([0, second.said()]);
  } finally {
    await database.drop();
  }
});
