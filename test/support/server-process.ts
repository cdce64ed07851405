import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { PROJECT_DIRECTORY } from '../../server/src/platform/config.ts';

export interface ServerProcess {
  readonly url: string;
  readonly child: ChildProcess;
  /** Ends it, gently or not, and waits until it is gone. */
  end(signal: NodeJS.Signals): Promise<void>;
}

export interface ServerProcessOptions {
  readonly port?: number;
  readonly wallboardDirectory?: string;
  /** Modules that are loaded before it, to change the world in which it runs. */
  readonly preload?: readonly string[];
}

/** Starts a server process on a migrated database and waits for its address; by default on any free port, without screens. */
export async function serverProcess(databaseUrl: string, { port = 0, wallboardDirectory = '', preload = [] }: ServerProcessOptions = {}): Promise<ServerProcess> {
  const { PORT: _port, ...rest } = process.env;
  const screens = wallboardDirectory === '' ? {} : { SERVE_WALLBOARD: wallboardDirectory };
  const child = spawn(process.execPath, [...['tsx', ...preload].flatMap((module) => ['--import', module]), 'test/support/serve.ts'], {
    cwd: PROJECT_DIRECTORY, env: { ...rest, ...screens, DATABASE_URL: databaseUrl, SERVE_PORT: String(port) }, stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
  const url = await new Promise<string>((resolve, reject) => {
    let out = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      out += chunk.toString('utf8');
      const line = out.split('\n').find((candidate) => candidate.startsWith('{"url"'));
      if (line) resolve((JSON.parse(line) as { url: string }).url);
    });
    child.once('exit', (code) => reject(new Error(`the server ended (${code}): ${said}`)));
  });
  return {
    url, child,
    end: async (signal) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill(signal);
      await gone;
    },
  };
}
