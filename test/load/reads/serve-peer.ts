import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool } from 'pg';
import { serveParent } from '../harness/child.ts';

/** The same number of connections as our server has. */
export const pool = new Pool({ connectionString: process.env['DATABASE_URL'], max: 16, options: '-c timezone=UTC -c jit=off' });
pool.on('error', () => undefined);

/** The digest of a request's bearer token, as it is stored. */
export function digestOf(authorization: string | undefined): string {
  return createHash('sha256').update(authorization?.slice('Bearer '.length) ?? '').digest('hex');
}

export async function bodyOf(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

export interface Asked {
  readonly operationName?: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** Says where it listens, and ends with the process that started it. */
export function announce(url: string): void {
  serveParent({ url }, {});
}

export function listen(server: Server): void {
  server.listen(0, '127.0.0.1', () => announce(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
}

export { createServer };
