import { may, type Actor } from '../../kernel/actor.ts';
import type { Instant } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { optionalText, requiredText } from '../../kernel/text.ts';
import type { Database } from '../../platform/db/database.ts';
import { idempotent } from '../../platform/db/idempotency.ts';
import { newId } from '../../platform/time/new-id.ts';
import { CustomerEntity } from '../customer/customer.entity.ts';
import { missedPromises, tierIn } from './customer-report.queries.ts';
import { reportDefinitions, requireOver, type ReportContent } from './customer-report.rules.ts';
import { countPage, metricFrame } from './metric-page.service.ts';
import type { MetricPeriod } from './metric-period.rules.ts';
import { digestOf } from './metric-report.service.ts';
import { freezeFigures } from './metric-report.rules.ts';
import { CustomerReportEntity, MetricReportNoteEntity, type CustomerReport, type MetricReportNote } from './metrics.entity.ts';

const TEXT_LIMIT = 20_000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A customer's report: as it was issued, or as it stands now. */
export interface CustomerReportPage extends ReportContent {
  readonly customerId: string;
  readonly customerName: string;
  readonly timeZone: string;
  readonly period: MetricPeriod;
  /** When it was counted: frozen ones when they were issued. */
  readonly asOf: Instant;
  readonly issued: (Pick<CustomerReport, 'remark' | 'sha256' | 'issuedAt' | 'issuedBy'> & { readonly unaltered: boolean; readonly notes: readonly MetricReportNote[] }) | null;
}

/** SLM-06, WBD-12: the report of a customer and a month or quarter. Read by the customer's own people and by those who read its figures. */
export async function customerReport(database: Database, actor: Actor, { customerId, period }: { readonly customerId: string; readonly period?: string | null }): Promise<CustomerReportPage> {
  requireReader(actor, customerId);
  const em = database.em;
  const customer = await em.findOne(CustomerEntity, { id: customerId });
  if (!customer) throw noCustomer();
  const frame = await metricFrame(database, em, { period: period ?? null, periods: 1 });
  const asked = frame.periods[0]!;
  const about = { customerId, customerName: customer.name, timeZone: frame.timeZone, period: asked };
  const issued = await em.findOne(CustomerReportEntity, { customerId, period: asked.key });
  if (issued === null) return { ...about, ...(await contentOf(database, customerId, asked)), asOf: frame.now, issued: null };
  const notes = await em.find(MetricReportNoteEntity, { reportId: issued.id }, { orderBy: { recordedAt: 'asc', id: 'asc' }, limit: 200 });
  const { content, remark, sha256, issuedAt, issuedBy } = issued;
  return { ...about, ...content, asOf: issuedAt, issued: { remark, sha256, issuedAt, issuedBy, notes, unaltered: digestOf({ customerId, period: asked.key, remark, content }) === sha256 } };
}

/** Periods whose report was issued to the customer, newest first; at most 60. */
export async function issuedReports(database: Database, actor: Actor, customerId: string): Promise<Pick<CustomerReport, 'period' | 'issuedAt' | 'issuedBy'>[]> {
  requireReader(actor, customerId);
  return database.em.find(CustomerReportEntity, { customerId }, { orderBy: { issuedAt: 'desc', id: 'asc' }, limit: 60 });
}

async function contentOf(database: Database, customerId: string, period: MetricPeriod): Promise<ReportContent> {
  const frame = await metricFrame(database, database.em, { period: period.key, periods: 1 });
  const scope = [{ customerId, teamId: null }];
  const tier = await tierIn(database.em, customerId, period);
  const page = await countPage(database, reportDefinitions(tier, frame.policiesOf(period)), scope, { period: period.key, periods: 1, by: 'part' });
  const { missed, total } = await missedPromises(database.em, { ...frame, now: page.asOf, scope, readable: { incident: scope } });
  return { figures: freezeFigures(page), missed, missedTotal: total, tier };
}

export interface IssueCustomerReport {
  readonly customerId: string;
  readonly period: string;
  readonly remark?: string | null;
  readonly idempotencyKey?: string | null;
}

/** Freezes the report of a period that is over: from then on it reads the same for ever (SLM-06). Needs `metrics.issue` for the customer. */
export async function issueCustomerReport(database: Database, actor: Actor, input: IssueCustomerReport): Promise<void> {
  requireIssuer(actor, input.customerId);
  const remark = optionalText(input.remark, 'remark', TEXT_LIMIT) ?? '';
  await database.change(actor, (change) => idempotent(change, 'issueCustomerReport', input, async () => {
    const { em } = change;
    const { customerId } = input;
    await em.execute('select pg_advisory_xact_lock(hashtext(?))', [`customer-report ${customerId}`]);
    if ((await em.count(CustomerEntity, { id: customerId })) === 0) throw noCustomer();
    const { periods, now } = await metricFrame(database, em, { period: input.period, periods: 1 });
    const period = periods[0]!;
    requireOver(period, now);
    const there = await em.findOne(CustomerReportEntity, { customerId, period: period.key });
    if (there) throw new Refusal('ALREADY_DONE', `The report of ${period.key} was issued ${new Date(there.issuedAt).toISOString()} and stays as it is: add a note to it.`, 'period');
    const content = await contentOf(database, customerId, period);
    const sha256 = digestOf({ customerId, period: period.key, remark, content });
    const report: CustomerReport = { id: newId(), customerId, period: period.key, remark, content, sha256, issuedAt: now, issuedBy: actor.name };
    em.create(CustomerReportEntity, report);
    change.emit({ type: 'customer-report.issued', subjectKind: 'customer-report', subjectId: report.id, customerId, occurredAt: now, after: { period: period.key, sha256, remark } });
    return report.id;
  }));
}

/** Said beside an issued report and never in it (SLM-06): the customer disputes, we correct or exclude. */
export async function noteCustomerReport(database: Database, actor: Actor, input: { readonly customerId: string; readonly period: string; readonly kind: MetricReportNote['kind']; readonly text: string; readonly idempotencyKey?: string | null }): Promise<void> {
  requireReader(actor, input.customerId);
  if (actor.customerId === null) requireIssuer(actor, input.customerId);
  else if (input.kind !== 'dispute') throw new Refusal('FORBIDDEN', 'A customer disputes; corrections and exclusions are the provider\'s.', 'kind');
  const text = requiredText(input.text, 'text', TEXT_LIMIT);
  await database.change(actor, (change) => idempotent(change, 'noteCustomerReport', input, async () => {
    const report = await change.em.findOne(CustomerReportEntity, { customerId: input.customerId, period: input.period });
    if (!report) throw new Refusal('NOT_FOUND', `There is no issued report of ${input.period.slice(0, 20)}.`, 'period');
    const now = await change.now();
    change.em.create(MetricReportNoteEntity, { id: newId(), reportId: report.id, kind: input.kind, text, recordedAt: now, recordedBy: actor.name });
    change.emit({ type: 'customer-report.noted', subjectKind: 'customer-report', subjectId: report.id, customerId: input.customerId, occurredAt: now, after: { kind: input.kind, text } });
    return report.id;
  }));
}

/** Another customer's report is like one that is not there (ORG-03). */
function requireReader(actor: Actor, customerId: string): void {
  if (!UUID.test(customerId)) throw new Refusal('INVALID_INPUT', `"customerId" must be an id that this API gave, got "${customerId.slice(0, 60)}".`, 'customerId');
  const scope = { customerId, teamId: null };
  if (may(actor, 'report.read', scope) || may(actor, 'metrics.read', scope)) return;
  if (actor.customerId !== null) throw noCustomer();
  throw new Refusal('FORBIDDEN', 'The service report of this customer needs "metrics.read" or "report.read" for it.', null, { permission: 'metrics.read' });
}

function requireIssuer(actor: Actor, customerId: string): void {
  if (!UUID.test(customerId) || actor.customerId !== null || !may(actor, 'metrics.issue', { customerId, teamId: null })) {
    throw new Refusal('FORBIDDEN', 'Issuing a service report needs "metrics.issue" for this customer.', null, { permission: 'metrics.issue' });
  }
}

const noCustomer = (): Refusal => new Refusal('NOT_FOUND', 'There is no such customer.', 'customerId');
