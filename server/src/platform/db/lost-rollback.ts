import type { Socket } from 'node:net';
import type { Client } from 'pg';

const NOTHING = { command: 'ROLLBACK', rowCount: 0, oid: 0, fields: [], rows: [] } as const;

/**
 * Lets a rollback succeed on a connection that is gone: PostgreSQL has taken everything back by itself. Kysely gives a connection back
 * only after a rollback that succeeded; one whose backend was ended in the middle of a transaction was kept from the pool for ever, and
 * the server stood still when the pool was used up (R11).
 */
export function forgiveLostRollback(client: Client, socket: () => Socket): void {
  const ended = Promise.withResolvers<void>();
  client.once('end', () => ended.resolve());
  const send = client.query.bind(client) as (...args: unknown[]) => unknown;
  const forgiving = (...args: unknown[]): unknown => {
    const sent = send(...args);
    if (args[0] !== 'rollback' || !(sent instanceof Promise)) return sent;
    return sent.catch(async () => {
      // Whatever the reason: nobody may find an open transaction on it. The pool throws an ended connection away.
      socket().destroy();
      await ended.promise;
      return NOTHING;
    });
  };
  client.query = forgiving as typeof client.query;
}
