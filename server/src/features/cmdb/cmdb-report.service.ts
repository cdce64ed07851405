import { createHash } from 'node:crypto';
import type { Actor } from '../../kernel/actor.ts';
import { requirePermission, visibleCustomers } from '../../kernel/actor-guard.ts';
import { toIso, type Instant } from '../../kernel/instant.ts';
import { pageRequest } from '../../kernel/page.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Em } from '../../platform/db/orm.ts';
import { persistRow } from '../../platform/db/persist-row.ts';
import { newId } from '../../platform/time/new-id.ts';
import { CustomerEntity } from '../customer/customer.entity.ts';
import { policiesAt } from '../service-level/service-level.service.ts';
import { alterationsOf, baselinesOf, itemCounts, openDifferences } from './cmdb-report.queries.ts';
import { monthBounds, requireOver, type CiStatusReportContent, type ReportedAlteration } from './cmdb-report.rules.ts';
import { CiStatusReportEntity, type CiStatusReport } from './cmdb-register.entity.ts';

/** Lines of each list; the figures count everything. */
const MOST_LINES = 2000;

export interface ReportScope {
  /** Null: the provider's whole register. */
  readonly customerId: string | null;
  /** e.g. "2026-10". */
  readonly month: string;
}

/** What the report of a month says as things stand (CMDB-10). Needs `cmdb.edit`. */
export async function previewReport(database: Database, actor: Actor, scope: ReportScope): Promise<CiStatusReportContent> {
  requirePermission(actor, 'cmdb.edit', { customerId: scope.customerId });
  return contentOf(database, database.em, scope);
}

/** Issues the report of a month that is over: frozen, and from then on open to the customer (CMDB-10). Needs `cmdb.control`. Returns its id. */
export async function issueReport(database: Database, actor: Actor, scope: ReportScope): Promise<string> {
  requirePermission(actor, 'cmdb.control', { customerId: scope.customerId });
  return database.change(actor, async ({ em, emit, now }) => {
    await em.execute(`select pg_advisory_xact_lock(hashtext('ci_status_report'))`);
    const issuedAt = await now();
    requireOver(scope.month, (await boundsOf(database, em, scope.month)).to, issuedAt);
    const periodKey = `${scope.customerId ?? 'all'} ${scope.month}`;
    const there = await em.findOne(CiStatusReportEntity, { periodKey });
    if (there) throw new Refusal('ALREADY_DONE', `${there.number} is the report of ${scope.month}: it was issued by ${there.issuedByName} and stays as it is.`, 'month', { reportId: there.id });
    const content = await contentOf(database, em, scope);
    const id = newId();
    const number = await reportNumber(em);
    persistRow(em, CiStatusReportEntity, {
      id, number, customerId: scope.customerId, month: scope.month, periodKey, content, issuedAt, issuedByName: actor.name, digest: createHash('sha256').update(JSON.stringify(content)).digest('hex'),
    });
    emit({ type: 'ciReport.issued', subjectKind: 'ci-report', subjectId: id, customerId: scope.customerId, occurredAt: issuedAt, after: { number, month: scope.month, figures: content.figures } });
    return id;
  });
}

async function reportNumber(em: Em): Promise<string> {
  const rows = await em.execute<{ n: string }[]>(`select nextval('ci_status_report_number') as n`);
  return `CSR-${(rows[0]?.n ?? '').padStart(7, '0')}`;
}

/** Issued reports that the actor may see, the newest month first: a customer's people see their own (CMDB-10). */
export async function issuedReports(em: Em, actor: Actor, { id, first }: { readonly id?: string; readonly first: number }): Promise<CiStatusReport[]> {
  requirePermission(actor, 'cmdb.read');
  const visible = visibleCustomers(actor, 'cmdb.read');
  const where = visible === 'all' ? {} : { customerId: { $in: [...visible] } };
  return em.find(CiStatusReportEntity, id === undefined ? where : { $and: [where, { id }] }, { orderBy: { month: 'desc', issuedAt: 'desc', id: 'desc' }, limit: pageRequest(first, null).first });
}

async function boundsOf(database: Database, em: Em, month: string): Promise<{ from: Instant; to: Instant }> {
  const { policies } = await policiesAt(database, em, await database.time.read(em));
  return monthBounds(month, policies.metrics.timeZone);
}

async function contentOf(database: Database, em: Em, { customerId, month }: ReportScope): Promise<CiStatusReportContent> {
  const { from, to } = await boundsOf(database, em, month);
  const customer = customerId === null ? null : await em.findOne(CustomerEntity, { id: customerId });
  if (customerId !== null && !customer) throw new Refusal('NOT_FOUND', 'There is no such customer.', 'customerId');
  const period = { customerId, from, to };
  const alterations = await alterationsOf(em, period);
  const baselines = await baselinesOf(em, period);
  const open = await openDifferences(em, period);
  const unauthorised = [
    ...alterations.filter(({ unauthorised: without }) => without)
      .map(({ at, ciName, fields }) => ({ source: 'alteration' as const, reference: '', ciName, what: fields.join(', '), since: at })), ...open,
  ];
  const count = (test: (alteration: ReportedAlteration) => boolean): number => alterations.filter(test).length;
  return {
    month, customerName: customer?.name ?? null, from: toIso(from), to: toIso(to),
    figures: {
      ...(await itemCounts(em, period)), altered: alterations.length, underChange: count(({ authority }) => authority === 'change'), underException: count(({ authority }) => authority === 'exception'),
      unauthorised: unauthorised.length, baselines: baselines.length,
    },
    alterations: alterations.slice(0, MOST_LINES), baselines: baselines.slice(0, MOST_LINES), unauthorised: unauthorised.slice(0, MOST_LINES),
    cutOff: [alterations, baselines, unauthorised].some((list) => list.length > MOST_LINES),
  };
}

