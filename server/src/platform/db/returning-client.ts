import type { ClientConfig } from 'pg';
import { PreparingClient } from './statement.ts';

/**
 * Gives its place in the pool back when its connection dies at the edge of a transaction. Kysely releases a connection only after
 * "begin", "commit" or "rollback" succeeded: each transaction that met a dead one kept its place for ever, and a server whose
 * database had crashed a few times stood still until somebody restarted it (found by R2, 16 places).
 */
export class ReturningClient extends PreparingClient {
  constructor(config: string | ClientConfig | undefined, prepares: boolean) {
    super(config, prepares);
    const send = this.query.bind(this) as (...args: unknown[]) => unknown;
    const query = (...args: unknown[]): unknown => {
      const answer = send(...args);
      const [text] = args;
      if (typeof text !== 'string' || !(answer instanceof Promise)) return answer;
      if (text === 'rollback') return answer.catch(() => this.rolledBack());
      return /^(begin|start transaction)/.test(text) ? answer.catch((error: unknown) => this.notBegun(error)) : answer;
    };
    this.query = query as typeof this.query;
  }

  /** What ends with its connection is rolled back by that. Kysely then releases it, and the pool throws a dead one away. */
  private rolledBack(): object {
    (this as unknown as Inside).connection.stream.destroy();
    return { command: 'ROLLBACK', rowCount: null, rows: [], fields: [] };
  }

  private notBegun(error: unknown): never {
    (this as unknown as Inside).release?.(error);
    throw error;
  }
}

/** Parts that the types of pg leave out: the pool gives a client its way back. */
interface Inside {
  readonly connection: { readonly stream: { destroy(): void } };
  readonly release?: (error: unknown) => void;
}
