import { may, type Actor } from '../../kernel/actor.ts';
import { visibleCustomers } from '../../kernel/actor-guard.ts';
import { toIso, type Instant } from '../../kernel/instant.ts';
import { pageRequest } from '../../kernel/page.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Em } from '../../platform/db/orm.ts';
import { textArray } from '../../platform/db/text-array.ts';
import { READ_PERMISSION } from '../ticket/ticket-record.service.ts';
import { TICKET_KINDS } from '../ticket/ticket.rules.ts';

export const CI_HAPPENINGS = ['incident', 'problem', 'change', 'release', 'document', 'file', 'article', 'alteration', 'relation', 'comparison', 'baseline'] as const;
export type CiHappening = (typeof CI_HAPPENINGS)[number];

export interface CiTimelineEntry {
  readonly id: string;
  readonly kind: CiHappening;
  readonly at: Instant;
  readonly until: Instant | null;
  readonly number: string | null;
  readonly title: string;
  readonly state: string | null;
  /** Of a record: whether the fault was traced to this item (INC-13). */
  readonly cause: boolean;
}

export interface TimelineRequest {
  readonly ciId: string;
  readonly kinds: readonly string[] | null;
  readonly first: number;
  /** `cursor` of the last entry seen. */
  readonly after: string | null;
}

/** CMDB-09: everything about one item on one line, newest first. Of the records those that the actor may read (ORG-03). The caller has checked the item itself. */
export async function ciTimeline(em: Em, actor: Actor, { ciId, kinds, first, after }: TimelineRequest): Promise<{ entries: (CiTimelineEntry & { cursor: string })[]; hasNextPage: boolean }> {
  const unknown = kinds?.find((kind) => !CI_HAPPENINGS.some((known) => known === kind));
  if (unknown !== undefined) throw new Refusal('INVALID_INPUT', `"kinds" may name ${CI_HAPPENINGS.join(', ')}, got "${unknown}".`, 'kinds');
  const { first: size } = pageRequest(first, null);
  const parts = partsFor(actor, ciId).filter(({ kinds: given }) => kinds === null || given.some((kind) => kinds.includes(kind)));
  if (parts.length === 0) return { entries: [], hasNextPage: false };
  const cursor = readCursor(after);
  const wanted = kinds === null ? [] : [textArray(kinds)];
  const rows = await em.execute<CiTimelineEntry[]>(
    `select id, kind, (extract(epoch from at) * 1000)::float8 as at, (extract(epoch from until) * 1000)::float8 as until, number, title, state, cause
     from (${parts.map(({ sql }) => sql).join(' union all ')}) e (id, kind, at, until, number, title, state, cause)
     where ${kinds === null ? 'true' : 'kind = any(?::text[])'} and ${cursor === null ? 'true' : '(at, id) < (?::timestamptz, ?)'}
     order by e.at desc, id desc limit ?`,
    [...parts.flatMap(({ values }) => values), ...wanted, ...(cursor === null ? [] : [toIso(cursor.at), cursor.id]), size + 1],
  );
  return { entries: rows.slice(0, size).map((row) => ({ ...row, cursor: `${row.at}:${row.id}` })), hasNextPage: rows.length > size };
}

function readCursor(text: string | null): { at: Instant; id: string } | null {
  if (text === null) return null;
  const [at = '', ...rest] = text.split(':');
  if (!/^\d{1,15}$/.test(at) || rest.length === 0) throw new Refusal('INVALID_INPUT', '"after" must be the cursor of an entry.', 'after');
  return { at: Number(at), id: rest.join(':') };
}

interface Part {
  readonly kinds: readonly CiHappening[];
  readonly sql: string;
  readonly values: readonly unknown[];
}

function partsFor(actor: Actor, ciId: string): Part[] {
  return [...recordParts(actor, ciId), ...paperParts(actor, ciId), ...itemParts(actor, ciId)];
}

/** Work records that name the item, each kind within what the actor may read of it. */
function recordParts(actor: Actor, ciId: string): Part[] {
  return TICKET_KINDS.filter((kind) => may(actor, READ_PERMISSION[kind])).map((kind) => {
    const scope = scopeOf(actor, READ_PERMISSION[kind], 't.customer_id');
    return {
      kinds: [kind],
      sql: `select t.id::text, t.kind, t.opened_at, t.closed_at, t.number, t.title, k.state, l.cause from ticket_ci l join ticket t on t.id = l.ticket_id
        join ${kind} k on k.ticket_id = t.id where l.ci_id = ? and ${scope.sql}`,
      values: [ciId, ...scope.values],
    };
  });
}

/** Documents: items that describe it, papers of its records, articles that came from them. */
function paperParts(actor: Actor, ciId: string): Part[] {
  const own = scopeOf(actor, 'cmdb.read', 'd.customer_id');
  const documents: Part = {
    kinds: ['document'],
    sql: `select d.id::text, 'document', r.valid_from, r.valid_to, d.attributes->>'document_number', d.name, d.life, false from ci_relation_version r join ci d on d.id = r.source_id
      where r.target_id = ? and r.type = 'documents' and ${own.sql}`,
    values: [ciId, ...own.values],
  };
  const readable = TICKET_KINDS.filter((kind) => may(actor, READ_PERMISSION[kind])).map((kind) => ({ kind, scope: scopeOf(actor, READ_PERMISSION[kind], 't.customer_id') }));
  const files: Part[] = readable.map(({ kind, scope }) => ({
    kinds: ['file'],
    sql: `select a.id::text, 'file', a.recorded_at, null::timestamptz, t.number, a.name, a.paper, false from ticket_ci l join ticket t on t.id = l.ticket_id and t.kind = '${kind}'
      join attachment a on a.ticket_id = t.id where l.ci_id = ? and a.paper is not null and ${scope.sql}`,
    values: [ciId, ...scope.values],
  }));
  if (!may(actor, 'knowledge.read')) return [documents, ...files];
  const customer = scopeOf(actor, 'knowledge.read', 'a.customer_id');
  const articles: Part = {
    kinds: ['article'],
    sql: `select a.id::text, 'article', a.published_at, a.retired_at, a.number, a.title, a.state, false from knowledge_article a
      where a.published_at is not null and (a.customer_id is null or ${customer.sql}) and (? or a.open_to_customers)
        and (a.problem_id in (select ticket_id from ticket_ci where ci_id = ?) or exists (select 1 from knowledge_origin o join ticket_ci l on l.ticket_id = o.record_id where o.article_id = a.id and l.ci_id = ?))`,
    values: [...customer.values, actor.customerId === null, ciId, ciId],
  };
  return [documents, ...files, articles];
}

/** What happened to the item itself. Names of other items are told only where they may be seen. */
function itemParts(actor: Actor, ciId: string): Part[] {
  const version = scopeOf(actor, 'cmdb.read', `(v.state->>'customer_id')::uuid`);
  const other = scopeOf(actor, 'cmdb.read', 'c.customer_id');
  const baseline = scopeOf(actor, 'cmdb.read', 'b.customer_id');
  return [
    {
      kinds: ['alteration'],
      sql: `select v.ci_id || ' ' || v.seq, 'alteration', v.valid_from, v.valid_to,
          case when v.state->'authority'->>'version' = v.state->>'version' then v.state->'authority'->>'number' end, coalesce(v.state->>'name', ''),
          case when v.state->'authority'->>'version' = v.state->>'version' then v.state->'authority'->>'kind' else 'unauthorised' end, false
        from ci_version v where v.ci_id = ? and ${version.sql}`,
      values: [ciId, ...version.values],
    },
    {
      kinds: ['relation'],
      sql: `select r.relation_id::text, 'relation', r.valid_from, r.valid_to, r.authority->>'number', c.name, r.type, false from ci_relation_version r
        join ci c on c.id = case when r.source_id = ? then r.target_id else r.source_id end where (r.source_id = ? or (r.target_id = ? and r.type <> 'documents')) and ${other.sql}`,
      values: [ciId, ciId, ciId, ...other.values],
    },
    {
      kinds: ['comparison'],
      // Internal, as on the item's own page.
      sql: `select id::text, 'comparison', opened_at, closed_at, null, reason, coalesce(finding, 'open'), false from ci_comparison where ci_id = ? and ?`,
      values: [ciId, actor.customerId === null],
    },
    {
      kinds: ['baseline'],
      sql: `select b.id::text, 'baseline', b.taken_at, null::timestamptz, null, b.name, null, false from ci_baseline_item i join ci_baseline b on b.id = i.baseline_id where i.ci_id = ? and ${baseline.sql}`,
      values: [ciId, ...baseline.values],
    },
  ];
}

/** Whose rows the actor may see, as a condition on a column. */
function scopeOf(actor: Actor, permission: Parameters<typeof visibleCustomers>[1], column: string): { sql: string; values: readonly unknown[] } {
  const visible = visibleCustomers(actor, permission);
  return visible === 'all' ? { sql: 'true', values: [] } : { sql: `${column} = any(?::uuid[])`, values: [textArray(visible)] };
}
