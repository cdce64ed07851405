import type { Actor } from '../../kernel/actor.ts';
import type { Instant } from '../../kernel/instant.ts';
import { tokenHash } from '../../platform/auth/token-hash.ts';
import type { Database } from '../../platform/db/database.ts';
import { preparedRow, type Sql } from '../../platform/db/prepared.ts';
import { actorOfPerson, actorOfToken, credentialSql, type Credential } from './access.queries.ts';
import { TOUCH_EVERY } from './access.rules.ts';

/** Who a session or token was, by the facts that made them so. */
export interface KeptActor {
  readonly key: string;
  readonly actor: Actor;
  /** Everything that the actor is made of, as the database wrote it. */
  readonly facts: string;
  /** One row of facts, last use and end, for a statement that confirms it in the same snapshot as what it reads. */
  readonly confirm: Sql;
}

const MOST = 10_000;

/**
 * Actors of sessions and tokens, so that a read need not ask who asks before it asks its question: the question's own statement reads
 * the facts again, and its answer counts only if they are the same to the letter (`holds`). Nothing is trusted for a while: a
 * revoked session, a taken role or an expired token is noticed by the first statement after it, as without this (decisions/0029).
 */
export class KeptActors {
  private readonly kept = new Map<string, KeptActor>();

  /** Null for what is unknown, ended or has been idle for so long that its use is to be noted: then `authenticate` decides. */
  async of(database: Database, { cookieToken, bearer }: { readonly cookieToken: string | null; readonly bearer: string | null }): Promise<KeptActor | null> {
    const token = bearer ?? cookieToken;
    if (token === null) return null;
    const credential: Credential = { kind: bearer === null ? 'session' : 'token', hash: tokenHash(token) };
    const key = `${credential.kind} ${credential.hash}`;
    return this.kept.get(key) ?? this.learn(database, key, credential);
  }

  /** To be called when its row no longer says the same. */
  forget({ key }: KeptActor): void {
    this.kept.delete(key);
  }

  private async learn(database: Database, key: string, credential: Credential): Promise<KeptActor | null> {
    const confirm = credentialSql(credential);
    const row = await preparedRow(database, confirm);
    const facts = row?.[0];
    if (typeof facts !== 'string') return null;
    const actor = credential.kind === 'token' ? actorOfToken(JSON.parse(facts), '') : actorOfPerson(JSON.parse(facts), '');
    const made: KeptActor = { key, actor, facts, confirm };
    if (this.kept.size >= MOST) this.kept.delete(this.kept.keys().next().value ?? key);
    this.kept.set(key, made);
    return made;
  }
}

/** Whether the credential's row of a statement still says what was kept, and neither its end nor the noting of its use is due. */
export function holds(kept: KeptActor, row: { readonly facts: unknown; readonly seen: unknown; readonly expires: unknown }, now: Instant): boolean {
  if (row.facts !== kept.facts) return false;
  const ended = typeof row.expires === 'number' ? now >= row.expires : row.expires !== null;
  return !ended && typeof row.seen === 'number' && now - row.seen < TOUCH_EVERY;
}
