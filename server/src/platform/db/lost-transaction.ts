import type { Socket } from 'node:net';
import type { Client, PoolClient } from 'pg';

const NOTHING = { command: 'ROLLBACK', rowCount: 0, oid: 0, fields: [], rows: [] } as const;

/**
 * Gives a connection that is lost at the edge of a transaction back to its pool. Kysely does so only after "begin", "commit" or "rollback"
 * succeeded: each that met a dead one kept its place for ever, and a server whose database had crashed a few times stood still until
 * somebody restarted it (R2, R11). A rollback there succeeds, as PostgreSQL has taken everything back by itself; a commit that fails is
 * followed by one; what could not begin is given back here.
 */
export function returnLostConnection(client: Client, socket: () => Socket): void {
  const ended = Promise.withResolvers<void>();
  client.once('end', () => ended.resolve());
  const send = client.query.bind(client) as (...args: unknown[]) => unknown;
  const rolledBack = async () => {
    // Whatever the reason: nobody may find an open transaction on it. The pool throws an ended connection away.
    socket().destroy();
    await ended.promise;
    return NOTHING;
  };
  const notBegun = (error: Error): never => {
    // The pool gives a client its way back; one that was not taken from a pool has none.
    (client as Partial<PoolClient>).release?.(error);
    throw error;
  };
  const returning = (...args: unknown[]): unknown => {
    const sent = send(...args);
    const [text] = args;
    if (typeof text !== 'string' || !(sent instanceof Promise)) return sent;
    if (text === 'rollback') return sent.catch(rolledBack);
    return /^(begin|start transaction)/.test(text) ? sent.catch(notBegun) : sent;
  };
  client.query = returning as typeof client.query;
}
