import { may, type Actor } from '../../kernel/actor.ts';
import { requirePermission, visibleCustomers } from '../../kernel/actor-guard.ts';
import { toIso, type Instant } from '../../kernel/instant.ts';
import { pageRequest } from '../../kernel/page.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { optionalText } from '../../kernel/text.ts';
import { ms } from '../../platform/db/ms.ts';
import type { Em } from '../../platform/db/orm.ts';
import { textArray } from '../../platform/db/text-array.ts';
import type { Change, ChangeConnection } from './change.types.ts';
import type { ChangeFilter } from './change-work.inputs.ts';

const person = (alias: string): string => `case when ${alias}.id is not null then json_build_object('id', ${alias}.id, 'name', ${alias}.name) end`;

const BASE = `
select t.id, t.number, t.version, t.title, t.customer_id as "customerId", t.team_id as "teamId", ${ms('t.opened_at')} as "openedAt", ${ms('t.closed_at')} as "closedAt",
  c.state, c.category, c.type, c.risk, c.priority, c.source, c.subject, c.description, c.expected_result as "expectedResult", c.business_systems as "businessSystems", c.departments,
  c.asked_by as "askedBy", c.requester_name as "requesterName", c.pre_authorised_id as "preAuthorisedId", c.software, c.recorded_afterwards as "recordedAfterwards",
  ${ms('c.submitted_at')} as "submittedAt", ${ms('c.response_due_at')} as "responseDueAt", ${ms('c.response_missed_at')} as "responseMissedAt", ${ms('c.responded_at')} as "respondedAt",
  c.response, c.response_reason as "responseReason", c.approval_round as "approvalRound", ${ms('c.approved_at')} as "approvedAt", ${ms('c.window_start_at')} as "windowStartAt",
  ${ms('c.window_end_at')} as "windowEndAt", ${ms('c.implementation_due_at')} as "implementationDueAt", ${ms('c.implementation_missed_at')} as "implementationMissedAt",
  ${ms('c.implementation_started_at')} as "implementationStartedAt", ${ms('c.implementation_ended_at')} as "implementationEndedAt", c.outcome, c.expected_result_met as "expectedResultMet",
  c.outage_minutes as "outageMinutes", ${ms('c.reviewed_at')} as "reviewedAt", c.review_text as "reviewText", c.stability, c.business_satisfaction as "businessSatisfaction",
  c.business_remark as "businessRemark", ${ms('c.debt_due_at')} as "debtDueAt", ${ms('c.debt_missed_at')} as "debtMissedAt", ${ms('c.debt_paid_at')} as "debtPaidAt", c.end_reason as "endReason",
  json_build_object('id', k.id, 'name', k.name, 'timeZone', k.time_zone) as customer, ${person('o')} as owner, ${person('i')} as implementer,
  case when m.id is not null then json_build_object('id', m.id, 'name', m.name, 'nameZh', m.name_zh, 'line', m.line) end as team
from change c join ticket t on t.id = c.ticket_id join customer k on k.id = t.customer_id
left join team m on m.id = t.team_id left join person o on o.id = c.owner_id left join person i on i.id = c.implementer_id`;

const mayRead = (actor: Actor) => ({ customerId, teamId }: Change): boolean => may(actor, 'change.read', { customerId, ...(teamId === null ? {} : { teamId }) });

/** Who of us does it, and what we thought of it afterwards, is ours; the owner is whom the customer may ask (ORG-03). */
const shownTo = (actor: Actor) => (row: Change): Change => (actor.customerId === null ? row : { ...row, team: null, implementer: null, reviewText: null, stability: null });

/** Changes by id, those only that the actor may read (ORG-03); one statement for any number of them. */
export async function changesById(em: Em, actor: Actor, ids: readonly string[]): Promise<Map<string, Change>> {
  if (ids.length === 0) return new Map();
  const rows = await em.execute<Change[]>(`${BASE} where t.id = any(?::uuid[])`, [textArray(ids)]);
  return new Map(rows.filter(mayRead(actor)).map(shownTo(actor)).map((row) => [row.id, row]));
}

export async function changeByNumber(em: Em, actor: Actor, number: string): Promise<Change | null> {
  const rows = await em.execute<Change[]>(`${BASE} where t.number = ? and t.kind = 'change'`, [number.trim().toUpperCase()]);
  return rows.filter(mayRead(actor)).map(shownTo(actor))[0] ?? null;
}

/** Changes by pages of at most 100, newest first; stable while others write. */
export async function listChanges(em: Em, actor: Actor, filter: ChangeFilter, page: { readonly first: number; readonly after: string | null }): Promise<ChangeConnection> {
  requirePermission(actor, 'change.read');
  const { first, after } = pageRequest(page.first, page.after);
  const { where, values } = conditions(actor, filter);
  const [place, at] = after === null ? ['true', []] : ['(t.opened_at, t.id) < (?::timestamptz, ?::uuid)', readCursor(after)];
  const rows = await em.execute<Change[]>(`${BASE} where ${where} and ${place} order by t.opened_at desc, t.id desc limit ?`, [...values, ...at, first + 1]);
  const count = await em.execute<{ n: number }[]>(`select count(*)::int as n from change c join ticket t on t.id = c.ticket_id join customer k on k.id = t.customer_id where ${where}`, values);
  const edges = rows.slice(0, first).map(shownTo(actor)).map((node) => ({ node, cursor: cursorOf(node) }));
  return { edges, totalCount: count[0]?.n ?? 0, pageInfo: { hasNextPage: rows.length > first, endCursor: edges.at(-1)?.cursor ?? null } };
}

/** Each condition is left out when the filter does not ask for it. */
function conditions(actor: Actor, filter: ChangeFilter): { where: string; values: unknown[] } {
  const visible = visibleCustomers(actor, 'change.read');
  const text = optionalText(filter.text, 'text', 200);
  const like = `%${(text ?? '').replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  const instant = (at: Instant | null | undefined): string => toIso(at ?? 0);
  const states = filter.states ?? [];
  const categories = filter.categories ?? [];
  const all: (readonly [boolean, string, readonly unknown[]])[] = [
    [visible !== 'all', 't.customer_id = any(?::uuid[])', [textArray(visible === 'all' ? [] : visible)]],
    [states.length > 0, 'c.state = any(?::text[])', [textArray(states)]],
    [states.length === 0 && filter.ended !== true, 't.closed_at is null', []],
    [categories.length > 0, 'c.category = any(?::text[])', [textArray(categories)]],
    [filter.customerId != null, 't.customer_id = ?::uuid', [filter.customerId]],
    [filter.ownerId != null, 'c.owner_id = ?::uuid', [filter.ownerId]],
    [filter.implementerId != null, 'c.implementer_id = ?::uuid', [filter.implementerId]],
    [filter.ciId != null, 'exists (select 1 from ticket_ci x where x.ticket_id = t.id and x.ci_id = ?::uuid)', [filter.ciId]],
    [filter.windowFrom != null, 'c.window_end_at > ?::timestamptz', [instant(filter.windowFrom)]],
    [filter.windowTo != null, 'c.window_start_at < ?::timestamptz', [instant(filter.windowTo)]],
    [filter.responseLate === true, 'c.response_missed_at is not null', []],
    [filter.owing === true, 'exists (select 1 from change_debt d where d.ticket_id = t.id and d.paid_at is null)', []],
    [text !== null, '(t.number ilike ? or t.title ilike ? or c.description ilike ? or k.name ilike ?)', [like, like, like, like]],
  ];
  const used = all.filter(([uses]) => uses);
  return { where: ['true', ...used.map(([, sql]) => sql)].join(' and '), values: used.flatMap(([, , values]) => values) };
}

const cursorOf = ({ openedAt, id }: Change): string => Buffer.from(`${new Date(openedAt).toISOString()} ${id}`).toString('base64url');

function readCursor(cursor: string): string[] {
  const [at = '', id = ''] = Buffer.from(cursor, 'base64url').toString().split(' ');
  if (Number.isNaN(Date.parse(at)) || !/^[0-9a-f-]{36}$/.test(id)) throw new Refusal('INVALID_INPUT', '"after" must be a cursor of this list; start again without it.', 'after');
  return [at, id];
}
