import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors';

/** `away`: nobody answered. `forbidden`: one may not. `refused`: the question was wrong. `fault`: the server failed. */
export type FaultKind = 'away' | 'forbidden' | 'refused' | 'fault';

export interface Fault {
  readonly kind: FaultKind;
  /** The server's own sentence. */
  readonly message: string;
}

const REFUSED = new Set(['BAD_USER_INPUT', 'GRAPHQL_VALIDATION_FAILED', 'GRAPHQL_PARSE_FAILED', 'BAD_REQUEST']);

/** What kind of failure the error of a query is, by the codes of the API. */
export function describeFault(error: unknown): Fault {
  const message = error instanceof Error ? error.message : String(error);
  if (!CombinedGraphQLErrors.is(error)) return { kind: ServerError.is(error) && error.statusCode < 502 ? 'fault' : 'away', message };
  const codes = error.errors.map(({ extensions }) => String(extensions?.['code'] ?? ''));
  if (codes.includes('FORBIDDEN')) return { kind: 'forbidden', message };
  return { kind: codes.some((code) => REFUSED.has(code)) ? 'refused' : 'fault', message };
}
