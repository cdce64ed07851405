import type { Request, RequestHandler } from 'express';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import { holds, KeptActors, type KeptActor } from '../features/access/access-kept.service.ts';
import { Refusal } from '../kernel/refusal.ts';
import { readCookie, SCREEN_HEADER, SESSION_COOKIE } from '../platform/auth/cookie.ts';
import type { Database } from '../platform/db/database.ts';
import { preparedRow } from '../platform/db/prepared.ts';
import { plannerOf, type JsonPlan } from '../platform/graphql/json-document.ts';
import { PlannedDocuments } from '../platform/graphql/planned-documents.ts';
import { documentHash, trustedDocuments } from '../platform/graphql/trusted-documents.ts';
import { log } from '../platform/log/log.ts';
import { FEATURES } from './features.ts';

/** A body that names a trusted document gets its text; one that nobody knows is told so. */
export const fillInDocument: RequestHandler = (request, response, next) => {
  const body: unknown = request.body;
  const hash = isObject(body) ? documentHash(body) : null;
  if (hash === null || !isObject(body)) return next();
  const { documentId: _id, extensions: _extensions, ...rest } = body;
  // A client that knows of no server that knows it sends the text as well.
  const query = typeof body['query'] === 'string' ? body['query'] : trustedDocuments().get(hash);
  if (query === undefined) {
    const message = `There is no trusted document ${hash.slice(0, 64)}: send its text as "query", or a hash of schema/operations.json of this server's version.`;
    return void response.status(400).json({ errors: [{ message, extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }] });
  }
  request.body = { ...rest, query };
  next();
};

/**
 * Answers what one statement can answer: its JSON text goes out as PostgreSQL made it. Everything else, and whatever is doubtful, goes
 * on to the resolvers, which give the same answer (decisions/0029).
 */
export function plannedReads({ schema, database }: { readonly schema: GraphQLSchema; readonly database: Database }): RequestHandler {
  const documents = new PlannedDocuments(schema, plannerOf(schema, FEATURES));
  const actors = new KeptActors();
  return async (request, response, next) => {
    const plan = planFor(documents, request);
    const text = plan && (await answer(database, actors, { plan, request }));
    if (text === null) return next();
    response.writeHead(200, { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store', 'Content-Length': Buffer.byteLength(text) }).end(text);
  };
}

/** Only the usual form of a request: others have rules of their own, which Apollo knows. */
function planFor(documents: PlannedDocuments, request: Request): JsonPlan | null {
  const body: unknown = request.body;
  const { accept } = request.headers;
  if (request.method !== 'POST' || !isObject(body) || !request.is('application/json')) return null;
  if (accept !== undefined && accept !== '*/*' && accept !== 'application/json') return null;
  if (request.headers[SCREEN_HEADER.toLowerCase()] !== undefined || request.headers['x-on-behalf-of'] !== undefined) return null;
  const hash = documentHash(body);
  const plan = hash === null ? (typeof body['query'] === 'string' ? documents.ofText(body['query']) : null) : documents.ofHash(hash);
  const name = body['operationName'] ?? null;
  return plan && (name === null || name === plan.name) ? plan : null;
}

async function answer(database: Database, actors: KeptActors, { plan, request }: { readonly plan: JsonPlan; readonly request: Request }): Promise<string | null> {
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? null;
  const kept = await actors.of(database, { bearer, cookieToken: readCookie(request.headers.cookie, SESSION_COOKIE) });
  const variables: unknown = request.body.variables ?? {};
  if (!kept || !isObject(variables)) return null;
  const statement = statementFor(plan, kept, { variables, clock: database.time.sql });
  const row = statement && (await preparedRow(database, statement).catch(leaveToResolvers));
  if (!row) return null;
  const [facts, seen, expires, now, stale, data] = row;
  if (!holds(kept, { facts, seen, expires }, Number(now))) {
    if (facts !== kept.facts) actors.forget(kept);
    return null;
  }
  return stale === false ? `{"data":{"${plan.key}":${data === null ? 'null' : String(data)}}}\n` : null;
}

/** They fail too where the database does, and say so to the client. */
function leaveToResolvers(error: unknown): null {
  log.warn({ err: error }, 'a planned statement failed; the resolvers answer');
  return null;
}

/** What the rules refuse, the resolvers refuse in their own words. */
function statementFor(plan: JsonPlan, { actor, confirm }: KeptActor, { variables, clock }: { readonly variables: Readonly<Record<string, unknown>>; readonly clock: string }) {
  try {
    return plan.statement(actor, variables, { who: confirm, clock });
  } catch (error) {
    if (error instanceof Refusal || error instanceof GraphQLError) return null;
    throw error;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
