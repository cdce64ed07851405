import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { expressMiddleware } from '@as-integrations/express5';
import express, { type ErrorRequestHandler, type Express, type Request, type RequestHandler, type Response } from 'express';
import type { GraphQLSchema } from 'graphql';
import type { Actor } from '../kernel/actor.ts';
import { readCookie, SCREEN_COOKIE, SCREEN_HEADER, screenCookie, SESSION_COOKIE, sessionCookie } from '../platform/auth/cookie.ts';
import type { RequestContext } from '../platform/graphql/context.ts';
import { showError } from '../platform/graphql/errors.ts';
import { boundedOperation, LIMITS } from '../platform/graphql/limits.ts';
import { log } from '../platform/log/log.ts';
import type { Database } from '../platform/db/database.ts';
import { fillInDocument, plannedReads } from './planned-reads.ts';
import { serveAttachments } from './attachment-routes.ts';
import { serveDownloads, serveUploads } from './download-routes.ts';
import { screenUse, type Credentials } from './authentication.ts';

export interface HttpParts {
  readonly database: Database;
  readonly schema: GraphQLSchema;
  readonly wallboardDirectory: string | null;
  readonly authenticate: (credentials: Credentials) => Promise<Actor | null>;
  readonly contextFor: (actor: Actor | null, origin: string, extra: Partial<RequestContext>) => RequestContext;
  /** What is not ready yet, by name; empty when all is well. */
  readonly unready: () => Promise<Readonly<Record<string, string>>>;
  readonly group: ServerGroup | null;
  /** Addresses and networks whose word on the client is believed, beside this machine. */
  readonly proxies: readonly string[];
}

/** Several server processes behind one port, seen from one of them. */
export interface ServerGroup {
  readonly process: number;
  readonly neighbours: () => readonly object[];
}

/** GraphQL over HTTP, health, and the wallboard's files. */
export async function makeHttpApp(parts: HttpParts): Promise<{ app: Express; apollo: ApolloServer<RequestContext> }> {
  const apollo = new ApolloServer<RequestContext>({
    schema: parts.schema,
    introspection: true,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    persistedQueries: false,
    // The usual page would load scripts from elsewhere.
    plugins: [ApolloServerPluginLandingPageDisabled()],
    parseOptions: { maxTokens: LIMITS.tokens },
    validationRules: [boundedOperation],
    validationOptions: { maxErrors: LIMITS.errors },
    executionOptions: { maxCoercionErrors: LIMITS.errors },
    formatError: showError,
    logger: log,
  });
  await apollo.start();
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', ['loopback', ...parts.proxies]);
  app.use(securityHeaders);
  app.get('/healthz', (_request, response) => void response.json({ status: 'ok', ...(parts.group ? { process: parts.group.process } : {}) }));
  app.get('/readyz', (_request, response) => sayReadiness(parts, response));
  app.use('/graphql', express.json({ limit: LIMITS.bodyBytes }), plannedReads(parts), fillInDocument, expressMiddleware(apollo, { context: ({ req, res }) => requestContext(parts, req, res) }));
  serveAttachments(app, (request, response) => requestContext(parts, request, response));
  serveDownloads(app, (request, response) => requestContext(parts, request, response));
  serveUploads(app, (request, response) => requestContext(parts, request, response));
  if (parts.wallboardDirectory) serveWallboard(app, parts.wallboardDirectory);
  app.use(explainBadRequest);
  return { app, apollo };
}

const securityHeaders: RequestHandler = (_request, response, next) => {
  response.set({
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Content-Security-Policy':
      "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'",
  });
  next();
};

/** The status is that of the process which answers; of several behind one port, all are named with what they lack. */
async function sayReadiness({ unready, group }: HttpParts, response: Response): Promise<void> {
  const lacking = await unready();
  const ready = Object.keys(lacking).length === 0;
  const answer = ready ? { status: 'ready' } : { status: 'not ready', unready: lacking };
  response.status(ready ? 200 : 503).json({ ...answer, ...(group ? { process: group.process, processes: group.neighbours() } : {}) });
}

async function requestContext(parts: HttpParts, request: Request, response: Response): Promise<RequestContext> {
  const origin = `http ${request.ip ?? 'unknown'}`;
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? null;
  const onBehalfOf = request.get('X-On-Behalf-Of') ?? null;
  const secret = readCookie(request.headers.cookie, SCREEN_COOKIE);
  const screen = screenUse(request.get(SCREEN_HEADER), secret);
  const actor = await parts.authenticate({ cookieToken: readCookie(request.headers.cookie, SESSION_COOKIE), bearer, onBehalfOf, origin, screen });
  return parts.contextFor(actor, origin, {
    locale: request.acceptsLanguages('zh-CN', 'zh', 'en') === 'en' ? 'en' : 'zh-CN',
    screenCookie: { secret, set: (given) => void response.append('Set-Cookie', screenCookie(given, request.secure)) },
    setSessionCookie: (token) => void response.append('Set-Cookie', sessionCookie(token, request.secure)),
  });
}

/** Hashed files never change; the page that names them must always be asked for. */
function serveWallboard(app: Express, directory: string): void {
  const root = resolve(directory);
  app.use('/assets', express.static(resolve(root, 'assets'), { immutable: true, maxAge: '1y', index: false, fallthrough: false }));
  app.use(express.static(root, { maxAge: 0, index: false }));
  app.get(/^\/(?!graphql|healthz|readyz).*/, (_request, response) => {
    const page = resolve(root, 'index.html');
    if (!existsSync(page)) return void response.status(404).type('text').send('The wallboard is not built: run "pnpm build".');
    response.set('Cache-Control', 'no-cache').sendFile(page);
  });
}

/** A body that could not be read, as GraphQL errors: the limit is named, nothing was done. */
const explainBadRequest: ErrorRequestHandler = (error: { type?: string; status?: number }, _request, response, next) => {
  if (response.headersSent) return next(error);
  if (error.type === 'entity.too.large') {
    const message = `A request may have at most ${LIMITS.bodyBytes} bytes. Shorten its texts (a description has at most 100000 characters) and send files as attachments.`;
    return void response.status(413).json({ errors: [{ message, extensions: { code: 'TOO_LARGE', field: 'body' } }] });
  }
  const status = error.status ?? 500;
  if (status === 404) return void response.status(404).type('text').send('Not found');
  if (status < 500) return void response.status(status).json({ errors: [{ message: 'The request body is not readable JSON.', extensions: { code: 'BAD_REQUEST' } }] });
  log.error({ err: error }, 'a request failed');
  response.status(500).json({ errors: [{ message: 'Something went wrong on our side.', extensions: { code: 'INTERNAL_SERVER_ERROR' } }] });
};
