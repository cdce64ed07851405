import { setTimeout as wait } from 'node:timers/promises';
import { Draw } from '../support/process-model-draw.ts';
import { faultDatabase, withDatabase } from './harness/fault-database.ts';
import { openDesk } from './harness/fault-desk.ts';
import type { FaultRun, Part, PartOutcome } from './harness/fault-run.ts';
import { checkMutations } from './harness/mutation-check.ts';
import { mutationControls } from './harness/mutation-controls.ts';
import { MutationLoad } from './harness/mutation-load.ts';
import { ServerRoom } from './harness/server-room.ts';

const PROCESSES = 3;
const QUICK_KILLS = 2;
const PER_SECOND = 200;
const MUTATIONS_BETWEEN = 40;
const MOST_BETWEEN_MS = 10_000;
/** One in so many times all processes die together; else one alone, while the others go on. */
const ALL_AT_ONCE = 0.1;

/** R1: server processes are killed with -9 at random moments while clients change incidents; every client asks until it knows. */
export const killApp: FaultRun = {
  id: 'R1', title: 'kill -9 of the server under load', unit: 'kills', full: 200, quick: QUICK_KILLS, budgetMinutes: 16,
  async run(serverUrl, part) {
    const made = await faultDatabase(serverUrl);
    const desk = await withDatabase(made.url, openDesk);
    const room = await ServerRoom.open(made.url, part.upTo === QUICK_KILLS ? 2 : PROCESSES);
    try {
      const name = `r1-${part.seed}-${part.from}`;
      const load = new MutationLoad({ desk, urls: () => room.urls, perSecond: PER_SECOND, seed: part.seed + part.from, name });
      const { done, seconds } = await killing(room, load, part);
      const { said, findings, unknown, repeated } = await load.end();
      await room.close();
      part.say(`${said.length} mutations acknowledged, ${(said.length / seconds).toFixed(0)} a second; checking them`);
      const wrong = await checkMutations(made.url, said, name);
      return { done, figures: { acknowledged: said.length, unknown, repeated, seconds }, findings: [...room.findings, ...findings, ...wrong] };
    } finally {
      await room.close();
      await made.drop();
    }
  },
  controls: (serverUrl) => mutationControls(serverUrl),
};

/** For so long, and until something was acknowledged since: a server that is killed while nobody works proves nothing. */
async function busy(load: MutationLoad, milliseconds: number): Promise<void> {
  const before = load.done;
  const began = performance.now();
  await wait(milliseconds);
  while (load.done - before < MUTATIONS_BETWEEN && performance.now() - began < MOST_BETWEEN_MS) await wait(50);
}

async function killing(room: ServerRoom, load: MutationLoad, part: Part): Promise<Pick<PartOutcome, 'done'> & { seconds: number }> {
  const draw = new Draw(part.seed + part.from);
  const began = performance.now();
  let done = part.from;
  while (done < part.upTo && !part.over()) {
    await room.has(2);
    await busy(load, draw.whole(1000, 4500));
    const together = part.upTo - done >= PROCESSES && draw.chance(ALL_AT_ONCE) ? PROCESSES : 1;
    const first = draw.whole(0, PROCESSES - 1);
    for (let place = first; place < first + together; place += 1) if (room.kill(place)) done += 1;
    if (done % 20 === 0) part.say(`${done} kills, ${load.done} mutations`);
  }
  await room.has(1);
  await wait(500);
  return { done, seconds: (performance.now() - began) / 1000 };
}
