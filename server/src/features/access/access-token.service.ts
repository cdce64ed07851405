import { LockMode } from '@mikro-orm/core';
import type { Actor } from '../../kernel/actor.ts';
import { requirePermission } from '../../kernel/actor-guard.ts';
import { toIso, type Instant } from '../../kernel/instant.ts';
import type { Permission } from '../../kernel/permission.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { requiredText } from '../../kernel/text.ts';
import { tokenHash } from '../../platform/auth/token-hash.ts';
import type { Database } from '../../platform/db/database.ts';
import { newId } from '../../platform/time/new-id.ts';
import { newSecret } from '../../platform/time/new-secret.ts';
import { ApiTokenEntity, type ApiToken } from './access.entity.ts';
import { isPermission, SCREEN_SCOPES } from './access.rules.ts';

export interface NewToken {
  readonly name: string;
  readonly kind: 'integrator' | 'screen';
  /** Permissions of an integrator; a screen always has the one to read its board. */
  readonly scopes?: readonly string[] | null;
  readonly customerId?: string | null;
  readonly teamId?: string | null;
  readonly boardId?: string | null;
  /** Null: until revoked. */
  readonly expiresAt?: Instant | null;
}

/** Makes an API token. `plain` is shown this once: only its digest is stored (ORG-04). Needs `token.edit`. */
export async function createToken(database: Database, actor: Actor, input: NewToken): Promise<{ token: ApiToken; plain: string }> {
  requirePermission(actor, 'token.edit');
  const scopes = input.kind === 'screen' ? screenScopes(input) : integratorScopes(input);
  return database.change(actor, async ({ em, emit, now }) => {
    const createdAt = await now();
    if (input.expiresAt != null && input.expiresAt <= createdAt) {
      throw new Refusal('OUT_OF_RANGE', `"expiresAt" must lie after now (${toIso(createdAt)}), got ${toIso(input.expiresAt)}.`, 'expiresAt');
    }
    const plain = `wf_${newSecret()}`;
    const token = em.create(ApiTokenEntity, {
      id: newId(), name: requiredText(input.name, 'name'), kind: input.kind, tokenHash: tokenHash(plain), scopes: [...scopes],
      customerId: input.customerId ?? null, teamId: input.teamId ?? null, boardId: input.boardId ?? null,
      createdBy: actor.kind === 'person' ? actor.id : null, createdAt, expiresAt: input.expiresAt ?? null, lastUsedAt: null, revokedAt: null,
    });
    emit({ type: 'token.created', subjectKind: 'token', subjectId: token.id, occurredAt: createdAt, after: shown(token) });
    return { token, plain };
  });
}

/** Ends a token at once; open streams of it end within seconds. Revoking twice is no mistake. Needs `token.edit`. */
export async function revokeToken(database: Database, actor: Actor, tokenId: string): Promise<ApiToken> {
  requirePermission(actor, 'token.edit');
  return database.change(actor, async ({ em, emit, now }) => {
    const token = await em.findOne(ApiTokenEntity, { id: tokenId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!token) throw new Refusal('NOT_FOUND', `There is no token "${tokenId}".`, 'tokenId');
    if (token.revokedAt !== null) return token;
    token.revokedAt = await now();
    emit({ type: 'token.revoked', subjectKind: 'token', subjectId: token.id, occurredAt: token.revokedAt, before: shown(token) });
    return token;
  });
}

function integratorScopes({ scopes, boardId }: NewToken): readonly Permission[] {
  if (boardId) throw new Refusal('INVALID_INPUT', 'Only a screen is bound to a board; leave "boardId" out.', 'boardId');
  const given = scopes ?? [];
  const unknown = given.find((scope) => !isPermission(scope));
  if (unknown !== undefined) throw new Refusal('INVALID_INPUT', `"${unknown}" is not a permission.`, 'scopes');
  if (given.length === 0) throw new Refusal('MISSING_FIELD', '"scopes" must name at least one permission, e.g. incident.read.', 'scopes');
  return [...new Set(given.filter(isPermission))];
}

function screenScopes({ scopes, boardId }: NewToken): readonly Permission[] {
  if (!boardId) throw new Refusal('MISSING_FIELD', 'A screen needs the "boardId" of the board that it shows.', 'boardId');
  const more = scopes?.find((scope) => !SCREEN_SCOPES.some((allowed) => allowed === scope));
  if (more !== undefined) throw new Refusal('INVALID_INPUT', `A screen can only read its board, not "${more}".`, 'scopes');
  return SCREEN_SCOPES;
}

function shown({ name, kind, scopes, customerId, teamId, boardId, expiresAt }: ApiToken) {
  return { name, kind, scopes, customerId, teamId, boardId, expiresAt: expiresAt === null ? null : toIso(expiresAt) };
}
