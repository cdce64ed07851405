import { Writable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SYSTEM, type Actor } from '../../server/src/kernel/actor.ts';
import { HOUR, SECOND } from '../../server/src/kernel/instant.ts';
import { Refusal } from '../../server/src/kernel/refusal.ts';
import { ENTITIES } from '../../server/src/app/entities.ts';
import { createToken } from '../../server/src/features/access/access-token.service.ts';
import { createPerson } from '../../server/src/features/access/access-people.service.ts';
import { BoardEntity } from '../../server/src/features/board/board.entity.ts';
import { calendarsFor } from '../../server/src/features/calendar/calendar.service.ts';
import { createAgreement } from '../../server/src/features/customer/customer-agreement.service.ts';
import { createCustomer } from '../../server/src/features/customer/customer.service.ts';
import { handOver, acceptHandedOver } from '../../server/src/features/incident/incident-lead.service.ts';
import { resume, suspend } from '../../server/src/features/incident/incident-pause.service.ts';
import { record } from '../../server/src/features/incident/incident-record.service.ts';
import { assign, log, urge } from '../../server/src/features/incident/incident-work.service.ts';
import { addTeamMember, createTeam } from '../../server/src/features/team/team.service.ts';
import { Database } from '../../server/src/platform/db/database.ts';
import { createOrm } from '../../server/src/platform/db/orm.ts';
import { newId } from '../../server/src/platform/time/new-id.ts';
import { seedPolicy } from '../../server/src/seed/policy.ts';
import { runReplay } from '../../server/src/commands/replay.ts';
import { freshSnapshot, toldTwice } from '../support/board-truth.ts';
import { BoardWatcher } from '../support/board-watcher.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { logFolder, logRow } from '../support/incident-log.ts';
import { serverProcess, type ServerProcess } from '../support/server-process.ts';
import { until } from '../support/until.ts';

const ACTOR: Actor = SYSTEM('test');
const BOARDS = 100;
const INCIDENTS = 40;
const REPLAYED = 60;

let made: TestDatabase;
let database: Database;
let servers: ServerProcess[] = [];
const folder = logFolder();
const stateFolder = process.env['WATCHFLOOR_DATA_DIR'];
const facts = { boardId: newId(), customerId: '', teamA: '', teamB: '', personId: '', token: '' };

beforeAll(async () => {
  made = await createTestDatabase();
  database = new Database(await createOrm(made.url, ENTITIES));
  await seedPolicy(database);
  const person = await createPerson(database, ACTOR, { name: '王伟', email: 'wang@example.test', password: 'a long enough password 1' });
  facts.personId = person.id;
  facts.teamA = (await createTeam(database, ACTOR, { key: 'network', name: 'Network', nameZh: '网络组', line: 1 })).id;
  facts.teamB = (await createTeam(database, ACTOR, { key: 'database', name: 'Database', nameZh: '数据库组', line: 2 })).id;
  const replayed = (await createTeam(database, ACTOR, { key: 'group-1', name: 'Group 1', nameZh: '一组', line: 2 })).id;
  for (const teamId of [facts.teamA, facts.teamB, replayed]) await addTeamMember(database, ACTOR, { teamId, personId: person.id });
  facts.customerId = (await createCustomer(database, ACTOR, { name: 'Bank', fullName: 'Bank of the East', timeZone: 'Asia/Shanghai' })).id;
  const calendars = await calendarsFor(database, database.em);
  await createAgreement(database, ACTOR, {
    customerId: facts.customerId, number: 'A-1', name: 'Whole', calendarId: calendars.idByKey['5x8']!,
    startsAt: Date.parse('2020-01-01T00:00:00Z'), endsAt: Date.parse('2100-01-01T00:00:00Z'),
  });
  const em = database.em;
  em.persist(em.create(BoardEntity, { id: facts.boardId, name: 'NOC', nameZh: '值班大屏', timeZone: 'Asia/Shanghai', rowLimit: 12, customerIds: [], teamIds: [], position: 0 }));
  await em.flush();
  facts.token = (await createToken(database, ACTOR, { name: 'wall', kind: 'screen', boardId: facts.boardId })).plain;
  servers = [await serverProcess(made.url), await serverProcess(made.url)];
});

afterAll(async () => {
  await Promise.all(servers.map((server) => server.end('SIGTERM')));
  await database?.orm.close(true);
  await made?.drop();
  folder.remove();
  if (stateFolder === undefined) delete process.env['WATCHFLOOR_DATA_DIR'];
  else process.env['WATCHFLOOR_DATA_DIR'] = stateFolder;
});

/** Plays an hour of a log into the first server within a quarter of a minute, through its API. */
async function replay(): Promise<string> {
  process.env['WATCHFLOOR_DATA_DIR'] = folder.writeText('keep', '').replace(/keep$/, 'data');
  const scopes = ['incident.read', 'incident.record', 'incident.work', 'incident.assign', 'incident.lead', 'incident.close', 'incident.comment', 'incident.confirm', 'handoff.act', 'team.read', 'person.read', 'customer.read', 'board.read', 'act.onBehalfOf'];
  const { plain } = await createToken(database, ACTOR, { name: 'replay', kind: 'integrator', scopes });
  const minute = (index: number): string => String(index % 60).padStart(2, '0');
  const path = folder.write('hour.csv', Array.from({ length: REPLAYED }, (_, index) => [
    logRow(`P${index}`, 0, 'New', `2016-03-07T09:${minute(index)}:00`, { assignment_group: 'Group 1' }),
    logRow(`P${index}`, 1, index % 2 ? 'Awaiting User Info' : 'Active', `2016-03-07T10:${minute(index)}:00`, { assignment_group: 'Group 1' }),
  ]).flat());
  let said = '';
  const output = new Writable({ write: (chunk: Buffer, _encoding, done) => { said += chunk.toString('utf8'); done(); } });
  await runReplay(path, { speed: '480', url: servers[0]!.url, token: plain, name: 'hour', customer: 'Bank' }, { output, errors: output, signal: new AbortController().signal });
  return said;
}

/** Eight hours less a few seconds old: an LV1 that escalates, breaches and warns while the test looks on. */
async function recordOld(index: number, now: number): Promise<string> {
  return record(database, ACTOR, {
    customerId: facts.customerId, title: `Incident ${index}`, description: 'planted', channel: 'phone', category: 'hotline', technicalClass: 'network',
    level: 'LV1', teamId: facts.teamA, reportedAt: now - 8 * HOUR + (4 + index * 0.5) * SECOND,
  });
}

/** One random thing that a desk would do; what the rules refuse is refused. */
async function act(ids: readonly string[], turn: number): Promise<void> {
  const id = ids[turn % ids.length]!;
  const [row] = await database.em.execute<{ version: number }[]>('select version from ticket where id = ?', [id]);
  const command = { id, expectedVersion: row!.version };
  const deeds = [
    () => assign(database, ACTOR, { ...command, holderId: facts.personId }),
    () => suspend(database, ACTOR, { ...command, category: 'user-busy', text: null, expectedEndAt: Date.now() + HOUR }),
    () => resume(database, ACTOR, { ...command, workLog: 'goes on' }),
    () => handOver(database, ACTOR, { ...command, toTeamId: turn % 2 ? facts.teamA : facts.teamB, reason: 'r', tried: 't', requestedAction: 'a' }),
    () => acceptHandedOver(database, ACTOR, { ...command, holderId: facts.personId }),
    () => log(database, ACTOR, { ...command, kind: 'note', text: 'looked at it', customerVisible: false }),
    () => urge(database, ACTOR, { ...command, text: 'when?' }),
  ];
  try {
    await deeds[Math.floor(turn / ids.length + turn) % deeds.length]!();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}

const single = async <T extends object>(sql: string): Promise<T> => (await database.em.execute<T[]>(sql))[0]!;
const head = async (): Promise<number> => Number((await single<{ seq: string }>('select seq from event_log_head')).seq);

test('LIV-02 LIV-04 SLA-02 two processes, 100 boards, a replay, one killed and restarted: every board equals a fresh snapshot, each threshold fired once', { timeout: 180_000 }, async () => {
  let alive = [...servers];
  let next = 0;
  const boards = Array.from({ length: BOARDS }, () => new BoardWatcher(facts.boardId, facts.token, () => alive[next++ % alive.length]!.url));
  const watching = boards.map((board) => board.watch());
  await until('every board has its snapshot', () => boards.every((board) => board.snapshots > 0));

  const replaying = replay();
  const start = await database.now();
  const ids: string[] = [];
  for (let index = 0; index < INCIDENTS; index += 1) ids.push(await recordOld(index, start));
  for (let turn = 0; turn < 120; turn += 1) await act(ids, turn);
  alive = [servers[0]!];
  await servers[1]!.end('SIGKILL');
  for (let turn = 120; turn < 240; turn += 1) await act(ids, turn);
  servers[1] = await serverProcess(made.url);
  alive = [...servers];
  for (let turn = 240; turn < 360; turn += 1) await act(ids, turn);

  expect(await replaying).toContain(`Replayed: ${2 * REPLAYED} events`);
  await until('nothing that is due is left', async () =>
    (await single<{ n: number }>(`select count(*)::int as n from timer where due_at < clock_timestamp() + interval '1 second'`)).n === 0, 90_000);
  const last = await head();
  await until('every board is at the end of the log', () => boards.every((board) => Number(board.seq) >= last), 60_000);

  const fresh = await freshSnapshot(servers[0]!.url, facts);
  for (const board of boards) expect(board.shown).toEqual(fresh.rows);
  const cut = boards.filter((board) => board.reconnections > 0);
  expect(cut.length).toBeGreaterThan(0);

  expect(await toldTwice(database)).toEqual([]);
  const fired = await single<{ firings: number; events: number; escalations: number }>(
    `select (select count(*)::int from clock_firing where step = 'breach') as firings,
       (select count(*)::int from event_log where type = 'clock.breached') as events, (select count(*)::int from escalation) as escalations`,
  );
  expect(fired.events).toBe(fired.firings);
  expect(fired.firings).toBeGreaterThan(INCIDENTS);
  expect(await database.em.execute('select * from verify_event_log()')).toEqual([]);

  for (const board of boards) board.end();
  await Promise.all(watching);
});
