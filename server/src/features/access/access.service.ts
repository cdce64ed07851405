import { SYSTEM, type Actor } from '../../kernel/actor.ts';
import { requirePermission } from '../../kernel/actor-guard.ts';
import type { Instant } from '../../kernel/instant.ts';
import { toIso } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { requiredText } from '../../kernel/text.ts';
import { passwordMatches } from '../../platform/auth/password.ts';
import { tokenHash } from '../../platform/auth/token-hash.ts';
import type { Change, Database } from '../../platform/db/database.ts';
import type { Em } from '../../platform/db/orm.ts';
import { newId } from '../../platform/time/new-id.ts';
import { newSecret } from '../../platform/time/new-secret.ts';
import { PersonEntity, SessionEntity, SignInAttemptEntity, type Person } from './access.entity.ts';
import { actorOfPerson, actorOfToken, authorityOf, sessionBy, tokenBy, type SessionRow, type TokenRow } from './access.queries.ts';
import { nextAttemptAt, sessionExpiry, SIGN_IN_WINDOW, TOUCH_EVERY, type RecentFailures } from './access.rules.ts';
import { inTurn } from '../../platform/auth/in-turn.ts';

export interface Credentials {
  readonly cookieToken?: string | null;
  /** The token of `Authorization: Bearer <token>`; it prevails over a cookie. */
  readonly bearer?: string | null;
  /** The person of another system for whom an integrator acts (D-27), percent-encoded; needs the scope `act.onBehalfOf`. */
  readonly onBehalfOf?: string | null;
  /** Channel and address: "http 10.0.0.7". */
  readonly origin: string;
}

/**
 * Who asks. Null: nobody signed in, or the session is over.
 * @throws Refusal UNAUTHENTICATED for a bearer token that is unknown, revoked or expired (ORG-04)
 */
export async function authenticate(database: Database, { cookieToken, bearer, onBehalfOf, origin }: Credentials): Promise<Actor | null> {
  const em = database.em;
  if (bearer) {
    const token = await tokenBy(em, { hash: tokenHash(bearer) });
    if (token && (await tokenInUse(database, em, token))) return actingFor(actorOfToken(token, origin), onBehalfOf ?? null);
    throw new Refusal('UNAUTHENTICATED', 'The API token is unknown, revoked or expired; ask an administrator for a new one.');
  }
  if (!cookieToken) return null;
  const session = await sessionBy(em, { hash: tokenHash(cookieToken) });
  return session && (await sessionInUse(database, em, session)) ? actorOfPerson(session, origin) : null;
}

function actingFor(actor: Actor, onBehalfOf: string | null): Actor {
  if (onBehalfOf === null) return actor;
  requirePermission(actor, 'act.onBehalfOf');
  return { ...actor, onBehalfOf: requiredText(decoded(onBehalfOf), 'onBehalfOf') };
}

/** Header values are ASCII; names are not. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch (error) {
    if (error instanceof URIError) throw new Refusal('INVALID_INPUT', `"onBehalfOf" must be percent-encoded UTF-8, got "${value}".`, 'onBehalfOf');
    throw error;
  }
}

/**
 * Whether a live stream may go on: the session or token still holds and means the same rights as when the stream began (LIV-05).
 * One indexed statement; an open stream counts as use of the session.
 */
export async function actorStillValid(database: Database, actor: Actor): Promise<boolean> {
  if (actor.kind === 'system') return true;
  if (actor.kind === 'screen' || actor.credentialId === undefined) return false;
  const em = database.em;
  const now = await currentActor(database, em, actor.kind, actor.credentialId);
  return now !== null && authorityOf(now) === authorityOf(actor);
}

async function currentActor(database: Database, em: Em, kind: 'person' | 'token', credentialId: string): Promise<Actor | null> {
  if (kind === 'token') {
    const token = await tokenBy(em, { id: credentialId });
    return token && (await tokenInUse(database, em, token)) ? actorOfToken(token, '') : null;
  }
  const session = await sessionBy(em, { id: credentialId });
  return session && (await sessionInUse(database, em, session)) ? actorOfPerson(session, '') : null;
}

async function sessionInUse(database: Database, em: Em, { credentialId, createdAt, lastSeenAt, expiresAt }: SessionRow): Promise<boolean> {
  const now = await database.time.read(em);
  if (now >= expiresAt) return false;
  if (now - lastSeenAt >= TOUCH_EVERY) {
    const expiry = toIso(sessionExpiry(createdAt, now));
    await em.execute('update session set last_seen_at = ?::timestamptz, expires_at = ?::timestamptz where id = ?', [toIso(now), expiry, credentialId]);
  }
  return true;
}

async function tokenInUse(database: Database, em: Em, { id, expiresAt, lastUsedAt }: TokenRow): Promise<boolean> {
  const now = await database.time.read(em);
  if (expiresAt !== null && now >= expiresAt) return false;
  if (lastUsedAt === null || now - lastUsedAt >= TOUCH_EVERY) {
    await em.execute('update api_token set last_used_at = ?::timestamptz where id = ?', [toIso(now), id]);
  }
  return true;
}

export interface SignIn {
  readonly email: string;
  readonly password: string;
  readonly origin: string;
}

/**
 * Opens a session. The token goes into the cookie and is stored only as its digest.
 * @throws Refusal WRONG_CREDENTIALS (never telling whether the e-mail is known), RATE_LIMITED naming when to try again (ORG-04)
 */
export async function signIn(database: Database, { email, password, origin }: SignIn): Promise<{ token: string; person: Person }> {
  const attempt = { email: email.trim().toLowerCase().slice(0, 320), password: password.slice(0, 1000), origin };
  // One attempt at a time for each e-mail and address, so that a burst in parallel cannot slip under the limit.
  const result = await inTurn(`origin ${origin}`, () => inTurn(`email ${attempt.email}`, () => trySignIn(database, attempt)));
  if (result instanceof Refusal) throw result;
  return result;
}

/** Answers a refusal instead of throwing it: the failed attempt is a fact and must be committed. */
async function trySignIn(database: Database, attempt: SignIn): Promise<{ token: string; person: Person } | Refusal> {
  const actor: Actor = { ...SYSTEM('sign-in'), origin: attempt.origin };
  const now = await database.now();
  const again = nextAttemptAt(await recentFailures(database.em, attempt, now), now);
  if (again !== null) return database.change(actor, async (change) => refuseLimited(change, attempt, again));
  const person = await database.em.findOne(PersonEntity, { email: attempt.email });
  const right = await passwordMatches(attempt.password, person?.passwordHash ?? null);
  return database.change(actor, async (change) => (person?.active && right ? openSession(change, attempt, person) : refuseWrong(change, attempt)));
}

async function recentFailures(em: Em, { email, origin }: SignIn, now: Instant): Promise<RecentFailures> {
  const since = toIso(now - SIGN_IN_WINDOW);
  const ofEmail = await em.execute<{ at: Instant }[]>(
    // A success forgives the slips before it; the address has no such mercy, or one valid account would reset its limit.
    `select (extract(epoch from at) * 1000)::float8 as at from sign_in_attempt
     where email = ? and not succeeded and at > ?::timestamptz
       and at > coalesce((select max(at) from sign_in_attempt where email = ? and succeeded), '-infinity') order by at, id`,
    [email, since, email],
  );
  const ofOrigin = await em.execute<{ at: Instant }[]>(
    'select (extract(epoch from at) * 1000)::float8 as at from sign_in_attempt where origin = ? and not succeeded and at > ?::timestamptz order by at, id',
    [origin, since],
  );
  return { ofEmail: ofEmail.map(({ at }) => at), ofOrigin: ofOrigin.map(({ at }) => at) };
}

async function openSession(change: Change, { email, origin }: SignIn, person: Person): Promise<{ token: string; person: Person }> {
  const now = await change.now();
  const token = newSecret();
  const session = { id: newId(), tokenHash: tokenHash(token), personId: person.id, createdAt: now, lastSeenAt: now, expiresAt: sessionExpiry(now, now), revokedAt: null, origin };
  change.em.create(SessionEntity, session);
  change.em.create(SignInAttemptEntity, { id: newId(), email, origin, at: now, succeeded: true });
  change.emit({ type: 'session.opened', subjectKind: 'person', subjectId: person.id, occurredAt: now, after: { sessionId: session.id, origin } });
  return { token, person };
}

async function refuseWrong(change: Change, { email, origin }: SignIn): Promise<Refusal> {
  const now = await change.now();
  const attempt = change.em.create(SignInAttemptEntity, { id: newId(), email, origin, at: now, succeeded: false });
  change.emit({ type: 'sign-in.refused', subjectKind: 'sign-in', subjectId: attempt.id, occurredAt: now, after: { email, origin } });
  return new Refusal('WRONG_CREDENTIALS', 'E-mail and password do not match an active account.', 'password');
}

/** An attempt that was not even tried takes no slot: waiting the time out is always enough. */
async function refuseLimited(change: Change, { email, origin }: SignIn, again: Instant): Promise<Refusal> {
  change.emit({ type: 'sign-in.limited', subjectKind: 'sign-in', subjectId: newId(), occurredAt: await change.now(), after: { email, origin, again: toIso(again) } });
  return new Refusal('RATE_LIMITED', `Too many failed sign-ins; try again at ${toIso(again)}.`, null, { tryAgainAt: toIso(again) });
}

/** Ends the caller's session; signing out twice is no mistake. */
export async function signOut(database: Database, actor: Actor): Promise<void> {
  const { credentialId } = actor;
  if (actor.kind !== 'person' || credentialId === undefined) return;
  await database.change(actor, async (change) => {
    const now = await change.now();
    const ended = await change.em.nativeUpdate(SessionEntity, { id: credentialId, revokedAt: null }, { revokedAt: now });
    if (ended > 0) change.emit({ type: 'session.closed', subjectKind: 'person', subjectId: actor.id, occurredAt: now, after: { sessionId: credentialId } });
  });
}
