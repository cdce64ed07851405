import { serveProcesses, type ServeOptions } from '../app/processes/serve-processes.ts';

export type { ServeOptions };

/** `watchfloor serve --processes N`; answers the exit code. */
export function runServe(options: ServeOptions): Promise<number> {
  return serveProcesses(options, process.env);
}
