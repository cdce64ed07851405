import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PLANTED } from '../support/process-model-faults.ts';
import { INVARIANTS } from '../support/process-model-invariants.ts';
import { ProcessWalk, type Walked } from '../support/process-model-walk.ts';
import { ProcessWorld } from '../support/process-model-world.ts';

/** `PROCESS_MODEL_STEPS=10000 PROCESS_MODEL_SEED=7 pnpm vitest run --project database test/scenario/process-model.test.ts` */
const ASKED = process.env['PROCESS_MODEL_STEPS'];
const STEPS = Number(ASKED ?? 2_000);
const SEED = Number(process.env['PROCESS_MODEL_SEED'] ?? 20_260_302);
const BETWEEN_CHECKS = 1_000;

let world: ProcessWorld;
let client: Client;

beforeAll(async () => {
  world = await ProcessWorld.start();
  client = new Client({ connectionString: world.desk.open.url });
  await client.connect();
  // Whatever the walk draws, there is something of each kind to plant faults into.
  await new ProcessWalk(world, SEED).begin(2);
});
afterAll(async () => {
  await client.end();
  await world.desk.open.close();
});

/** What is wrong, by the name of the rule that it breaks. */
async function wrong(): Promise<Record<string, unknown[]>> {
  const found: Record<string, unknown[]> = {};
  for (const { name, sql } of INVARIANTS) {
    const { rows } = await client.query(sql);
    if (rows.length > 0) found[name] = rows.slice(0, 5);
  }
  return found;
}

test('CHG-04 INC-02 PRB-01 REL-03 KNW-03 whatever everybody does at once, no record gets where it may not be, no update is lost and no link is left over', async () => {
  const walk = new ProcessWalk(world, SEED);
  const begun = performance.now();
  for (let left = STEPS; left > 0; left -= BETWEEN_CHECKS) {
    const walked = await walk.go(Math.min(left, BETWEEN_CHECKS));
    // The seed stands in what a failure prints.
    expect({ seed: SEED, steps: walked.steps, wrong: await wrong() }).toEqual({ seed: SEED, steps: walked.steps, wrong: {} });
  }
  const { faults, stale, succeeded, refusals } = walk.walked;
  const ways = await waysTaken();
  if (ASKED !== undefined) tell(walk.walked, { ways, seconds: (performance.now() - begun) / 1000 });
  expect({ seed: SEED, faults, stale }).toEqual({ seed: SEED, faults: [], stale: 0 });
  // Else they hardly met, or came nowhere, and the rest says nothing.
  expect(succeeded).toBeGreaterThan(STEPS * 0.3);
  expect(refusals.get('STALE_VERSION') ?? 0).toBeGreaterThan(STEPS * 0.02);
  expect(ways.length).toBeGreaterThan(Math.min(STEPS / 50, 30));
}, 3_600_000);

/** Breaks a rule behind the server's back, in a transaction that is taken back; triggers and foreign keys look away. */
async function planted(statements: readonly string[], sql: string): Promise<{ before: number; after: number }> {
  await client.query('begin');
  try {
    const before = (await client.query(sql)).rows.length;
    await client.query('set local session_replication_role = replica');
    for (const statement of statements) await client.query(statement);
    return { before, after: (await client.query(sql)).rows.length };
  } finally {
    await client.query('rollback');
  }
}

test.each(INVARIANTS)('CHG-04 REL-03 a planted fault is reported: $name', async ({ name, sql }) => {
  const faults = PLANTED[name] ?? [];
  expect(faults.length).toBeGreaterThan(0);
  for (const statements of faults) {
    const { before, after } = await planted(statements, sql);
    expect({ statements, before, reported: after > 0 }).toEqual({ statements, before: 0, reported: true });
  }
});

interface Way {
  readonly way: string;
  readonly n: number;
}

async function waysTaken(): Promise<Way[]> {
  const { rows } = await client.query<Way>(`select kind || ' ' || before || ' > ' || after as way, count(*)::int as n from model_journal where fact in ('state', 'stage') group by 1 order by 1`);
  return rows;
}

function tell({ steps, succeeded, refusals, done, raised }: Walked, { ways, seconds }: { ways: readonly Way[]; seconds: number }): void {
  const told = (pairs: Iterable<readonly [string, number]>): string => [...pairs].toSorted((a, b) => b[1] - a[1]).map(([key, n]) => `${key} ${n}`).join(', ');
  console.log([
    `seed ${SEED}: ${steps} steps in ${seconds.toFixed(1)} s, ${succeeded} succeeded (${raised} records begun), ${steps - succeeded} refused: ${told(refusals)}`,
    `${done.size} different commands: ${told(done)}`, `${ways.length} different moves: ${ways.map(({ way, n }) => `${way} ${n}`).join(', ')}`,
  ].join('\n'));
}
