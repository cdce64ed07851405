import type { Actor } from '../../kernel/actor.ts';
import type { NodeKind } from '../../kernel/feature.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Database } from '../db/database.ts';
import { fromPrimary, type FigureReader } from '../db/read-replica.ts';
import type { LiveHub } from '../live/live-hub.ts';

/** What a resolver gets: who asks, the database, and loaders made fresh for each request or live event. */
export interface RequestContext {
  readonly database: Database;
  /** Null when not signed in. */
  readonly actor: Actor | null;
  /** Address and channel, for the audit trail: "http 10.0.0.7". */
  readonly origin: string;
  /** DataLoaders by name, made on first use. */
  readonly loaders: Map<string, unknown>;
  /** Screens that follow the log. */
  readonly live: LiveHub;
  readonly nodeKinds: readonly NodeKind[];
  /** "zh-CN" or "en", from Accept-Language, for texts that the server makes. */
  readonly locale: 'zh-CN' | 'en';
  /** Where figures are read, if elsewhere than in `database`. */
  readonly figures?: FigureReader;
  /** The cookie of a screen on a wall, for what gives and renews its identity; absent on WebSockets. */
  readonly screenCookie?: { readonly secret: string | null; readonly set: (secret: string) => void };
  /** Sets or clears the session cookie; absent on WebSockets. */
  readonly setSessionCookie?: (token: string | null) => void;
}

/** The actor, or the refusal that sends the client to sign-in (ORG-03). */
export function signedIn(context: RequestContext): Actor {
  if (context.actor) return context.actor;
  throw new Refusal('UNAUTHENTICATED', 'Sign in first, or send "Authorization: Bearer <token>".');
}

/** For what only reads and may be a replica's; what was just written is read from `database`. */
export function figuresOf({ figures, database }: Pick<RequestContext, 'figures' | 'database'>): FigureReader {
  return figures ?? fromPrimary(database);
}

/** The request's loader of that name: one batch per request, never shared between actors. */
export function loaderOf<T>(context: RequestContext, name: string, make: () => T): T {
  const kept = context.loaders.get(name);
  if (kept) return kept as T;
  const made = make();
  context.loaders.set(name, made);
  return made;
}
