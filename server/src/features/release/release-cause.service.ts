import { may, type Actor } from '../../kernel/actor.ts';
import { DAY, toIso, type Instant } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { optionalText, requiredText } from '../../kernel/text.ts';
import type { Change, Database } from '../../platform/db/database.ts';
import { ms } from '../../platform/db/ms.ts';
import type { Em } from '../../platform/db/orm.ts';
import { textArray } from '../../platform/db/text-array.ts';
import type { LoggedEvent } from '../../platform/live/logged-event.ts';
import { newId } from '../../platform/time/new-id.ts';
import { impactOf } from '../cmdb/cmdb-impact.service.ts';
import { policyBook } from '../service-level/service-level.service.ts';
import { changeRecord, READ_PERMISSION, type RecordCommand } from '../ticket/ticket-record.service.ts';
import { patch } from '../ticket/ticket-record.rules.ts';
import { TEXT_LIMITS, type TicketKind } from '../ticket/ticket.rules.ts';
import { suspect, type Reached } from './release-cause.rules.ts';
import { decideCause, noted } from './release-decide.rules.ts';
import { RELEASE_KIND } from './release-record.service.ts';
import type { CauseEvidence } from './release.entity.ts';

interface SuspectedIncident {
  readonly id: string;
  readonly number: string;
  readonly customerId: string;
  readonly teamId: string | null;
  readonly at: Instant;
  readonly ciIds: readonly string[];
}

/**
 * REL-06: incidents that were recorded or have got a CI: each release deployed shortly before to one of their CIs, or to one that
 * these rest on, is suggested as their cause, with the evidence. A pair is suggested once; what a person rejected never comes again.
 */
export async function suggestCauses(database: Database, change: Change, events: readonly LoggedEvent[]): Promise<void> {
  const incidentIds = [...new Set(events.flatMap(({ ticketId, mark }) => (ticketId === null || mark !== null ? [] : [ticketId])))];
  if (incidentIds.length === 0) return;
  const book = await policyBook(database, change.em);
  for (const incident of await incidentsWithCis(change.em, incidentIds)) {
    await suggestFor(change, incident, book.at(incident.at).policies.release.watchDays);
  }
}

async function suggestFor(change: Change, incident: SuspectedIncident, watchDays: number): Promise<void> {
  const { em } = change;
  const releases = await deployedWithin(em, incident.at, watchDays);
  if (releases.length === 0) return;
  const reached = await reachedFrom(em, incident.ciIds);
  const names = await namesOf(em, reached.flatMap(({ path }) => path));
  for (const release of releases) {
    const evidence = suspect({
      deployedAt: release.deployedAt, incidentAt: incident.at, watchDays, releaseCiIds: new Set(release.ciIds), reached, nameOf: (ciId) => names.get(ciId) ?? ciId,
    });
    if (evidence) await suggest(change, incident, { ...release, evidence });
  }
}

async function suggest(change: Change, incident: SuspectedIncident, release: DeployedRelease & { readonly evidence: CauseEvidence }): Promise<void> {
  const now = await change.now();
  const added = await change.em.execute<unknown[]>(
    `insert into release_cause (id, release_id, ticket_id, state, evidence, suggested_at) values (?, ?, ?, 'suggested', ?::jsonb, ?::timestamptz)
     on conflict (release_id, ticket_id) do nothing returning id`, [newId(), release.id, incident.id, JSON.stringify(release.evidence), toIso(now)],
  );
  if (added.length === 0) return;
  const after = { release: release.number, incident: incident.number, ...release.evidence };
  change.emit(
    { type: 'release.causeSuggested', subjectKind: 'release', subjectId: release.id, ticketId: release.id, customerId: release.customerId, teamIds: teams(release), occurredAt: now, after },
    { type: 'incident.releaseSuspected', subjectKind: 'incident', subjectId: incident.id, ticketId: incident.id, customerId: incident.customerId, teamIds: teams(incident), occurredAt: now, after },
  );
}

const teams = ({ teamId }: { readonly teamId: string | null }): string[] => (teamId === null ? [] : [teamId]);

async function incidentsWithCis(em: Em, ids: readonly string[]): Promise<SuspectedIncident[]> {
  return em.execute<SuspectedIncident[]>(
    `select t.id, t.number, t.customer_id as "customerId", t.team_id as "teamId", ${ms('coalesce(i.occurred_at, i.reported_at)')} as at, json_agg(k.ci_id order by k.ci_id) as "ciIds"
     from ticket t join incident i on i.ticket_id = t.id join ticket_ci k on k.ticket_id = t.id
     where t.id = any(?::uuid[]) group by t.id, i.ticket_id order by t.id`, [textArray(ids)],
  );
}

interface DeployedRelease {
  readonly id: string;
  readonly number: string;
  readonly customerId: string;
  readonly teamId: string | null;
  readonly deployedAt: Instant;
  readonly ciIds: readonly string[];
}

async function deployedWithin(em: Em, at: Instant, days: number): Promise<DeployedRelease[]> {
  return em.execute<DeployedRelease[]>(
    `select t.id, t.number, t.customer_id as "customerId", t.team_id as "teamId", ${ms('r.deployed_at')} as "deployedAt", json_agg(k.ci_id) as "ciIds"
     from release r join ticket t on t.id = r.ticket_id join ticket_ci k on k.ticket_id = t.id
     where r.deployed_at <= ?::timestamptz and r.deployed_at >= ?::timestamptz group by t.id, r.ticket_id order by r.deployed_at, t.id`,
    [toIso(at), toIso(at - days * DAY)],
  );
}

/** The incident's CIs and all that they rest on, nearest first. Redundancy does not excuse: what rests on it may have been hit by it. */
async function reachedFrom(em: Em, ciIds: readonly string[]): Promise<Reached[]> {
  const { nodes } = await impactOf(em, { ciIds, direction: 'dependency' });
  return [...ciIds.map((ciId) => ({ ciId, path: [ciId] })), ...nodes.map(({ ciId, path }) => ({ ciId, path }))];
}

async function namesOf(em: Em, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await em.execute<{ id: string; name: string }[]>('select id, name from ci where id = any(?::uuid[])', [textArray([...new Set(ids)])]);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

export interface CauseDecision extends RecordCommand {
  readonly causeId: string;
  readonly confirm: boolean;
  readonly reason?: string | null;
}

/** REL-06: a person confirms or rejects a suggestion. */
export async function settleCause(database: Database, actor: Actor, input: CauseDecision): Promise<string> {
  const reason = optionalText(input.reason, 'reason', TEXT_LIMITS.text);
  return changeRecord(database, actor, RELEASE_KIND, input, 'decideReleaseCause', async ({ change, kase, context }) => {
    const decided = decideCause(kase, { causeId: input.causeId, confirm: input.confirm, reason }, context);
    await requireCaused(change.em, actor, kase.causes.find(({ id }) => id === input.causeId)!.ticketId);
    return decided;
  });
}

export interface CauseLink extends RecordCommand {
  /** The incident or problem, by id or by number. */
  readonly ticketId?: string | null;
  readonly number?: string | null;
  readonly reason: string;
}

/** REL-06: an incident or problem that a person knows to be caused by the release. */
export async function linkCause(database: Database, actor: Actor, input: CauseLink): Promise<string> {
  const reason = requiredText(input.reason, 'reason', TEXT_LIMITS.text);
  return changeRecord(database, actor, RELEASE_KIND, input, 'linkReleaseCause', async ({ change, kase, context }) => {
    const caused = input.ticketId ? await requireCaused(change.em, actor, input.ticketId) : await causedByNumber(change.em, actor, requiredText(input.number, 'number', TEXT_LIMITS.short));
    const begun = kase.record.deploymentStartedAt;
    if (begun !== null && caused.at < begun) throw new Refusal('OUT_OF_RANGE', `${caused.number} began ${toIso(caused.at)}, before the deployment (${toIso(begun)}).`, 'ticketId');
    const known = kase.causes.find(({ ticketId }) => ticketId === caused.id);
    if (known?.state === 'confirmed') throw new Refusal('ALREADY_DONE', `${caused.number} is linked already.`, 'ticketId');
    const facts = { state: 'confirmed' as const, decidedAt: context.now, decidedBy: actor.name, reason };
    const row = { id: context.newId(), releaseId: kase.ticket.id, ticketId: caused.id, evidence: null, suggestedAt: null, ...facts };
    return {
      ...noted(kase, context, {}, { event: 'causeLinked', after: { ticketId: caused.id, number: caused.number }, reason }),
      ...(known ? { patches: [patch(known, facts)] } : { add: [{ table: 'cause', row }] }),
    };
  });
}

interface Caused {
  readonly id: string;
  readonly number: string;
  readonly at: Instant;
}

async function causedByNumber(em: Em, actor: Actor, number: string): Promise<Caused> {
  const rows = await em.execute<{ id: string }[]>('select id from ticket where number = ?', [number.toUpperCase()]);
  if (!rows[0]) throw new Refusal('NOT_FOUND', `There is no incident or problem ${number}.`, 'number');
  return requireCaused(em, actor, rows[0].id, 'number');
}

async function requireCaused(em: Em, actor: Actor, ticketId: string, field = 'ticketId'): Promise<Caused> {
  const rows = await em.execute<(Caused & { kind: TicketKind; customerId: string })[]>(
    `select t.id, t.number, t.kind, t.customer_id as "customerId", ${ms('coalesce(i.occurred_at, i.reported_at, t.opened_at)')} as at
     from ticket t left join incident i on i.ticket_id = t.id where t.id = ?::uuid and t.kind in ('incident', 'problem')`, [ticketId],
  );
  const found = rows[0];
  if (!found || !may(actor, READ_PERMISSION[found.kind], found)) throw new Refusal('NOT_FOUND', 'There is no such incident or problem.', field);
  return found;
}
