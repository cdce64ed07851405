import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Writable } from 'node:stream';
import { createPerson } from '../../server/src/features/access/access-people.service.ts';
import { createToken } from '../../server/src/features/access/access-token.service.ts';
import { CalendarEntity } from '../../server/src/features/calendar/calendar.entity.ts';
import { createAgreement } from '../../server/src/features/customer/customer-agreement.service.ts';
import { createCustomer } from '../../server/src/features/customer/customer.service.ts';
import { BoardEntity } from '../../server/src/features/board/board.entity.ts';
import { addTeamMember, createTeam } from '../../server/src/features/team/team.service.ts';
import { startServer, type RunningServer } from '../../server/src/app/server.ts';
import { runReplay, type ReplayOptions } from '../../server/src/commands/replay.ts';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import { DAY } from '../../server/src/kernel/instant.ts';
import type { Database } from '../../server/src/platform/db/database.ts';
import { newId } from '../../server/src/platform/time/new-id.ts';
import { seedPolicy } from '../../server/src/seed/policy.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { logFolder, logRow, type LogRow } from '../support/incident-log.ts';
import { until } from '../support/until.ts';

const SCOPES = ['incident.read', 'incident.record', 'incident.work', 'incident.assign', 'incident.lead', 'incident.close', 'incident.comment', 'incident.confirm', 'handoff.act', 'team.read', 'person.read', 'customer.read', 'board.read', 'act.onBehalfOf'];
const admin = SYSTEM('test');
const folder = logFolder();
const stateFolder = process.env['WATCHFLOOR_DATA_DIR'];
let testDatabase: TestDatabase;
let server: RunningServer;
let token: string;

const serve = (port = 0) => startServer({ databaseUrl: testDatabase.url, port, host: '127.0.0.1', wallboardDirectory: null });

beforeAll(async () => {
  process.env['WATCHFLOOR_DATA_DIR'] = folder.writeText('keep', '').replace(/keep$/, 'data');
  testDatabase = await createTestDatabase();
  server = await serve();
  await furnish(server.database);
  token = (await createToken(server.database, admin, { name: 'replay', kind: 'integrator', scopes: SCOPES })).plain;
});
afterAll(async () => {
  await server.close();
  await testDatabase.drop();
  folder.remove();
  if (stateFolder === undefined) delete process.env['WATCHFLOOR_DATA_DIR'];
  else process.env['WATCHFLOOR_DATA_DIR'] = stateFolder;
});

/** A customer with an agreement, two teams with one person each, a board. */
async function furnish(database: Database): Promise<void> {
  await seedPolicy(database);
  const now = await database.now();
  const customer = await createCustomer(database, admin, { name: 'ACME', fullName: 'ACME', timeZone: 'Asia/Shanghai' });
  const calendar = await database.em.findOneOrFail(CalendarEntity, { key: '5x8' });
  await createAgreement(database, admin, { customerId: customer.id, number: 'A-1', name: 'A', calendarId: calendar.id, startsAt: now - DAY, endsAt: now + 100 * DAY });
  for (const key of ['group-1', 'group-2']) {
    const person = await createPerson(database, admin, { name: key, email: `${key}@example.com` });
    const team = await createTeam(database, admin, { key, name: key, nameZh: key, line: 2, leadId: person.id });
    await addTeamMember(database, admin, { teamId: team.id, personId: person.id });
  }
  await database.change(admin, async ({ em }) => {
    em.create(BoardEntity, { id: newId(), name: 'NOC', nameZh: '大屏', timeZone: 'Asia/Shanghai', rowLimit: 12, customerIds: [], teamIds: [], position: 0 });
  });
}

function sink(): Writable & { text: string } {
  const stream = Object.assign(new Writable({ write: (chunk: Buffer, _encoding, done) => (stream.text += chunk.toString('utf8')) && done() }), { text: '' });
  return stream;
}

async function play(path: string, more: Partial<ReplayOptions> = {}, signal = new AbortController().signal): Promise<{ said: string; errors: string }> {
  const [output, errors] = [sink(), sink()];
  await runReplay(path, { speed: '1000000', url: server.url, token, name: 'log', ...more }, { output, errors, signal });
  return { said: output.text, errors: errors.text };
}

const standing = (database: Database, number: string) => database.em.execute<object[]>(
  `select i.state, i.level, m.key as team, (select count(*)::int from handoff h where h.ticket_id = t.id and h.state = 'accepted') as handoffs, i.responded_at is not null as responded, i.closure_code as code
   from ticket t join incident i on i.ticket_id = t.id left join team m on m.id = t.team_id where t.external_number = ? order by t.id`, [number],
);

const ROWS: readonly LogRow[] = [
  logRow('R1', 0, 'New', '2016-03-07T09:30:00'), logRow('R2', 0, 'Active', '2016-03-07T09:31:00', { priority: '1 - Critical' }),
  logRow('R1', 1, 'Active', '2016-03-07T10:00:00'), logRow('R1', 2, 'Awaiting Vendor', '2016-03-07T10:30:00', { assignment_group: 'Group 2' }),
  logRow('R2', 1, 'Awaiting User Info', '2016-03-07T11:00:00', { priority: '2 - High' }), logRow('R1', 3, 'Resolved', '2016-03-07T14:00:00', { assignment_group: 'Group 2' }),
  logRow('R1', 4, 'Closed', '2016-03-08T09:00:00', { assignment_group: 'Group 2', closed_code: 'code 7' }), logRow('R1', 5, 'Active', '2016-03-08T10:00:00'),
];

describe('a log played into the running server', () => {
  test('D-27 the same mapping as the import, by live commands', async () => {
    const { said, errors } = await play(folder.write('log.csv', ROWS));
    expect(said).toBe('Replayed: 7 events, 1 refused.\n');
    expect(errors).toContain('never reopened');
    expect(await standing(server.database, 'R1')).toEqual([{ state: 'closed', level: 'LV3', team: 'group-2', handoffs: 1, responded: true, code: 'workaround' }]);
    expect(await standing(server.database, 'R2')).toEqual([{ state: 'suspended', level: 'LV2', team: 'group-1', handoffs: 0, responded: true, code: null }]);
  });

  test('D-27 it acts as an integrator on behalf of the file\'s people', async () => {
    const rows = await server.database.em.execute<object[]>(`select distinct actor->>'kind' as kind, actor->>'onBehalfOf' as who from event_log where type = 'incident.suspended'`);
    expect(rows).toEqual([{ kind: 'token', who: 'Resolver 1' }]);
  });

  test('D-27 a replay that has come to its end begins anew as another source; one that is told to stop goes on', async () => {
    const path = folder.write('twice.csv', ROWS.map((row) => ({ ...row, number: `T${row.number}` })));
    const stop = new AbortController();
    const cut = play(path, { speed: '2000' }, stop.signal);
    await until('the first incident is there', async () => (await standing(server.database, 'TR1')).length === 1);
    stop.abort();
    expect((await cut).said).toContain('Stopped');
    expect((await play(path)).said).toContain('Replayed');
    expect(await standing(server.database, 'TR1')).toMatchObject([{ state: 'closed' }]);
    await play(path);
    expect(await standing(server.database, 'TR1')).toMatchObject([{ state: 'closed' }, { state: 'closed' }]);
  });

  test('D-27 it waits for a server that restarts and loses or doubles nothing', async () => {
    const numbers = Array.from({ length: 30 }, (_, index) => `W${index}`);
    const path = folder.write('restart.csv', numbers.flatMap((number, index) => [
      logRow(number, 0, 'New', `2016-03-07T09:${String(index).padStart(2, '0')}:00`), logRow(number, 1, 'Resolved', `2016-03-07T10:${String(index).padStart(2, '0')}:00`),
    ]));
    const playing = play(path);
    await until('some are there', async () => (await standing(server.database, 'W3')).length === 1);
    const port = Number(new URL(server.url).port);
    await server.close();
    server = await serve(port);
    const { said, errors } = await playing;
    expect(errors).toContain('waiting for it');
    expect(said).toBe('Replayed: 60 events, 0 refused.\n');
    const rows = await server.database.em.execute<object[]>(`select count(*)::int as n, count(distinct external_number)::int as numbers, count(*) filter (where i.state = 'awaiting-feedback')::int as solved from ticket t join incident i on i.ticket_id = t.id where external_number like 'W%'`);
    expect(rows).toEqual([{ n: 30, numbers: 30, solved: 30 }]);
  });

  test('D-27 the boards say at which speed; at speed 1 they say nothing', async () => {
    const speeds = async (): Promise<unknown> => {
      const response = await fetch(new URL('/graphql', server.url), { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, body: JSON.stringify({ query: 'query Boards { boards { replaySpeed } }' }) });
      return ((await response.json()) as { data: { boards: unknown } }).data.boards;
    };
    expect(await speeds()).toEqual([{ replaySpeed: 1_000_000 }]);
    await play(folder.write('now.csv', ROWS.slice(0, 1).map((row) => ({ ...row, number: 'N1' }))), { speed: '1' });
    expect(await speeds()).toEqual([{ replaySpeed: null }]);
  });

  test('D-27 an impossible speed or a token without rights is told in one sentence', async () => {
    const path = folder.write('bad.csv', ROWS);
    await expect(play(path, { speed: '0' })).rejects.toThrow('"speed" must be above 0');
    const { plain } = await createToken(server.database, admin, { name: 'reader', kind: 'integrator', scopes: ['incident.read', 'team.read', 'person.read', 'customer.read'] });
    await expect(play(path, { token: plain })).rejects.toThrow('act.onBehalfOf');
  });
});
