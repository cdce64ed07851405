import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { PROJECT_DIRECTORY } from '../../server/src/platform/config.ts';

export interface ServerProcess {
  readonly url: string;
  readonly child: ChildProcess;
  /** Of its log so far: ERROR and worse, and what Node itself says there. */
  readonly complaints: () => readonly string[];
  /** Ends it, gently or not, and waits until it is gone. */
  end(signal: NodeJS.Signals): Promise<void>;
}

export interface ServerProcessOptions {
  readonly port?: number;
  readonly wallboardDirectory?: string;
  /** Modules that are loaded before it, to change the world in which it runs. */
  readonly preload?: readonly string[];
  /** Of Node. */
  readonly flags?: readonly string[];
}

/** Starts a server process on a migrated database and waits for its address; by default on any free port, without screens. */
export async function serverProcess(databaseUrl: string, { port = 0, wallboardDirectory = '', preload = [], flags = [] }: ServerProcessOptions = {}): Promise<ServerProcess> {
  const { PORT: _port, ...rest } = process.env;
  const screens = wallboardDirectory === '' ? {} : { SERVE_WALLBOARD: wallboardDirectory };
  const child = spawn(process.execPath, [...flags, ...['tsx', ...preload].flatMap((module) => ['--import', module]), 'test/support/serve.ts'], {
    cwd: PROJECT_DIRECTORY, env: { ...rest, ...screens, DATABASE_URL: databaseUrl, SERVE_PORT: String(port) }, stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const complaints: string[] = [];
  if (child.stderr) createInterface(child.stderr).on('line', (line) => {
    if (isComplaint(line)) complaints.push(line);
  });
  const url = await new Promise<string>((resolve, reject) => {
    let out = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      out += chunk.toString('utf8');
      const line = out.split('\n').find((candidate) => candidate.startsWith('{"url"'));
      if (line) resolve((JSON.parse(line) as { url: string }).url);
    });
    child.once('exit', (code) => reject(new Error(`the server ended (${code}): ${complaints.join('\n')}`)));
  });
  return {
    url, child, complaints: () => complaints,
    end: async (signal) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill(signal);
      await gone;
    },
  };
}

/** Levels as pino counts them: 50 is ERROR. */
function isComplaint(line: string): boolean {
  const level = /^\{"level":(\d+),/.exec(line)?.[1];
  return line !== '' && (level === undefined || Number(level) >= 50);
}
