import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { createSourceEventStream, execute, GraphQLError, Kind, type DocumentNode, type ExecutionArgs, type ExecutionResult, type GraphQLSchema } from 'graphql';
import type { Context, SubscribePayload } from 'graphql-ws';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Actor } from '../kernel/actor.ts';
import { Refusal } from '../kernel/refusal.ts';
import { readCookie, SCREEN_COOKIE, SCREEN_HEADER, SESSION_COOKIE } from '../platform/auth/cookie.ts';
import type { RequestContext } from '../platform/graphql/context.ts';
import { showGraphqlError } from '../platform/graphql/errors.ts';
import { LIMITS } from '../platform/graphql/limits.ts';
import type { AuthorityWatch } from '../platform/live/authority-watch.ts';
import { LiveMessage } from '../platform/live/live-message.ts';
import { LiveStream } from '../platform/live/live-stream.ts';
import { follow } from '../platform/live/live-sender.ts';
import type { LiveHub } from '../platform/live/live-hub.ts';
import { rememberStream } from '../platform/live/wire.ts';
import { KeptDocuments } from '../platform/graphql/kept-documents.ts';
import { screenUse, type Credentials } from './authentication.ts';
import { speakProtocol, type Carried } from './websocket-protocol.ts';

export interface WebSocketParts {
  readonly schema: GraphQLSchema;
  readonly live: LiveHub;
  readonly watch: AuthorityWatch;
  readonly authenticate: (credentials: Credentials) => Promise<Actor | null>;
  readonly contextFor: (actor: Actor, origin: string) => RequestContext;
}

/** Close codes of ours beside those of graphql-transport-ws; documented in schema/README.md. */
const RIGHTS_LOST = { code: 4403, reason: 'RIGHTS_LOST' } as const;
const MOST_SUBSCRIPTIONS = 50;

interface Connection {
  actor: Actor;
  origin: string;
}

const connections = new WeakMap<WebSocket, Connection>();
/** Which operation a context belongs to, from `onSubscribe` to `subscribe`. */
const operations = new WeakMap<object, { socket: WebSocket; id: string; documentKey: string }>();

/** graphql-transport-ws on `/graphql`: live streams are shared (architecture §5), other operations run as over HTTP. */
export function openWebSockets(server: Server, parts: WebSocketParts): { close(): Promise<void> } {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LIMITS.bodyBytes, perMessageDeflate: false, autoPong: false });
  const documents = new KeptDocuments(parts.schema);
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const refusal = refuseUpgrade(request);
    if (refusal) return void socket.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\n\r\n`);
    sockets.handleUpgrade(request, socket, head, (opened) => {
      rememberStream(opened, socket);
      sockets.emit('connection', opened, request);
    });
  };
  server.on('upgrade', upgrade);
  const protocol = speakProtocol(sockets, {
    schema: parts.schema,
    onConnect: (context) => connect(context, parts),
    onSubscribe: (context, id, payload) => prepare(context, id, payload, parts, documents),
    subscribe: (args) => subscribeLive(args, parts.live).catch(asResult),
    execute: async (args) => shown(await execute(args)),
    onError: (_context, _id, _payload, errors) => errors.map((error) => (error instanceof GraphQLError ? showGraphqlError(error) : error)),
  });
  return {
    close: async () => {
      server.off('upgrade', upgrade);
      for (const socket of sockets.clients) setTimeout(() => socket.terminate(), 2000).unref();
      await protocol.close();
    },
  };
}

/** A page of another origin must not use the visitor's cookie (CSWSH). Programs send no Origin. */
function refuseUpgrade(request: IncomingMessage): string | null {
  if (new URL(request.url ?? '/', 'http://localhost').pathname !== '/graphql') return '404 Not Found';
  const { origin, host } = request.headers;
  if (origin === undefined || (URL.canParse(origin) && new URL(origin).host === host)) return null;
  return '403 Forbidden';
}

async function connect(context: Context<Record<string, unknown>, Carried>, parts: WebSocketParts): Promise<boolean> {
  const { socket, request } = context.extra;
  const given = context.connectionParams?.['authorization'] ?? request.headers.authorization;
  const credentials = {
    cookieToken: readCookie(request.headers.cookie, SESSION_COOKIE),
    bearer: typeof given === 'string' ? given.replace(/^Bearer\s+/i, '') : null,
    origin: `ws ${request.socket.remoteAddress ?? 'unknown'}`,
    screen: screenUse(context.connectionParams?.[SCREEN_HEADER], readCookie(request.headers.cookie, SCREEN_COOKIE)),
  };
  const actor = await parts.authenticate(credentials).catch(nobody);
  if (!actor) return false;
  // It may be gone meanwhile, and whoever waits for its end from now on waits for ever.
  if (socket.readyState !== socket.OPEN) return false;
  // Each operation waits for the socket's end.
  socket.setMaxListeners(MOST_SUBSCRIPTIONS + 10);
  connections.set(socket, { actor, origin: credentials.origin });
  const stop = parts.watch.add({
    actor,
    lost: () => socket.close(RIGHTS_LOST.code, RIGHTS_LOST.reason),
  });
  socket.once('close', stop);
  return true;
}

/** A token that is refused ends the connection with 4403, like none at all. */
function nobody(error: unknown): null {
  if (error instanceof Refusal) return null;
  throw error;
}

async function prepare(
  context: Context<Record<string, unknown>, Carried>, id: string, payload: SubscribePayload, parts: WebSocketParts, documents: KeptDocuments,
): Promise<ExecutionArgs | readonly GraphQLError[]> {
  const { socket } = context.extra;
  const connection = connections.get(socket);
  if (!connection) return [new GraphQLError('Sign in first.', { extensions: { code: 'UNAUTHENTICATED' } })];
  if (Object.keys(context.subscriptions).length > MOST_SUBSCRIPTIONS) {
    return [new GraphQLError(`A connection may have at most ${MOST_SUBSCRIPTIONS} operations at once.`, { extensions: { code: 'LIMIT_EXCEEDED' } })];
  }
  const read = documents.read(payload.query);
  if ('errors' in read) return read.errors;
  const contextValue = parts.contextFor(connection.actor, connection.origin);
  const variables = payload.variables ?? {};
  operations.set(contextValue, { socket, id, documentKey: documentKeyOf(read.document, payload, variables) });
  return { schema: parts.schema, document: read.document, operationName: payload.operationName ?? null, variableValues: variables, contextValue };
}

/** The cursor is each screen's own; everything else of the operation must be equal for sharing its execution. */
function documentKeyOf(document: DocumentNode, payload: SubscribePayload, variables: Record<string, unknown>): string {
  const cursors = new Set<string>();
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    for (const { variable, type } of definition.variableDefinitions ?? []) {
      if (type.kind === Kind.NAMED_TYPE && type.name.value === 'FeedCursor') cursors.add(variable.name.value);
    }
  }
  const shared = Object.entries(variables).filter(([name]) => !cursors.has(name)).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([payload.query, payload.operationName ?? null, shared]);
}

async function subscribeLive(args: ExecutionArgs, live: LiveHub): Promise<AsyncGenerator<ExecutionResult> | ExecutionResult> {
  const source = await createSourceEventStream(args);
  if ('errors' in source && source.errors) return shown(source);
  const operation = operations.get(args.contextValue as object);
  if (!(source instanceof LiveStream) || !operation) throw new Error('Must hold: every subscription answers with a live stream');
  const { contextValue, ...rest } = args;
  const audience = live.audienceOf(source.cohort, operation.documentKey, async (message) => {
    // Fresh loaders for each message: graphql keeps one context for the life of a subscription.
    const fresh = { ...(contextValue as RequestContext), loaders: new Map<string, unknown>() };
    return new LiveMessage(`{"type":"next","payload":${JSON.stringify(shown(await execute({ ...rest, rootValue: message, contextValue: fresh })))}`);
  });
  return follow(operation.socket, operation.id, audience, source.after);
}

/** What went wrong while joining is told like any other error; the socket and its other operations go on. */
function asResult(error: unknown): ExecutionResult {
  const wrapped = error instanceof GraphQLError ? error : new GraphQLError('failed', { originalError: error instanceof Error ? error : new Error(String(error)) });
  return { errors: [showGraphqlError(wrapped)] };
}

function shown(result: ExecutionResult): ExecutionResult {
  return result.errors ? { ...result, errors: result.errors.map(showGraphqlError) } : result;
}
