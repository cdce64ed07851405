import { LockMode } from '@mikro-orm/core';
import { SYSTEM, type Actor } from '../../kernel/actor.ts';
import { requirePermission, requireVisible } from '../../kernel/actor-guard.ts';
import { DAY, toIso } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { requiredText } from '../../kernel/text.ts';
import { requireVersion } from '../../kernel/version.ts';
import type { Change, Database } from '../../platform/db/database.ts';
import { idempotent } from '../../platform/db/idempotency.ts';
import { newId } from '../../platform/time/new-id.ts';
import { policiesAt } from '../service-level/service-level.service.ts';
import { recordContext } from '../ticket/ticket-record.service.ts';
import { TEXT_LIMITS } from '../ticket/ticket.rules.ts';
import { lockIncident, openProblemOf, trendFacts, type IncidentFacts } from './problem-incidents.queries.ts';
import { classOf } from './problem-open.rules.ts';
import { createProblem } from './problem-open.service.ts';
import { keyOf, proposeTrends } from './problem-trend.rules.ts';
import { ProblemTrendEntity, type ProblemTrend } from './problem.entity.ts';
import type { ProblemSeverity } from './problem-states.rules.ts';

/** The hourly look. Before the policies have been seeded there is nothing to look by. */
export async function trendChore(database: Database): Promise<number> {
  const seeded = await database.em.execute<unknown[]>('select 1 from policy_version limit 1');
  return seeded.length === 0 ? 0 : lookForTrends(database);
}

/** PRB-05: proposes what repeats within the window, and brings open proposals up to date. Returns how many are new. Several processes take turns. */
export async function lookForTrends(database: Database, actor: Actor = SYSTEM('trends')): Promise<number> {
  requirePermission(actor, 'problem.manage');
  return database.change(actor, async (change) => {
    const { em } = change;
    await em.execute(`select pg_advisory_xact_lock(hashtext('problem trends'))`);
    const now = await change.now();
    const { problem: { trend }, intake } = (await policiesAt(database, em, now)).policies;
    const notCounted = intake.closureCodes.filter(({ countsForAttainment }) => !countsForAttainment).map(({ key }) => key);
    const fromAt = now - trend.windowDays * DAY;
    const earlier = await em.find(ProblemTrendEntity, { toAt: { $gte: fromAt } });
    const open = new Map(earlier.filter(({ state }) => state === 'proposed').map((row) => [keyOf(row), row]));
    const proposed = proposeTrends(await trendFacts(em, { from: fromAt, to: now, notCounted }), earlier, trend.fromIncidents);
    const fresh = proposed.filter((found) => !open.has(keyOf(found)));
    for (const found of proposed) {
      const row = open.get(keyOf(found));
      // The window has moved: the evidence is what lies in it now.
      if (row && row.incidentIds.join() !== found.incidentIds.join()) Object.assign(row, { incidentIds: [...found.incidentIds], fromAt, toAt: now, version: row.version + 1 });
    }
    for (const found of fresh) {
      const row: ProblemTrend = { id: newId(), ...found, incidentIds: [...found.incidentIds], fromAt, toAt: now, state: 'proposed', proposedAt: now, decidedAt: null, decidedBy: null, reason: null, problemId: null, version: 1 };
      em.create(ProblemTrendEntity, row, { persist: true });
      change.emit({ type: 'trend.proposed', subjectKind: 'problem', subjectId: row.id, customerId: row.customerId, occurredAt: now, after: { dimension: row.dimension, label: row.label, incidents: row.incidentIds.length } });
    }
    return fresh.length;
  });
}

interface TrendCommand {
  readonly id: string;
  readonly expectedVersion: number;
  readonly idempotencyKey?: string | null;
}

/** A person makes a problem of it; incidents that have an open problem stay with that one (D-42). Returns the problem's id. */
export async function acceptTrend(database: Database, actor: Actor, input: TrendCommand & { title: string; description: string; severity: ProblemSeverity }): Promise<string> {
  return database.change(actor, (change) => idempotent(change, 'acceptTrend', input, async () => {
    const trend = await lockTrend(change, input);
    const incidents = await freeOf(change, trend.incidentIds);
    const context = await recordContext(database, change);
    const problemId = await createProblem(change, context, {
      customerId: trend.customerId, title: requiredText(input.title, 'title', TEXT_LIMITS.title), source: 'trend', severity: input.severity,
      description: requiredText(input.description, 'description', TEXT_LIMITS.text), class: classOf(incidents[0]?.technicalClass ?? 'other', context.policies),
      symptom: trend.dimension === 'symptom' ? trend.label : null, incidents, ciIds: trend.dimension === 'ci' ? [trend.value] : [], reason: `trend: ${trend.dimension} ${trend.label}`,
    });
    Object.assign(trend, { state: 'accepted', decidedAt: context.now, decidedBy: actor.name, problemId, version: trend.version + 1 });
    change.emit({ type: 'trend.accepted', subjectKind: 'problem', subjectId: trend.id, customerId: trend.customerId, occurredAt: context.now, after: { problemId, left: trend.incidentIds.length - incidents.length } });
    return problemId;
  }));
}

/** Not worth a problem, with the reason; these incidents are not proposed again for the same thing. Returns the trend's id. */
export async function dismissTrend(database: Database, actor: Actor, input: TrendCommand & { reason: string }): Promise<string> {
  const reason = requiredText(input.reason, 'reason', TEXT_LIMITS.text);
  return database.change(actor, (change) => idempotent(change, 'dismissTrend', input, async () => {
    const trend = await lockTrend(change, input);
    const now = await change.now();
    Object.assign(trend, { state: 'dismissed', decidedAt: now, decidedBy: actor.name, reason, version: trend.version + 1 });
    change.emit({ type: 'trend.dismissed', subjectKind: 'problem', subjectId: trend.id, customerId: trend.customerId, occurredAt: now, reason });
    return trend.id;
  }));
}

async function lockTrend(change: Change, { id, expectedVersion }: TrendCommand): Promise<ProblemTrend> {
  const missing = (): Refusal => new Refusal('NOT_FOUND', `There is no trend ${id}.`, 'id');
  const trend = await change.em.findOne(ProblemTrendEntity, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!trend) throw missing();
  requireVisible(change.actor, 'problem.manage', { customerId: trend.customerId }, missing);
  requireVersion(trend, expectedVersion, 'trend');
  if (trend.state !== 'proposed') throw new Refusal('ALREADY_DONE', `It was ${trend.state} by ${trend.decidedBy ?? 'somebody'} at ${toIso(trend.decidedAt ?? 0)}.`, 'id');
  return trend;
}

async function freeOf(change: Change, ids: readonly string[]): Promise<IncidentFacts[]> {
  const free: IncidentFacts[] = [];
  for (const id of ids.toSorted()) {
    const incident = await lockIncident(change.em, id);
    if (incident && (await openProblemOf(change.em, id)) === null) free.push(incident);
  }
  if (free.length === 0) throw new Refusal('ALREADY_DONE', 'Every one of these incidents has an open problem already.', 'id');
  return free;
}
