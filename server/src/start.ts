import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * `pnpm start`. This file alone must be readable by any Node that can start pnpm, so it imports nothing of ours
 * before it knows that it runs on the Node that the project brings.
 */
const WANTED = 26;

async function main(): Promise<number> {
  if (Number.parseInt(process.versions.node, 10) >= WANTED) {
    const { startWatchfloor } = await import('./app/start/start-watchfloor.ts');
    return startWatchfloor(process.argv.slice(2), process.env);
  }
  const node = fileURLToPath(new URL('../../node_modules/.bin/node', import.meta.url));
  if (existsSync(node) && !process.env['WATCHFLOOR_NODE_TRIED']) return runAgainOn(node);
  console.error(`Watchfloor needs Node ${WANTED}, this is ${process.version}. It brings its own: run "npx -y pnpm@12.21.0 start".`);
  return 13;
}

/** The channel closes when we die, by kill -9 too; the other process then stops as if by Ctrl-C. */
function runAgainOn(node: string): Promise<number> {
  const child = spawn(node, [...process.execArgv, ...process.argv.slice(1)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'], env: { ...process.env, WATCHFLOOR_NODE_TRIED: 'yes' },
  });
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => child.kill(name));
  return new Promise((resolve, reject) => child.once('error', reject).once('exit', (code) => resolve(code ?? 1)));
}

process.exit(await main());
