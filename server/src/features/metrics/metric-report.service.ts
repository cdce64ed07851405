import { createHash } from 'node:crypto';
import { LockMode } from '@mikro-orm/core';
import { may, type Actor } from '../../kernel/actor.ts';
import { requirePermission } from '../../kernel/actor-guard.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { requiredText } from '../../kernel/text.ts';
import { requireVersion } from '../../kernel/version.ts';
import type { Change, Database } from '../../platform/db/database.ts';
import { idempotent } from '../../platform/db/idempotency.ts';
import { newId } from '../../platform/time/new-id.ts';
import { metricsPage } from './metric-page.service.ts';
import { readPeriod } from './metric-period.rules.ts';
import { freezeFigures, type FrozenFigure } from './metric-report.rules.ts';
import { MetricReportEntity, MetricReportNoteEntity, type MetricReport, type MetricReportNote } from './metrics.entity.ts';
import { policiesAt } from '../service-level/service-level.service.ts';

const TEXT_LIMIT = 20_000;
const MONTH = /^\d{4}-\d{2}$/;

export interface SaveReport {
  /** "2026-11". */
  readonly month: string;
  readonly analysis: string;
  readonly actions: string;
  /** Null for the first save of a month. */
  readonly expectedVersion?: number | null;
  readonly idempotencyKey?: string | null;
}

/** Writes or rewrites the draft of a month's change report (CHG-19). @throws Refusal ALREADY_DONE once it is issued */
export async function saveReport(database: Database, actor: Actor, input: SaveReport): Promise<string> {
  requireIssuer(actor);
  const analysis = requiredText(input.analysis, 'analysis', TEXT_LIMIT);
  const actions = requiredText(input.actions, 'actions', TEXT_LIMIT);
  return database.change(actor, (change) => idempotent(change, 'saveChangeReport', input, async () => {
    const now = await change.now();
    await requireBegunMonth(database, change, input.month);
    const kept = await lockReport(change, input.month);
    if (kept === null) {
      if ((input.expectedVersion ?? null) !== null) throw new Refusal('NOT_FOUND', `There is no report of ${input.month} yet: leave out "expectedVersion".`, 'expectedVersion');
      const report: MetricReport = { id: newId(), month: input.month, analysis, actions, state: 'draft', figures: null, sha256: null, savedAt: now, savedBy: actor.name, issuedAt: null, issuedBy: null, version: 1 };
      change.em.create(MetricReportEntity, report);
      change.emit({ type: 'metric-report.saved', subjectKind: 'metric-report', subjectId: report.id, occurredAt: now, after: { month: input.month, analysis, actions } });
      return report.id;
    }
    requireDraft(kept);
    requireVersion(kept, input.expectedVersion ?? 0, `report of ${input.month}`);
    const before = { analysis: kept.analysis, actions: kept.actions };
    Object.assign(kept, { analysis, actions, savedAt: now, savedBy: actor.name, version: kept.version + 1 });
    change.emit({ type: 'metric-report.saved', subjectKind: 'metric-report', subjectId: kept.id, occurredAt: now, before, after: { month: input.month, analysis, actions } });
    return kept.id;
  }));
}

/** Freezes the month's figures with their analysis (CHG-19): from now on the report reads the same for ever (SLM-06). */
export async function issueReport(database: Database, actor: Actor, input: { readonly month: string; readonly expectedVersion: number; readonly idempotencyKey?: string | null }): Promise<string> {
  requireIssuer(actor);
  return database.change(actor, (change) => idempotent(change, 'issueChangeReport', input, async () => {
    const report = await lockReport(change, input.month);
    if (report === null) throw new Refusal('NOT_FOUND', `There is no draft of ${input.month.slice(0, 20)}: save its analysis and actions first.`, 'month');
    requireDraft(report);
    requireVersion(report, input.expectedVersion, `report of ${input.month}`);
    const now = await change.now();
    const { policies } = await policiesAt(database, change.em, now);
    const { to } = readPeriod(report.month, policies.metrics.timeZone);
    if (to > now) throw new Refusal('MOVE_NOT_ALLOWED', `${report.month} ends ${new Date(to).toISOString()}: its report is issued after that.`, 'month');
    const figures = freezeFigures(await metricsPage(database, actor, 'changes', { period: report.month, periods: 1 }));
    const sha256 = digestOf({ month: report.month, analysis: report.analysis, actions: report.actions, figures });
    Object.assign(report, { state: 'issued', figures, sha256, issuedAt: now, issuedBy: actor.name, version: report.version + 1 });
    change.emit({ type: 'metric-report.issued', subjectKind: 'metric-report', subjectId: report.id, occurredAt: now, after: { month: report.month, sha256 } });
    return report.id;
  }));
}

/** A correction, dispute or exclusion, said beside an issued report and never in it (SLM-06). */
export async function noteReport(database: Database, actor: Actor, input: { readonly month: string; readonly kind: MetricReportNote['kind']; readonly text: string; readonly idempotencyKey?: string | null }): Promise<string> {
  requireIssuer(actor);
  const text = requiredText(input.text, 'text', TEXT_LIMIT);
  return database.change(actor, (change) => idempotent(change, 'noteChangeReport', input, async () => {
    const report = await lockReport(change, input.month);
    if (report?.state !== 'issued') throw new Refusal('NOT_FOUND', `There is no issued report of ${input.month.slice(0, 20)}; a draft is simply saved again.`, 'month');
    const now = await change.now();
    change.em.create(MetricReportNoteEntity, { id: newId(), reportId: report.id, kind: input.kind, text, recordedAt: now, recordedBy: actor.name });
    change.emit({ type: 'metric-report.noted', subjectKind: 'metric-report', subjectId: report.id, occurredAt: now, after: { kind: input.kind, text } });
    return report.id;
  }));
}

export interface ReportView extends Omit<MetricReport, 'figures'> {
  /** Frozen ones of an issued report; of a draft as they stand now. */
  readonly figures: readonly FrozenFigure[];
  readonly notes: readonly MetricReportNote[];
}

/** The report of a month; null when nobody has begun it. Reads only what was frozen, once it is issued. */
export async function reportOf(database: Database, actor: Actor, month: string): Promise<ReportView | null> {
  requireReader(actor);
  const em = database.em;
  const report = await em.findOne(MetricReportEntity, { month });
  if (!report) return null;
  const notes = await em.find(MetricReportNoteEntity, { reportId: report.id }, { orderBy: { recordedAt: 'asc', id: 'asc' }, limit: 200 });
  const figures = report.figures ?? freezeFigures(await metricsPage(database, actor, 'changes', { period: month, periods: 1 }));
  return { ...report, figures, notes };
}

/** The newest sixty months that have a report. */
export async function listReports(database: Database, actor: Actor): Promise<MetricReport[]> {
  requireReader(actor);
  return database.em.find(MetricReportEntity, {}, { orderBy: { month: 'desc' }, limit: 60 });
}

/** Whether what is stored is still what was issued. */
export function isUnaltered({ month, analysis, actions, figures, sha256 }: Pick<MetricReport, 'month' | 'analysis' | 'actions' | 'sha256'> & { readonly figures: readonly FrozenFigure[] | null }): boolean {
  return sha256 === null || digestOf({ month, analysis, actions, figures }) === sha256;
}

/** SHA-256 of a content, whatever the order of its keys. */
export function digestOf(content: object): string {
  return createHash('sha256').update(canonical(content)).digest('hex');
}

/** JSON with sorted keys: the database keeps an order of its own. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1))) : part);
}

/** The report tells of every customer's changes: one customer's or team's reader has the live figures of their own. */
function requireReader(actor: Actor): void {
  requirePermission(actor, 'metrics.read', { customerId: null, teamId: null });
  if (!isUnlimited(actor, 'metrics.read')) throw new Refusal('FORBIDDEN', 'The change report covers every customer: it needs "metrics.read" without a limit.', null, { permission: 'metrics.read' });
}

function requireIssuer(actor: Actor): void {
  requireReader(actor);
  requirePermission(actor, 'metrics.issue');
  if (!isUnlimited(actor, 'metrics.issue')) throw new Refusal('FORBIDDEN', 'The change report covers every customer: it needs "metrics.issue" without a limit.', null, { permission: 'metrics.issue' });
}

function isUnlimited(actor: Actor, permission: 'metrics.read' | 'metrics.issue'): boolean {
  if (actor.kind === 'system') return true;
  return actor.customerId === null && may(actor, permission) && actor.grants.some((grant) => grant.permissions.has(permission) && grant.customerId === null && grant.teamId === null);
}

function requireDraft({ state, month, issuedAt }: MetricReport): void {
  if (state === 'issued') throw new Refusal('ALREADY_DONE', `The report of ${month} was issued ${new Date(issuedAt ?? 0).toISOString()} and stays as it is: add a note to it.`, 'month');
}

async function requireBegunMonth(database: Database, change: Change, month: string): Promise<void> {
  if (!MONTH.test(month)) throw new Refusal('INVALID_INPUT', `"month" must be a month such as "2026-11", got "${month.slice(0, 40)}".`, 'month');
  const now = await change.now();
  const { policies } = await policiesAt(database, change.em, now);
  if (readPeriod(month, policies.metrics.timeZone).from > now) throw new Refusal('OUT_OF_RANGE', `"month" must have begun, got "${month}".`, 'month');
}

async function lockReport(change: Change, month: string): Promise<MetricReport | null> {
  // A month's first two savers wait for each other here: there is no row yet that they could lock.
  await change.em.execute('select pg_advisory_xact_lock(hashtext(?))', [`metric-report ${month}`]);
  return change.em.findOne(MetricReportEntity, { month }, { lockMode: LockMode.PESSIMISTIC_WRITE });
}
