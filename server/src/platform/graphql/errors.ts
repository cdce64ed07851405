import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { Refusal } from '../../kernel/refusal.ts';
import { refusalOfDatabase } from '../db/refusal-of.ts';
import { log } from '../log/log.ts';
import { newId } from '../time/new-id.ts';

/** Codes that graphql and Apollo give to what is malformed; they are the client's to mend and are shown as they are. */
const MALFORMED = new Set([
  'GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT', 'BAD_REQUEST', 'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND', 'PERSISTED_QUERY_NOT_SUPPORTED', 'LIMIT_EXCEEDED',
]);

/** Ours alone: the message is masked, and the log line is found by `errorId` (architecture §7). */
const MASKED = 'Something went wrong on our side. Give this errorId to support.';

/** What a client sees of an error: refusals with code, field and detail; malformed requests as they are; the rest masked and logged once. */
export function showError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const refusal = refusalOf(error);
  const place = { ...(formatted.locations && { locations: formatted.locations }), ...(formatted.path && { path: formatted.path }) };
  if (refusal) {
    const { message, code, field, detail } = refusal;
    return { message, ...place, extensions: { code, field, ...(Object.keys(detail).length > 0 && { detail }) } };
  }
  const limit = formatted.extensions?.['limit'];
  // Apollo calls every finding of a rule a failed validation; what is too large is another thing to mend.
  const code = limit ? 'LIMIT_EXCEEDED' : formatted.extensions?.['code'];
  if (typeof code === 'string' && MALFORMED.has(code)) return { message: formatted.message, ...place, extensions: { code, ...(limit ? { limit } : {}) } };
  const errorId = newId();
  log.error({ errorId, path: formatted.path, err: originOf(error) }, 'a GraphQL operation failed');
  return { message: MASKED, ...place, extensions: { code: 'INTERNAL_SERVER_ERROR', errorId } };
}

/** The same for an error that did not come through Apollo (live streams, operations over a WebSocket). */
export function showGraphqlError(error: GraphQLError): GraphQLError {
  const { message, extensions } = showError(error.toJSON(), error);
  return new GraphQLError(message, { nodes: error.nodes ?? null, path: error.path ?? null, extensions: extensions ?? {} });
}

function refusalOf(error: unknown): Refusal | null {
  const origin = originOf(error);
  return origin instanceof Refusal ? origin : refusalOfDatabase(origin);
}

/** Coercion and execution both wrap what was thrown, sometimes twice. */
function originOf(error: unknown): unknown {
  let origin = error;
  while (origin instanceof GraphQLError && origin.originalError) origin = origin.originalError;
  return origin;
}
