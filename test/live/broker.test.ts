import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startServer, type RunningServer } from '../../server/src/app/server.ts';
import { NatsCarrier } from '../../server/src/platform/live/nats-carrier.ts';
import { BoardFollower, freshBoard } from '../support/board-follower.ts';
import { brokerIsThere, NO_BROKER, testBroker, type TestBroker } from '../support/broker.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { onServer } from '../support/on-server.ts';
import { BOTH_WAYS, FaultProxy } from '../support/fault-proxy.ts';
import { PlainDesk } from '../support/plain-desk.ts';
import { until } from '../support/until.ts';

if (!brokerIsThere()) console.warn(`The tests of the broker are skipped: ${NO_BROKER}.`);

/** What a carrier hears is only counted: a hint says nothing. */
class Ear {
  count = 0;
  readonly carrier: NatsCarrier;

  constructor(port: number, database = 'desk') {
    this.carrier = new NatsCarrier(`nats://127.0.0.1:${port}`, `postgres://127.0.0.1/${database}`);
  }

  async listen(): Promise<this> {
    await this.carrier.start(() => (this.count += 1));
    return this;
  }

  /** Repeats the hint until the other one has it, as commits do. */
  async reaches(other: Ear): Promise<void> {
    const before = other.count;
    await until('the hint is heard', async () => {
      await this.carrier.tell();
      return other.count > before;
    });
  }
}

describe.skipIf(!brokerIsThere())('a broker carries the wake-ups', () => {
  let broker: TestBroker;
  let cable: FaultProxy;
  let ears: Ear[] = [];

  beforeAll(async () => {
    broker = await testBroker();
  });
  afterAll(() => broker?.stop());
  beforeEach(async () => {
    cable = await FaultProxy.start(broker);
  });
  afterEach(async () => {
    await Promise.all(ears.map(({ carrier }) => carrier.close()));
    ears = [];
    await cable.stop();
  });

  async function ear(database?: string): Promise<Ear> {
    const made = new Ear(cable.port, database);
    ears.push(made);
    return made.listen();
  }

  test('LIV-04 a hint of one process is heard by the others, not by itself, and not by those of another database', async () => {
    const [one, two, stranger] = [await ear(), await ear(), await ear('another.desk *')];
    const before = { one: one.count, stranger: stranger.count };
    await one.reaches(two);
    await two.carrier.tell();
    await until('the answer is heard', () => one.count > before.one);
    expect(one.count).toBe(before.one + 1);
    expect(stranger.count).toBe(before.stranger);
  });

  test('a broker that is not there at the start is found once it is', async () => {
    cable.set({ refuses: true });
    const one = await ear();
    await one.carrier.tell();
    expect(one.count).toBe(0);
    cable.set({});
    await until('it is connected and reads what it missed', () => one.count > 0);
    await one.reaches(await ear());
  });

  test('a killed broker is found again, and its absence costs nothing', async () => {
    const [one, two] = [await ear(), await ear()];
    await one.reaches(two);
    const before = two.count;
    cable.set({ refuses: true });
    cable.reset();
    for (let turn = 0; turn < 100; turn += 1) await one.carrier.tell();
    cable.set({});
    await until('it is connected again', () => two.count > before);
    await one.reaches(two);
  });

  describe('of two servers', () => {
    let database: TestDatabase;
    let servers: RunningServer[] = [];

    beforeEach(async () => {
      database = await createTestDatabase();
      const options = { databaseUrl: database.url, port: 0, host: '127.0.0.1', wallboardDirectory: null, timers: false, brokerUrl: `nats://127.0.0.1:${cable.port}` };
      servers = [await startServer(options), await startServer(options)];
    });
    afterEach(async () => {
      await Promise.all(servers.map((server) => server.close()));
      await database.drop();
    });

    test('LIV-04 LIV-02 boards stay right with the broker there, hanging, gone and back', async () => {
      const [first, second] = [servers[0]!, servers[1]!];
      const desk = await PlainDesk.open(first.database);
      const ids = [await desk.open(), await desk.open()];
      const token = (await desk.token()).plain;
      await ear(new URL(database.url).pathname.slice(1));
      let heard = ears[0]!.count;
      const follower = new BoardFollower(second.url, token, desk.boards.all);
      await follower.connect();
      await follower.step();
      for (const fault of [{}, { loses: BOTH_WAYS }, { refuses: true }, {}]) {
        cable.set(fault);
        if ('refuses' in fault) cable.reset();
        for (const id of ids) await desk.retitle(id, `with ${JSON.stringify(fault)}`);
        const { seq } = await freshBoard(first.url, token, desk.boards.all);
        await follower.until((board) => Number(board.seq) >= seq);
        expect(follower.canonical()).toBe((await freshBoard(first.url, token, desk.boards.all)).canonical);
        if (!('refuses' in fault || 'loses' in fault)) await until('the hint of a commit is on the broker', () => ears[0]!.count > heard);
        heard = ears[0]!.count;
      }
      const listening = await onServer(database.url, (client) => client.query(`select from pg_stat_activity where application_name = 'watchfloor wake-up' and datname = current_database()`));
      expect(listening.rowCount).toBe(0);
      follower.disconnect();
    });
  });
});
