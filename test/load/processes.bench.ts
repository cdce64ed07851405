/**
 * What each further process costs: `watchfloor serve` with 1, 2 and 4 processes, and 4 with NATS, each with a database of its
 * own; at rest, with 50 commands a second, and both again with 400 boards on the one port. Figures, no peers.
 */
import { brokerIsThere, testBroker } from '../support/broker.ts';
import type { Bench, BenchOutcome, BenchRun } from './harness/bench.ts';
import { quantile } from './harness/compare.ts';
import { withStarted, type Started } from './harness/started.ts';
import { Served, type Stretch } from './processes/served.ts';

const BOARDS = 400;

interface Step {
  readonly name: string;
  readonly processes: number;
  readonly brokerUrl: string | null;
}

type Figures = Readonly<Record<string, number>>;

export const bench: Bench = {
  name: 'processes',
  work: `1, 2 and 4 server processes behind one port, at rest and with 50 commands/s, without and with ${BOARDS} boards`,
  run: (run) => withStarted((started) => measure(run, started)),
};

async function measure(run: BenchRun, started: Started): Promise<BenchOutcome> {
  const steps: Step[] = [1, 2, 4].map((processes) => ({ name: `At${processes}`, processes, brokerUrl: null }));
  if (brokerIsThere()) {
    const broker = started.ends(await testBroker(), (running) => running.stop());
    steps.push({ name: 'At4OverNats', processes: 4, brokerUrl: `nats://${broker.host}:${broker.port}` });
  }
  // There and back again, so that a machine that grows slower favours no step.
  const order = run.quick ? steps : [...steps, ...steps.toReversed()];
  const rounds: { name: string; figures: Figures }[] = [];
  for (const step of order) {
    rounds.push({ name: step.name, figures: await withStarted((own) => oneStep(run, own, step)) });
    run.say(`${step.name}: ${JSON.stringify(rounds.at(-1)!.figures, (_key, value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(3)) : value))}`);
  }
  const names = Object.keys(rounds[0]!.figures);
  return {
    comparisons: [], aims: [], versions: { node: process.version, nats: steps.length > 3 ? 'there' : 'not there' },
    figures: Object.fromEntries(steps.flatMap(({ name }) => names.map((figure) => [
      `${figure}${name}`, quantile(rounds.filter((round) => round.name === name).map(({ figures }) => figures[figure]!), 0.5),
    ]))),
  };
}

async function oneStep({ roundMs, warmUpMs }: BenchRun, started: Started, step: Step): Promise<Figures> {
  const served = await Served.start(started, step);
  // Each process compiles its code for itself.
  await served.write(warmUpMs * 2 * step.processes);
  const rest = await served.rest(roundMs);
  const bare = await served.write(roundMs * 2);
  await served.watch(started, BOARDS);
  await served.rest(warmUpMs);
  const watched = await served.rest(roundMs);
  const busy = await served.write(roundMs * 2);
  const perWrite = bare.serverSeconds / bare.writes;
  const memory = served.memory();
  return {
    restServerPercent: percent(rest.serverSeconds, rest), restPostgresPercent: percent(rest.postgresSeconds, rest),
    serverMsPerWrite: perWrite * 1000, postgresMsPerWrite: (bare.postgresSeconds / bare.writes) * 1000,
    restWithBoardsServerPercent: percent(watched.serverSeconds, watched),
    withBoardsServerMsPerWrite: (busy.serverSeconds / busy.writes) * 1000, withBoardsPostgresMsPerWrite: (busy.postgresSeconds / busy.writes) * 1000,
    microsecondsPerDelivery: (Math.max(0, busy.serverSeconds - perWrite * busy.writes) / busy.deliveries) * 1e6,
    deliveriesPerSecond: busy.deliveries / busy.seconds, writesPerSecond: busy.writes / busy.seconds,
    megabytesOfServer: memory.server, megabytesOfFirst: memory.first,
  };
}

/** Of one core. */
function percent(cpuSeconds: number, { seconds }: Stretch): number {
  return (cpuSeconds / seconds) * 100;
}
