import type { Actor } from '../../kernel/actor.ts';
import { requirePermission } from '../../kernel/actor-guard.ts';
import { toIso, type Instant } from '../../kernel/instant.ts';
import type { Use } from '../../kernel/use.ts';
import type { Em } from '../../platform/db/orm.ts';
import { countUses } from '../../platform/db/uses.ts';
import { RosterShiftEntity, TeamEntity, type RosterShift, type Team } from './team.entity.ts';

/** Somebody on call at an instant (ORG-02). */
export interface OnCallRow {
  readonly teamId: string;
  readonly team: string;
  readonly teamZh: string;
  readonly personId: string;
  readonly person: string;
  readonly phone: string | null;
  readonly leader: boolean;
  readonly until: Instant;
}

/** Who is on call now, shift leaders first within each team. Shifts are half-open: at 20:00 the one from 20:00 has taken over. */
export async function onCallNow(em: Em, now: Instant): Promise<OnCallRow[]> {
  return em.execute<OnCallRow[]>(
    `select t.id as "teamId", t.name as team, t.name_zh as "teamZh", p.id as "personId", p.name as person, p.phone, s.leader,
       (extract(epoch from s.ends_at) * 1000)::float8 as until
     from roster_shift s join team t on t.id = s.team_id join person p on p.id = s.person_id
     where s.starts_at <= ?::timestamptz and s.ends_at > ?::timestamptz and t.active and p.active
     order by t.line, t.key, s.leader desc, p.name, s.id limit 200`,
    [toIso(now), toIso(now)],
  );
}

/** D-13: may that person act as the desk now, being on call in the 7×24 team? */
export async function onDutyNow(em: Em, personId: string, now: Instant): Promise<boolean> {
  const rows = await em.execute<{ found: boolean }[]>(
    `select exists (select 1 from roster_shift s join team t on t.id = s.team_id
       where s.person_id = ? and s.starts_at <= ?::timestamptz and s.ends_at > ?::timestamptz and t.purpose = 'duty' and t.active) as found`,
    [personId, toIso(now), toIso(now)],
  );
  return rows[0]?.found ?? false;
}

/** Every team, first line first; dissolved ones last. */
export async function listTeams(em: Em, actor: Actor): Promise<Team[]> {
  requirePermission(actor, 'team.read');
  return em.find(TeamEntity, {}, { orderBy: { active: 'desc', line: 'asc', key: 'asc' }, limit: 1000 });
}

/** What still needs a team: what it holds, what waits for its word or was sent by it, whose turn of duty is to come, what it supports. */
export async function usesOfTeam(em: Em, actor: Actor, { id, now }: { id: string; now: Instant }): Promise<Use[]> {
  requirePermission(actor, 'team.edit', { teamId: id });
  // Records and services live above teams; they are read here because a team that somebody needs must not go.
  return countUses(em, `select 'ticket' as kind, number as name from ticket where team_id = ?::uuid and closed_at is null
    union all select 'handoff', t.number from handoff h join ticket t on t.id = h.ticket_id where h.state = 'waiting' and (h.to_team_id = ?::uuid or h.from_team_id = ?::uuid)
    union all select 'shift', p.name from roster_shift s join person p on p.id = s.person_id where s.team_id = ?::uuid and s.ends_at > ?::timestamptz
    union all select 'service', key from service where active and ?::uuid in (first_line_team_id, second_line_team_id, third_line_team_id)`, [id, id, id, id, toIso(now), id]);
}

export async function teamsById(em: Em, actor: Actor, ids: readonly string[]): Promise<ReadonlyMap<string, Team>> {
  requirePermission(actor, 'team.read');
  const teams = await em.find(TeamEntity, { id: { $in: [...ids] } });
  return new Map(teams.map((team) => [team.id, team]));
}

/** The shifts of a team that overlap [from, to), at most 500. */
export async function shiftsOf(em: Em, actor: Actor, { teamId, from, to }: { teamId: string; from: Instant; to: Instant }): Promise<RosterShift[]> {
  requirePermission(actor, 'team.read', { teamId });
  return em.find(RosterShiftEntity, { teamId, startsAt: { $lt: to }, endsAt: { $gt: from } }, { orderBy: { startsAt: 'asc', id: 'asc' }, limit: 500 });
}
