import type { Permission } from './permission.ts';

/**
 * Who does it, and where from. Made by `platform/auth` from a session or token, handed to every service.
 * `system` acts for timers and imports and holds every permission.
 */
export interface Actor {
  readonly kind: 'person' | 'token' | 'screen' | 'system';
  /** Person id; for a token or screen its own id; for the system its job ("timer", "import"). */
  readonly id: string;
  readonly name: string;
  /** What this actor may do, each within a scope. */
  readonly grants: readonly Grant[];
  /** Set for a customer's own people: they see only this customer's records (ORG-03). */
  readonly customerId: string | null;
  /** The teams whose member this person is. */
  readonly teamIds: readonly string[];
  /** Channel and address it came from: "api 127.0.0.1", "import", "timer". */
  readonly origin: string;
  /** An integrator acting for a person of another system (D-27). */
  readonly onBehalfOf?: string;
  /** The session or token it signed in by: what a live stream asks about again (LIV-05). Absent for the system. */
  readonly credentialId?: string;
  /** Set for a screen: the only boards that it may see (ORG-03). */
  readonly boardIds?: readonly string[];
}

/** A set of permissions, everywhere or limited to one customer or one team (ORG-01). */
export interface Grant {
  readonly role: string;
  readonly permissions: ReadonlySet<Permission>;
  readonly customerId: string | null;
  readonly teamId: string | null;
}

/** What a permission is asked for. */
export interface Scope {
  readonly customerId?: string | null;
  readonly teamId?: string | null;
}

/** Whether one of the actor's grants gives the permission for that customer and team (ORG-03). */
export function may(actor: Actor, permission: Permission, scope: Scope = {}): boolean {
  if (actor.kind === 'system') return true;
  if (actor.customerId !== null && scope.customerId !== undefined && scope.customerId !== actor.customerId) return false;
  return actor.grants.some(
    (grant) =>
      grant.permissions.has(permission) &&
      (grant.customerId === null || scope.customerId === undefined || grant.customerId === scope.customerId) &&
      (grant.teamId === null || scope.teamId === undefined || grant.teamId === scope.teamId),
  );
}

/** Does the actor hold that role anywhere (for rules that name a role, e.g. "closed by the service desk only")? */
export function holdsRole(actor: Actor, ...roles: readonly string[]): boolean {
  return actor.kind === 'system' || actor.grants.some((grant) => roles.includes(grant.role));
}

export const SYSTEM = (id: string): Actor => ({
  kind: 'system', id, name: id, grants: [], customerId: null, teamIds: [], origin: id,
});
