import { Refusal } from '../../kernel/refusal.ts';
import { toIso } from '../../kernel/instant.ts';
import type { Change } from '../../platform/db/database.ts';
import { persistRow } from '../../platform/db/persist-row.ts';
import { newId } from '../../platform/time/new-id.ts';
import { authorisedFor, lockCi } from './cmdb-authority.service.ts';
import { requireRelation } from './cmdb-class.rules.ts';
import { classBook } from './cmdb-class.service.ts';
import { CiRedundancyEntity, CiRelationEntity, type Ci } from './cmdb.entity.ts';
import { authorityOf, type CiAuthorisation } from './cmdb.rules.ts';

export interface NewRelation {
  readonly sourceId: string;
  readonly type: string;
  readonly targetId: string;
  readonly authorisation: CiAuthorisation;
}

/** Relates two items, if the rules allow it for their classes (CMDB-03); a controlled one of them needs a change or an exception (CMDB-06). */
export async function relateCis(change: Change, { sourceId, type, targetId, authorisation }: NewRelation): Promise<string> {
  const { em, actor } = change;
  const [source, target] = await lockBoth(change, { id: sourceId, field: 'sourceId' }, { id: targetId, field: 'targetId' });
  const propagation = requireRelation(await classBook(em), { type, sourceClass: source.class, targetClass: target.class });
  if (source === target) throw new Refusal('INVALID_INPUT', `"${source.name}" cannot be related to itself.`, 'targetId');
  const there = await em.findOne(CiRelationEntity, { sourceId, type, targetId });
  if (there) throw new Refusal('NOT_UNIQUE', `"${source.name}" is related to "${target.name}" by "${type}" already.`, 'type', { relationId: there.id });
  await authorisedFor(change, source.id < target.id ? [source, target] : [target, source], authorisation, { relate: { sourceId, type, targetId } });
  const now = await change.now();
  const id = newId();
  persistRow(em, CiRelationEntity, { id, sourceId, type, targetId, propagation, createdAt: now, authority: authorityOf(authorisation, actor.name, 1) });
  for (const [ci, other] of [[source, target], [target, source]] as const) {
    change.emit({ type: 'ci.relationAdded', subjectKind: 'ci', subjectId: ci.id, customerId: ci.customerId, occurredAt: now, after: { relationId: id, sourceId, type, targetId, other: other.name, authority: authorisation } });
  }
  return id;
}

/** Ends a relation; that it was is kept (CMDB-05). */
export async function endRelation(change: Change, { relationId, authorisation }: { relationId: string; authorisation: CiAuthorisation }): Promise<string> {
  const { em, actor } = change;
  const relation = await em.findOne(CiRelationEntity, { id: relationId });
  if (!relation) throw new Refusal('NOT_FOUND', `There is no relation ${relationId}; it may have been ended already.`, 'relationId');
  const { sourceId, targetId, type } = relation;
  const [source, target] = await lockBoth(change, { id: sourceId, field: 'relationId' }, { id: targetId, field: 'relationId' });
  await authorisedFor(change, source.id < target.id ? [source, target] : [target, source], authorisation, { endRelation: { sourceId, type, targetId } });
  const now = await change.now();
  await em.execute(`update ci_relation_version set valid_to = greatest(valid_from, ?::timestamptz), ended_authority = ?::jsonb where relation_id = ?`, [
    toIso(now), JSON.stringify(authorityOf(authorisation, actor.name, 1)), relationId,
  ]);
  await em.execute('delete from ci_relation where id = ?', [relationId]);
  em.getUnitOfWork().unsetIdentity(relation);
  for (const [ci, other] of [[source, target], [target, source]] as const) {
    change.emit({ type: 'ci.relationEnded', subjectKind: 'ci', subjectId: ci.id, customerId: ci.customerId, occurredAt: now, before: { relationId, sourceId, type, targetId, other: other.name }, after: { authority: authorisation } });
  }
  return relationId;
}

/** The items at both ends of a relation that stands. */
export async function relationEnds({ em }: Change, relationId: string): Promise<string[]> {
  const relation = await em.findOne(CiRelationEntity, { id: relationId });
  return relation ? [relation.sourceId, relation.targetId] : [];
}

export interface NewRedundancy {
  readonly ciId: string;
  readonly type: string;
  /** How many of those that it has over this type must stand; null: all of them again. */
  readonly required: number | null;
  readonly authorisation: CiAuthorisation;
}

/** CMDB-04: "needs n of m". Altering it alters the item. */
export async function setRedundancy(change: Change, { ciId, type, required, authorisation }: NewRedundancy): Promise<string> {
  const { em } = change;
  const ci = await lockCi(change, ciId, 'ciId');
  const book = await classBook(em);
  if (!book.types.has(type)) throw new Refusal('INVALID_INPUT', `"type" must be one of ${[...book.types.keys()].join(', ')}, got "${type}".`, 'type');
  const has = await suppliersOf(change, ciId, type);
  if (required !== null && has === 0) throw new Refusal('OUT_OF_RANGE', `"${ci.name}" has nothing over "${type}" of which it could need some.`, 'required', { has });
  if (required !== null && (!Number.isInteger(required) || required < 1 || required > has)) {
    throw new Refusal('OUT_OF_RANGE', `"required" must be 1–${has}: "${ci.name}" has ${has} over "${type}"; got ${required}.`, 'required', { has });
  }
  await authorisedFor(change, [ci], authorisation, { redundancy: { type, required } });
  const now = await change.now();
  const before = await em.findOne(CiRedundancyEntity, { ciId, type, validTo: null });
  if (before) before.validTo = Math.max(now, before.validFrom);
  await em.flush();
  if (required !== null) persistRow(em, CiRedundancyEntity, { id: newId(), ciId, type, required, validFrom: now, validTo: null });
  change.emit({
    type: 'ci.redundancySet', subjectKind: 'ci', subjectId: ciId, customerId: ci.customerId, occurredAt: now, before: { type, required: before?.required ?? null },
    after: { type, required, has, authority: authorisation },
  });
  return ciId;
}

/** How many items this one rests on over that type of relation. */
async function suppliersOf({ em }: Change, ciId: string, type: string): Promise<number> {
  const rows = await em.execute<{ has: number }[]>(
    `select count(*)::int as has from ci_relation_version where valid_to is null and type = ?
       and ((source_id = ? and propagation in ('target-to-source', 'both')) or (target_id = ? and propagation in ('source-to-target', 'both')))`, [type, ciId, ciId],
  );
  return rows[0]?.has ?? 0;
}

interface End {
  readonly id: string;
  readonly field: string;
}

/** Locks both ends in ascending id, whichever is asked for first. */
async function lockBoth(change: Change, a: End, b: End): Promise<[Ci, Ci]> {
  const first = a.id <= b.id ? a : b;
  const locked = await lockCi(change, first.id, first.field);
  if (a.id === b.id) return [locked, locked];
  const second = first === a ? b : a;
  const other = await lockCi(change, second.id, second.field);
  return first === a ? [locked, other] : [other, locked];
}
