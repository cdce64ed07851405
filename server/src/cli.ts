import { Command } from 'commander';
import type { AuditOptions } from './commands/check-audit.ts';
import type { ImportOptions } from './commands/import.ts';
import type { ReplayOptions } from './commands/replay.ts';
import type { ServeOptions } from './commands/serve.ts';
import { Refusal } from './kernel/refusal.ts';
import { EXIT } from './exit-codes.ts';
import { Failure } from './platform/failure.ts';

/**
 * `pnpm watchfloor …`. Each command is imported when it is asked for: the calculator starts without the database's
 * code, and a fault in one command leaves the others usable.
 */
const program = new Command('watchfloor')
  .description('Watchfloor\'s command line. Settings by environment: DATABASE_URL, WATCHFLOOR_DATA_DIR.')
  .showHelpAfterError();

program
  .command('serve')
  .description('Watchfloor in several server processes behind one port; database, schema and wallboard as "pnpm start" does. Settings: PORT, HOST, DATABASE_URL, WATCHFLOOR_DATA_DIR, …')
  .option('--processes <n>', 'how many; else one for each core')
  .option('--empty', 'for real use: an empty database gets the policy and one administrator instead of the demo')
  .action(async (options: ServeOptions) => {
    const { runServe } = await import('./commands/serve.ts');
    process.exit(await runServe(options));
  });

program
  .command('clock')
  .description('the clock engine as a calculator: one JSON case a line in, one JSON result a line out')
  .action(async () => {
    const { runClock } = await import('./commands/clock.ts');
    await runClock(process.stdin, process.stdout);
  });

program
  .command('explain')
  .argument('<number>', 'INC-… or the number in the system it came from')
  .description('the arithmetic of every clock of a record: what counted, what did not and why, and the sum')
  .action(async (number: string) => {
    const { runExplain } = await import('./commands/explain.ts');
    await runExplain(number, process.stdout);
  });

const imports = program.command('import').description('take over another system\'s records; a run that was cut off goes on where it stood');

for (const [word, what] of [
  ['incidents', 'incidents with their history (CSV, plain or gzipped)'], ['cis', 'configuration items'], ['relations', 'relations between CIs'],
  ['connections', 'a port connection table'],
] as const) {
  imports
    .command(word)
    .argument('<file>')
    .description(what)
    .option('--dry-run', 'write nothing, tell what would be taken over and what refused')
    .option('--json', 'end with one JSON line')
    .option('--rejects <file>', 'write the refused lines as CSV')
    .option('--name <name>', 'the source under whose name the records keep their numbers; else the file\'s name')
    .option('--customer <name>', 'whose incidents they are, where the file names no customer (incidents)')
    .option('--mapping <file>', 'what the source\'s words mean and whose records they are (incidents; server/data/mappings)')
    .option('--exception <reason>', 'why controlled items are altered without a change (cis); without it such lines are refused')
    .option('--zone <zone>', 'zone of times without offset, e.g. Europe/Berlin (incidents)')
    .action(async (file: string, options: ImportOptions) => {
      const commands = await import('./commands/import.ts');
      const run = { incidents: commands.runImportIncidents, cis: commands.runImportCis, relations: commands.runImportRelations, connections: commands.runImportConnections }[word];
      const stop = new AbortController();
      process.once('SIGINT', () => stop.abort());
      await finish(await run(file, options, { output: process.stdout, errors: process.stderr, signal: stop.signal }));
    });
}

program
  .command('replay')
  .argument('<file>')
  .description('play a log of incidents into the running server through its API, under an integrator\'s token')
  .option('--speed <n>', 'so many times faster than it happened; other than 1 the boards say that figures are distorted', '1')
  .option('--url <url>', 'the server', 'http://127.0.0.1:4000')
  .option('--token <token>', 'else WATCHFLOOR_TOKEN; needs the scopes that server/README.md names')
  .option('--name <name>', 'the source under whose name the records keep their numbers')
  .option('--customer <name>', 'whose incidents they are, where the mapping names no customer')
  .option('--mapping <file>', 'what the source\'s words mean (server/data/mappings)')
  .option('--zone <zone>', 'zone of times without offset')
  .option('--restart', 'from the beginning, although an earlier replay of the file was cut off')
  .action(async (file: string, options: ReplayOptions) => {
    const { runReplay } = await import('./commands/replay.ts');
    const stop = new AbortController();
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
    await runReplay(file, options, { output: process.stdout, errors: process.stderr, signal: stop.signal });
  });

const check = program.command('check').description('prove that what is stored is what it should be');

check
  .command('migrations')
  .description('migrate a scratch database and compare it with the entities; exit 1 when they differ')
  .action(async () => {
    const { checkMigrations } = await import('./commands/check-migrations.ts');
    await finish(await checkMigrations(process.stdout));
  });

check
  .command('audit')
  .description('recompute the chain of the event log; prints {"events":n,"findings":[…]}, exit 1 when something was changed')
  .option('--heads <file>', 'compare with the heads kept there as well: finds a tail cut off and a chain written anew')
  .option('--keep', 'when nothing is found, add the present head to that file; keep it where no administrator of the database may write')
  .action(async (options: AuditOptions) => {
    const { checkAuditTrail } = await import('./commands/check-audit.ts');
    await finish(await checkAuditTrail(options, process.stdout));
  });

check
  .command('clocks')
  .description('recompute every clock from its history; prints {"clocks":n,"different":0}, exit 1 when any differs')
  .action(async () => {
    const { checkAllClocks } = await import('./commands/check-clocks.ts');
    await finish(await checkAllClocks(process.stdout, process.stderr));
  });

check
  .command('metrics')
  .description('count the stored sums of the change figures again; prints {"changes":n,"different":0}, exit 1 when any differs')
  .action(async () => {
    const { checkMetricSums } = await import('./commands/check-metrics.ts');
    await finish(await checkMetricSums(process.stdout, process.stderr));
  });

async function finish(clean: boolean): Promise<void> {
  process.exitCode = clean ? EXIT.OK : EXIT.UNEXPECTED;
}

try {
  await program.parseAsync(process.argv);
} catch (error) {
  if (!(error instanceof Refusal) && !(error instanceof Failure)) throw error;
  console.error(error.message);
  process.exitCode = error instanceof Failure ? EXIT[error.code] : EXIT.UNEXPECTED;
}
