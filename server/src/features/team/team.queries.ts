import type { Actor } from '../../kernel/actor.ts';
import { requirePermission } from '../../kernel/actor-guard.ts';
import { toIso, type Instant } from '../../kernel/instant.ts';
import type { Em } from '../../platform/db/orm.ts';
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
