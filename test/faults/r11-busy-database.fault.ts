import { startServer, type RunningServer } from '../../server/src/app/server.ts';
import { record } from '../../server/src/features/incident/incident-record.service.ts';
import type { DatabaseLimits } from '../../server/src/platform/db/orm.ts';
import { Draw } from '../support/process-model-draw.ts';
import { mutate, type Outcome } from './harness/api-call.ts';
import { emptyDatabase, faultDatabase } from './harness/fault-database.ts';
import { onServer } from '../support/on-server.ts';
import { DESK, openDesk, type FaultDesk } from './harness/fault-desk.ts';
import type { Control, FaultRun } from './harness/fault-run.ts';
import { breakMigration, leftBehind } from './r11/broken-migration.ts';
import { OBSTACLES, type Obstacle } from './r11/obstacles.ts';

/** Shorter than a server's own, so that hundreds fit; the proportions are the same. */
const LIMITS: DatabaseLimits = { lockMs: 600, statementMs: 900, connectionMs: 600, idleMs: 30_000 };
const HOLD_MS = 1200;
/** For the work itself on a busy machine, beside the waiting that is allowed. */
const SLACK_MS = 4000;
const RECOVERY_MS = 5000;
const ANSWERED_WITHIN_MS = LIMITS.connectionMs + LIMITS.lockMs + LIMITS.statementMs + SLACK_MS;
/** By the server's own limits, in the full volume. */
const LONG = { holdMs: 60_000, answeredWithinMs: 10_000 + 10_000 + SLACK_MS } as const;
/** One of so many is a migration. */
const KINDS = OBSTACLES.length + 1;

/** R11: locks, an exhausted pool, deadlocks, slow statements, migrations that fail half-way: coded answers in bounded time, and all is well as soon as the obstacle is gone. */
export const busyDatabase: FaultRun = {
  id: 'R11', title: 'exhausted pool, locks, deadlocks, failed migrations', unit: 'occurrences', full: 200, quick: KINDS, budgetMinutes: 10,
  async run(serverUrl, part) {
    const draw = new Draw(part.seed + part.from);
    const room = await Room.open(serverUrl, LIMITS);
    const findings: string[] = [];
    let done = part.from;
    try {
      if (part.upTo > KINDS && done === 0) findings.push(...(await longLock(serverUrl)));
      for (; done < part.upTo && !part.over(); done += 1) {
        const obstacle = OBSTACLES[done % KINDS];
        findings.push(...(obstacle ? await room.meet(obstacle, HOLD_MS, ANSWERED_WITHIN_MS) : await breakMigration(serverUrl, draw)));
        if ((done + 1) % 20 === 0) part.say(`${done + 1} occurrences, ${room.busy} answers BUSY, ${room.done} done, slowest ${room.slowestMs.toFixed(0)} ms, recovered in ${room.recoveryMs.toFixed(0)} ms at most`);
      }
      findings.push(...(await room.lostOrInvented()));
      return { done, figures: { answersBusy: room.busy, answersDone: room.done, worstAnswerMs: room.slowestMs, worstRecoveryMs: room.recoveryMs }, findings };
    } finally {
      await room.close();
    }
  },
  controls,
};

/** A server, an incident and what the clients were told. */
class Room {
  busy = 0;
  done = 0;
  slowestMs = 0;
  recoveryMs = 0;
  private readonly told = new Map<string, Outcome>();
  private readonly parts: { readonly made: Awaited<ReturnType<typeof faultDatabase>>; readonly server: RunningServer; readonly desk: FaultDesk; readonly ticketId: string };

  private constructor(parts: Room['parts']) {
    this.parts = parts;
  }

  static async open(serverUrl: string, limits: DatabaseLimits | null | undefined): Promise<Room> {
    const made = await faultDatabase(serverUrl);
    // PostgreSQL looks for deadlocks after a second: sooner here, that it finds them before the wait is over.
    await onServer(made.url, (client) => client.query(`do $$ begin execute format('alter database %I set deadlock_timeout = ''250ms''', current_database()); end $$`));
    const server = await startServer({ databaseUrl: made.url, port: 0, host: '127.0.0.1', wallboardDirectory: null, ...(limits !== undefined && { limits }) });
    const desk = await openDesk(server.database);
    const ticketId = await record(server.database, DESK, { customerId: desk.customerId, title: 'Mail is down', description: 'Nobody can send.', channel: 'phone', category: 'hotline', technicalClass: 'software', level: 'LV3' });
    return new Room({ made, server, desk, ticketId });
  }

  /** Asks while the obstacle is there, then until all is well again; what was not as it must be. */
  async meet({ name, asks, hold }: Obstacle, holdMs: number, withinMs: number): Promise<string[]> {
    const { made, ticketId } = this.parts;
    const findings: string[] = [];
    const version = await this.version();
    const all = async (): Promise<void> => {
      await Promise.all(Array.from({ length: asks }, async () => {
        const { outcome, tookMs } = await this.ask(version);
        this.slowestMs = Math.max(this.slowestMs, tookMs);
        if (tookMs > withinMs) findings.push(`${name}: an answer took ${tookMs.toFixed(0)} ms (at most ${withinMs})`);
        if (outcome.kind === 'unknown' && outcome.why !== 'BUSY') findings.push(`${name}: answered without a code that helps: ${outcome.why}`);
        if (outcome.kind === 'refused' && !/^(BUSY|STALE_VERSION) /.test(outcome.why)) findings.push(`${name}: refused with ${outcome.why}`);
      }));
    };
    await hold(made.url, ticketId, all, holdMs);
    const freeAt = performance.now();
    for (let well = false; !well; well = (await this.ask(await this.version())).outcome.kind === 'done') {
      if (performance.now() - freeAt > RECOVERY_MS + SLACK_MS) return [...findings, `${name}: not well ${RECOVERY_MS} ms after it was gone`];
    }
    this.recoveryMs = Math.max(this.recoveryMs, performance.now() - freeAt);
    return findings;
  }

  /** What was acknowledged is there once, what was refused is not. */
  async lostOrInvented(): Promise<string[]> {
    const { rows } = await onServer(this.parts.made.url, (client) => client.query<{ text: string; n: number }>('select text, count(*)::int as n from work_log_entry group by text'));
    const there = new Map(rows.map(({ text, n }) => [text, n]));
    return [...this.told].flatMap(([key, { kind }]) => {
      const n = there.get(key) ?? 0;
      return kind !== 'unknown' && n !== (kind === 'done' ? 1 : 0) ? [`${key} was answered "${kind}" and is there ${n} times`] : [];
    });
  }

  /** Takes an acknowledged entry away, as a checker must notice. */
  async lose(): Promise<void> {
    await onServer(this.parts.made.url, (client) => client.query('delete from work_log_entry where id = (select id from work_log_entry limit 1)'));
  }

  async close(): Promise<void> {
    await this.parts.server.close();
    await this.parts.made.drop();
  }

  private async ask(expectedVersion: number): Promise<{ outcome: Outcome; tookMs: number }> {
    const { server, desk, ticketId } = this.parts;
    const key = `entry ${this.told.size + 1}`;
    this.told.set(key, { kind: 'unknown', why: 'on its way' });
    const began = performance.now();
    const outcome = await mutate(server.url, desk.token, { mutation: 'addWorkLog', input: { id: ticketId, expectedVersion, kind: 'NOTE', text: key, customerVisible: false } });
    this.told.set(key, outcome);
    if (outcome.kind === 'done') this.done += 1;
    if (outcome.kind === 'refused' && outcome.why.startsWith('BUSY')) this.busy += 1;
    return { outcome, tookMs: performance.now() - began };
  }

  private async version(): Promise<number> {
    const { rows } = await onServer(this.parts.made.url, (client) => client.query<{ version: number }>('select version from ticket where id = $1', [this.parts.ticketId]));
    return rows[0]!.version;
  }
}

/** Once as long as it may really be, by the limits of a server in service. */
async function longLock(serverUrl: string): Promise<string[]> {
  const room = await Room.open(serverUrl, undefined);
  try {
    return await room.meet(OBSTACLES[2]!, LONG.holdMs, LONG.answeredWithinMs);
  } finally {
    await room.close();
  }
}

async function controls(serverUrl: string): Promise<Control[]> {
  const unlimited = await Room.open(serverUrl, null);
  const half = await emptyDatabase(serverUrl);
  try {
    const waiting = await unlimited.meet(OBSTACLES[0]!, 2500, 2000);
    await unlimited.lose();
    await onServer(half.url, (client) => client.query('create table incident (id int)'));
    return [
      { planted: 'a server that waits without limits', findings: waiting },
      { planted: 'an acknowledged entry taken away', findings: await unlimited.lostOrInvented() },
      { planted: 'a table that a failed migration left', findings: await leftBehind(half.url) },
    ];
  } finally {
    await unlimited.close();
    await half.drop();
  }
}
