import { may, type Actor } from '../../kernel/actor.ts';
import { requirePermission, visibleCustomers } from '../../kernel/actor-guard.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { toIso, type Instant, type Interval } from '../../kernel/instant.ts';
import { ms } from '../../platform/db/ms.ts';
import type { Em } from '../../platform/db/orm.ts';
import { textArray } from '../../platform/db/text-array.ts';
import type { ChangeConflict as Found } from './change-conflict.rules.ts';
import { conflictsOf } from './change-conflict.service.ts';
import type { ChangeConflict, ChangeNotice, FreezeOverride, FreezeWindow } from './change-planning.types.ts';

const named = (table: 'customer' | 'service' | 'ci', column: string): string =>
  `(select coalesce(jsonb_agg(jsonb_build_object('id', n.id, 'name', n.name) order by n.name, n.id), '[]') from ${table} n where jsonb_exists(${column}, n.id::text))`;

/** A freeze window `f` as one JSON object, its scope by name. */
const FREEZE = `jsonb_build_object('id', f.id, 'name', f.name, 'reason', f.reason, 'origin', f.origin, 'startsAt', ${ms('f.starts_at')}, 'endsAt', ${ms('f.ends_at')},
  'allowedCategories', f.allowed_categories, 'cancelledAt', ${ms('f.cancelled_at')}, 'createdBy', f.created_by, 'version', f.version,
  'scope', jsonb_build_object('customers', ${named('customer', 'f.customer_ids')}, 'services', ${named('service', 'f.service_ids')}, 'cis', ${named('ci', 'f.ci_ids')}))`;

export interface FreezeFilter extends Partial<Interval> {
  readonly ids?: readonly string[];
  readonly withCancelled?: boolean;
}

/** Whether a freeze can stop work of these customers: none is named or one of theirs is, and of what it protects something is theirs or shared, as services are. */
const CONCERNS = `(f.customer_ids = '[]' or exists (select 1 from jsonb_array_elements_text(f.customer_ids) n where n::uuid = any(?::uuid[])))
  and (f.ci_ids = '[]' or f.service_ids <> '[]'
    or exists (select 1 from ci n where jsonb_exists(f.ci_ids, n.id::text) and (n.customer_id is null or n.customer_id = any(?::uuid[]))))`;

/** Freeze windows that touch a span, earliest first, at most 200. A customer, and whoever works for some only, sees those that stop their changes, without whom else they stop. */
export async function listFreezes(em: Em, actor: Actor, { from, to, ids, withCancelled = false }: FreezeFilter): Promise<FreezeWindow[]> {
  requirePermission(actor, 'change.read');
  const visible = visibleCustomers(actor, 'change.read');
  const customers = visible === 'all' ? null : textArray(visible);
  const rows = await em.execute<{ freeze: FreezeWindow }[]>(
    `select ${FREEZE} as freeze from freeze_window f
     where (?::timestamptz is null or f.ends_at > ?::timestamptz) and (?::timestamptz is null or f.starts_at < ?::timestamptz) and (f.cancelled_at is null or ?)
       and (?::uuid[] is null or f.id = any(?::uuid[])) and (?::uuid[] is null or ${CONCERNS})
     order by f.starts_at, f.id limit 200`,
    [...twice(from === undefined ? null : toIso(from)), ...twice(to === undefined ? null : toIso(to)), withCancelled, ...twice(ids ? textArray(ids) : null), customers, customers, customers],
  );
  return rows.map(({ freeze }) => (customers === null ? freeze : withoutOthers(freeze, actor)));
}

/** Who else is concerned is not told to those who may not see them; what the provider keeps to itself is no customer's business. */
function withoutOthers(freeze: FreezeWindow, actor: Actor): FreezeWindow {
  return { ...freeze, scope: { customers: [], services: [], cis: [] }, ...(actor.customerId === null ? {} : { createdBy: '' }) };
}

const twice = <Value>(value: Value): [Value, Value] => [value, value];

/** What stands against a change now (CHG-11), in the order in which it was found. A customer is not told what others plan. */
export async function conflictsOfChange(em: Em, actor: Actor, changeId: string): Promise<ChangeConflict[]> {
  if (actor.customerId !== null) return [];
  const rows = await em.execute<StoredConflict[]>(
    `select kind, key, change_id as "changeId", other_id as "otherId", freeze_id as "freezeId", person_id as "personId", absence, hits, ${ms('found_at')} as "foundAt"
     from change_conflict where cleared_at is null and (change_id = ? or (other_id = ? and kind in ('same-ci', 'dependent-ci', 'person'))) order by found_at, key, id limit 200`,
    [changeId, changeId],
  );
  return withNames(em, actor, rows.map((row) => seenFrom(row, changeId)));
}

interface StoredConflict extends Found {
  readonly changeId: string;
  readonly foundAt: Instant | null;
}

function seenFrom(row: StoredConflict, changeId: string): StoredConflict {
  if (row.changeId === changeId) return row;
  return { ...row, otherId: row.changeId, key: `${row.kind} ${row.changeId} ${row.personId ?? ''}`.trim(), hits: row.hits.map(({ path }) => ({ ciId: path[0]!, path: path.toReversed() })) };
}

/** What would stand against another window, before it is chosen. Nothing is kept. */
export async function conflictsOfWindow(em: Em, actor: Actor, { changeId, from, to }: Interval & { readonly changeId: string }): Promise<ChangeConflict[]> {
  requirePermission(actor, 'change.read');
  await requireVisibleChange(em, actor, changeId);
  if (actor.customerId !== null) throw new Refusal('FORBIDDEN', 'What others plan is not open to customers.');
  if (to <= from || to - from > 31 * 86_400_000) throw new Refusal('OUT_OF_RANGE', `A window ends after it begins and within 31 days, got ${toIso(from)} to ${toIso(to)}.`, 'to');
  const found = await conflictsOf(em, { changeId, window: { from, to } });
  return withNames(em, actor, found.map((conflict) => ({ ...conflict, changeId, foundAt: null })));
}

export async function requireVisibleChange(em: Em, actor: Actor, changeId: string): Promise<void> {
  const rows = await em.execute<{ customerId: string }[]>(`select customer_id as "customerId" from ticket where id = ? and kind = 'change'`, [changeId]);
  if (!rows[0] || !may(actor, 'change.read', rows[0])) throw new Refusal('NOT_FOUND', `There is no change "${changeId}".`, 'changeId');
}

/** Names of everything that the conflicts speak of, in one statement; records of customers that the actor may not see keep their number only. */
async function withNames(em: Em, actor: Actor, conflicts: readonly StoredConflict[]): Promise<ChangeConflict[]> {
  if (conflicts.length === 0) return [];
  const ids = (pick: (conflict: StoredConflict) => readonly (string | null)[]): string => textArray(new Set(conflicts.flatMap(pick).filter((id) => id !== null)));
  const rows = await em.execute<{ id: string; name: string; thing: 'ticket' | 'person' | 'ci'; title: string; customerId: string | null; startAt: Instant | null; endAt: Instant | null }[]>(
    `select t.id, t.number as name, 'ticket' as thing, t.title, t.customer_id as "customerId", ${ms('c.window_start_at')} as "startAt", ${ms('c.window_end_at')} as "endAt"
       from ticket t left join change c on c.ticket_id = t.id where t.id = any(?::uuid[])
     union all select id, name, 'person', '', null, null, null from person where id = any(?::uuid[])
     union all select id, name, 'ci', '', null, null, null from ci where id = any(?::uuid[])`,
    [ids(({ otherId }) => [otherId]), ids(({ personId }) => [personId]), ids(({ hits }) => hits.flatMap(({ path, ciId }) => [...path, ciId]))],
  );
  const by = new Map(rows.map((row) => [row.id, row]));
  const freezeIds = conflicts.flatMap(({ freezeId }) => freezeId ?? []);
  const freezes = new Map(freezeIds.length === 0 ? [] : (await listFreezes(em, actor, { ids: freezeIds, withCancelled: true })).map((freeze) => [freeze.id, freeze]));
  const thing = (id: string) => ({ id, name: by.get(id)?.name ?? '—' });
  const visible = visibleCustomers(actor, 'change.read');
  return conflicts.map(({ key, kind, otherId, freezeId, personId, absence, hits, foundAt }) => {
    const other = otherId === null ? undefined : by.get(otherId);
    const seen = other && (visible === 'all' || visible.includes(other.customerId ?? ''));
    return {
      key, kind, absence, foundAt, person: personId === null ? null : thing(personId), freeze: freezeId === null ? null : (freezes.get(freezeId) ?? null),
      other: other ? { id: other.id, number: other.name, title: seen ? other.title : '—', windowStartAt: other.startAt, windowEndAt: other.endAt } : null,
      hits: hits.map(({ ciId, path }) => ({ ci: thing(ciId), path: path.map(thing) })),
    };
  });
}

/** Notices that were sent about a change, latest first, at most 500 (CHG-15). A customer sees their own people's only. */
export async function noticesOfChange(em: Em, actor: Actor, changeId: string): Promise<ChangeNotice[]> {
  return em.execute<ChangeNotice[]>(
    `select n.id, n.occasion, n.audience, n.addressee, n.channel, n.text_zh as "textZh", n.text_en as "textEn", ${ms('n.sent_at')} as "sentAt"
     from change_notice n left join person p on p.id = n.person_id
     where n.change_id = ? and (?::uuid is null or (n.audience = 'customer-contact' and p.customer_id = ?::uuid))
     order by n.event_seq desc, n.audience, n.addressee, n.id limit 500`, [changeId, ...twice(actor.customerId)],
  );
}

/** Decisions that let a change into freezes (FRZ-01); not for customers. */
export async function overridesOfChange(em: Em, actor: Actor, changeId: string): Promise<FreezeOverride[]> {
  if (actor.customerId !== null) return [];
  return em.execute<FreezeOverride[]>(
    `select o.id, jsonb_build_object('id', f.id, 'name', f.name) as freeze, d.reason, d.decided_by as "decidedBy", ${ms('d.decided_at')} as "decidedAt",
       ${ms('o.window_start_at')} as "windowStartAt", ${ms('o.window_end_at')} as "windowEndAt"
     from freeze_override o join freeze_window f on f.id = o.freeze_id join change_decision d on d.id = o.decision_id
     where o.change_id = ? order by d.decided_at, o.id limit 100`, [changeId],
  );
}
