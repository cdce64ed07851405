import type { Actor } from '../../kernel/actor.ts';
import { requirePermission } from '../../kernel/actor-guard.ts';
import type { Instant } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Database } from '../../platform/db/database.ts';
import { ms } from '../../platform/db/ms.ts';
import type { Frame, LiveView, Reading, Step } from '../../platform/live/live-view.ts';
import type { LoggedEvent } from '../../platform/live/logged-event.ts';
import { allOf, withinScope } from './open-incidents.queries.ts';
import { visibleScope, type VisibleScope } from './visible-scope.rules.ts';

export interface WaitingHandoff {
  readonly id: string;
  readonly incidentId: string;
  readonly number: string;
  readonly title: string;
  readonly level: string;
  readonly customer: string;
  readonly fromTeam: string | null;
  readonly toTeam: string;
  readonly incoming: boolean;
  readonly reason: string;
  readonly since: Instant;
  readonly ageingStep: number;
  readonly unusual: boolean;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The handoffs that wait for a team or that it waits for (HND-05, WBD-06). There are tens of them: each delta may name all. */
export class HandoffView implements LiveView<readonly WaitingHandoff[]> {
  readonly key: string;
  private readonly teamId: string | null;
  private readonly scope: VisibleScope;

  constructor(teamId: string | null, actor: Actor) {
    requirePermission(actor, 'incident.read');
    if (teamId !== null && !UUID.test(teamId)) throw new Refusal('INVALID_INPUT', `"teamId" must be an id that this API gave, got "${teamId.slice(0, 60)}".`, 'teamId');
    this.teamId = teamId;
    this.scope = visibleScope(actor, 'incident.read');
    this.key = `handoffs ${teamId ?? 'all'}`;
  }

  concerns({ type, teamIds }: LoggedEvent): boolean {
    return (this.teamId === null || teamIds.includes(this.teamId)) && (type.startsWith('handoff.') || type === 'incident.closed' || type === 'incident.regraded');
  }

  changesByTime(): boolean {
    return false;
  }

  async evaluate({ em }: Reading): Promise<readonly WaitingHandoff[]> {
    const scope = allOf([withinScope(this.scope)]);
    return em.execute<WaitingHandoff[]>(
      `select h.id, t.id as "incidentId", t.number, t.title, i.level, c.name as customer, f.name as "fromTeam", g.name as "toTeam", coalesce(h.to_team_id = ?::uuid, false) as incoming,
         h.reason, ${ms('h.requested_at')} as since, h.ageing_step as "ageingStep", h.unusual
       from handoff h join ticket t on t.id = h.ticket_id join incident i on i.ticket_id = t.id join customer c on c.id = t.customer_id
         join team g on g.id = h.to_team_id left join team f on f.id = h.from_team_id
       where h.state = 'waiting' and (?::uuid is null or h.to_team_id = ?::uuid or h.from_team_id = ?::uuid) and (${scope.sql})
       order by h.requested_at, h.id limit 500`,
      [this.teamId, this.teamId, this.teamId, this.teamId, ...scope.parameters],
    );
  }

  snapshot(handoffs: readonly WaitingHandoff[], frame: Frame): object {
    return { __typename: 'HandoffsSnapshot', ...frame, handoffs };
  }

  delta(before: readonly WaitingHandoff[], after: readonly WaitingHandoff[], { fromSeq, toSeq, asOf }: Step): object | null {
    const old = new Map(before.map((handoff) => [handoff.id, JSON.stringify(handoff)]));
    const upserts = after.filter((handoff) => old.get(handoff.id) !== JSON.stringify(handoff));
    const here = new Set(after.map(({ id }) => id));
    const removals = before.filter(({ id }) => !here.has(id)).map(({ id }) => id);
    return upserts.length + removals.length === 0 ? null : { __typename: 'HandoffsDelta', fromSeq, toSeq, asOf, upserts, removals };
  }

  /** A handoff's id is not in its ticket's cursor, so a screen that was away starts from the few that wait now. */
  resume(): null {
    return null;
  }

  heartbeat(_before: readonly WaitingHandoff[], _after: readonly WaitingHandoff[], frame: Frame): object {
    return { __typename: 'HandoffsHeartbeat', ...frame };
  }
}

/** Opens the view for a team that exists, or for all of them. */
export async function handoffView(database: Database, actor: Actor, teamId: string | null): Promise<HandoffView> {
  const view = new HandoffView(teamId, actor);
  if (teamId === null && actor.customerId !== null) throw new Refusal('FORBIDDEN', 'Handoffs between teams are internal.');
  if (teamId === null) return view;
  const rows = await database.em.execute<object[]>('select from team where id = ?::uuid', [teamId]);
  if (rows.length === 0) throw new Refusal('NOT_FOUND', `There is no team "${teamId}".`, 'teamId');
  return view;
}
