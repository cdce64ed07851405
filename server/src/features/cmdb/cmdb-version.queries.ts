import type { Actor } from '../../kernel/actor.ts';
import { visibleCustomers } from '../../kernel/actor-guard.ts';
import { toIso, type Instant } from '../../kernel/instant.ts';
import { pageRequest } from '../../kernel/page.ts';
import { ms } from '../../platform/db/ms.ts';
import type { Em } from '../../platform/db/orm.ts';
import { textArray } from '../../platform/db/text-array.ts';
import { ciOfState, differencesBetween, type CiState, type FieldDifference } from './cmdb-state.rules.ts';
import { cisById } from './cmdb.queries.ts';

export interface CiVersionView {
  readonly seq: number;
  readonly validFrom: Instant;
  readonly validTo: Instant | null;
  readonly ci: CiState;
  /** Against the version before it. */
  readonly differences: FieldDifference[];
}

interface VersionRow {
  readonly ciId: string;
  readonly seq: number;
  readonly validFrom: Instant;
  readonly validTo: Instant | null;
  readonly state: unknown;
  readonly before: unknown;
}

/** The versions of an item, newest first (CMDB-05): those of a time when it was another customer's are not shown to a customer. */
export async function versionsOf(em: Em, actor: Actor, { ciId, first, beforeSeq }: { ciId: string; first: number; beforeSeq: number | null }): Promise<CiVersionView[]> {
  if (!(await cisById(em, actor, [ciId])).has(ciId)) return [];
  const rows = await em.execute<VersionRow[]>(
    `select v.ci_id as "ciId", v.seq, ${ms('v.valid_from')} as "validFrom", ${ms('v.valid_to')} as "validTo", v.state, e.state as before
     from ci_version v left join ci_version e on e.ci_id = v.ci_id and e.seq = v.seq - 1
     where v.ci_id = ? and (?::int is null or v.seq < ?::int) order by v.seq desc limit ?`, [ciId, beforeSeq, beforeSeq, pageRequest(first, null).first],
  );
  return rows.filter(({ state }) => maySee(actor, state)).map(({ seq, validFrom, validTo, state, before }) => {
    const ci = toldTo(actor, ciOfState(state));
    return { seq, validFrom, validTo, ci, differences: before && maySee(actor, before) ? differencesBetween(ciOfState(before), ci) : [] };
  });
}

/** Items as they were at an instant; one that was not there yet is missing. */
export async function cisAt(em: Em, actor: Actor, ids: readonly string[], at: Instant): Promise<ReadonlyMap<string, CiState>> {
  const known = await cisById(em, actor, ids);
  const rows = await em.execute<{ ciId: string; state: unknown }[]>(
    `select distinct on (ci_id) ci_id as "ciId", state from ci_version
     where ci_id = any(?::uuid[]) and valid_from <= ? and (valid_to is null or valid_to > ?) order by ci_id, seq desc`, [textArray(known.keys()), toIso(at), toIso(at)],
  );
  return new Map(rows.filter(({ state }) => maySee(actor, state)).map(({ ciId, state }) => [ciId, toldTo(actor, ciOfState(state))]));
}

/** Why the provider made an exception is told to its own people only. */
function toldTo(actor: Actor, ci: CiState): CiState {
  return actor.customerId === null || ci.authority === null ? ci : { ...ci, authority: { ...ci.authority, reason: null } };
}

function maySee(actor: Actor, state: unknown): boolean {
  const visible = visibleCustomers(actor, 'cmdb.read');
  if (visible === 'all') return true;
  const { customerId } = ciOfState(state);
  return customerId !== null && visible.includes(customerId);
}

export interface PastRelation {
  readonly relationId: string;
  readonly type: string;
  readonly outgoing: boolean;
  readonly otherId: string;
  readonly validFrom: Instant;
  readonly validTo: Instant | null;
  readonly authority: { readonly kind: string; readonly number: string | null; readonly reason: string | null; readonly by: string } | null;
  readonly endedAuthority: PastRelation['authority'];
}

/** Every relation that the item has or had, newest first; with `at` those of that instant. At most `first`. */
export async function relationsEver(em: Em, actor: Actor, { ciId, at, first }: { ciId: string; at: Instant | null; first: number }) {
  const rows = await em.execute<PastRelation[]>(
    `select relation_id as "relationId", type, source_id = ? as outgoing, case when source_id = ? then target_id else source_id end as "otherId",
       ${ms('valid_from')} as "validFrom", ${ms('valid_to')} as "validTo", authority, ended_authority as "endedAuthority"
     from ci_relation_version where (source_id = ? or target_id = ?) and (?::timestamptz is null or (valid_from <= ?::timestamptz and (valid_to is null or valid_to > ?::timestamptz)))
     order by valid_from desc, relation_id limit ?`,
    [ciId, ciId, ciId, ciId, ...Array<string | null>(3).fill(at === null ? null : toIso(at)), pageRequest(first, null).first],
  );
  const seen = await cisById(em, actor, [...new Set([ciId, ...rows.map(({ otherId }) => otherId)])]);
  return seen.has(ciId) ? rows.flatMap(({ otherId, ...row }) => {
    const ci = seen.get(otherId);
    const reasons = actor.customerId === null ? {} : { authority: withoutReason(row.authority), endedAuthority: withoutReason(row.endedAuthority) };
    return ci ? [{ ...row, ...reasons, ci }] : [];
  }) : [];
}

function withoutReason(authority: PastRelation['authority']): PastRelation['authority'] {
  return authority === null ? null : { ...authority, reason: null };
}
