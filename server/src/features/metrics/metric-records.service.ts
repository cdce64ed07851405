import type { Actor } from '../../kernel/actor.ts';
import { requirePermission } from '../../kernel/actor-guard.ts';
import { pageRequest } from '../../kernel/page.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Database } from '../../platform/db/database.ts';
import { READ_PERMISSION } from '../ticket/ticket-record.service.ts';
import { definitionOf } from './metric-catalog.rules.ts';
import type { MetricSplit } from './metric-counts.queries.ts';
import { metricFrame, scopeOf, type MetricsRequest } from './metric-page.service.ts';
import { barRecords, barTotals, streamBar, type BarQuestion, type ListedRecord, type MetricRecord, type MetricSide, type RecordCursor } from './metric-records.queries.ts';
import { metricScope } from './metric-scope.rules.ts';

export interface BarRequest extends Omit<MetricsRequest, 'periods'> {
  readonly figure: string;
  readonly split?: MetricSplit;
  /** Left out: all parts together. Null: what has no customer or team. */
  readonly part?: string | null;
  readonly side?: MetricSide;
}

export interface BarRecords {
  readonly records: readonly (MetricRecord & { readonly cursor: string })[];
  readonly hasNextPage: boolean;
  /** All rows of the bar: what the figure counts. */
  readonly total: number;
  readonly amount: number;
  /** Rows that count but that the asker may not open. */
  readonly hidden: number;
}

/** MET-01: the records behind a bar, counted from the same rows as the figure. */
export async function metricRecords(database: Database, actor: Actor, request: BarRequest, page: { readonly first?: number; readonly after?: string | null } = {}): Promise<BarRecords> {
  requirePermission(actor, 'metrics.read');
  const { first, after } = pageRequest(page.first, page.after);
  const em = database.em;
  const frame = await metricFrame(database, em, { period: request.period, periods: 1 });
  const question: BarQuestion = {
    ...frame, scope: scopeOf(actor, request), figure: definitionOf(request.figure).key, split: request.split ?? 'part', side: request.side ?? 'all', readable: readableBy(actor),
    ...(request.part === undefined ? {} : { part: request.part }),
  };
  const cursor = after === null ? null : readCursor(after);
  const [rows, totals] = await Promise.all([barRecords(database.em, question, { first, after: cursor }), barTotals(database.em, question)]);
  return {
    records: rows.slice(0, first).map(({ cursorAt, ...record }) => ({ ...record, cursor: writeCursor({ at: cursorAt, id: record.id, item: record.item }) })),
    hasNextPage: rows.length > first, total: totals.total, amount: totals.amount, hidden: totals.total - totals.readable,
  };
}

/** The same rows as a list without end, for a file (W17). The question is checked before the first row is read. */
export async function metricRecordRows(database: Database, actor: Actor, request: BarRequest): Promise<{ readonly timeZone: string; readonly period: string; readonly asOf: number; readonly batches: AsyncIterable<readonly ListedRecord[]> }> {
  requirePermission(actor, 'metrics.read');
  const frame = await metricFrame(database, database.em, { period: request.period ?? null, periods: 1 });
  const question: BarQuestion = {
    ...frame, scope: scopeOf(actor, request), figure: definitionOf(request.figure).key, split: request.split ?? 'part', side: request.side ?? 'all', readable: readableBy(actor),
    ...(request.part === undefined ? {} : { part: request.part }),
  };
  return { timeZone: frame.timeZone, period: frame.periods.at(-1)!.key, asOf: frame.now, batches: streamBar(database.em, question) };
}

function readableBy(actor: Actor): BarQuestion['readable'] {
  return Object.fromEntries(Object.entries(READ_PERMISSION).map(([kind, permission]) => [kind, metricScope(actor, permission, { customerId: null, teamId: null })]));
}

function writeCursor({ at, id, item }: RecordCursor): string {
  return Buffer.from(JSON.stringify([at, id, item])).toString('base64url');
}

const STAMP = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d{1,6})?[+-]\d{2}(:\d{2})?$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function readCursor(text: string): RecordCursor {
  const [at, id, item] = textsOf(text);
  if (at !== undefined && id !== undefined && item !== undefined && STAMP.test(at) && UUID.test(id)) return { at, id, item };
  throw new Refusal('INVALID_INPUT', '"after" must be a cursor that this list gave.', 'after');
}

function textsOf(cursor: string): string[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(value) ? value.filter((part) => typeof part === 'string') : [];
  } catch {
    return [];
  }
}
