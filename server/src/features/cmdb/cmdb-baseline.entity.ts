import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import { id, instant, reference } from '../../platform/db/columns.ts';
import { CiEntity } from './cmdb.entity.ts';
import type { BaselineRelation } from './cmdb-baseline.rules.ts';

/** A set of items as it stood at an instant, agreed on (CMDB-05). Frozen: a newer one replaces it. */
export const CiBaselineEntity = defineEntity({
  name: 'CiBaseline',
  tableName: 'ci_baseline',
  properties: {
    id: id(),
    name: p.text(),
    description: p.text().strictNullable(),
    /** Whose items alone; null: of several customers, or the provider's. */
    customerId: p.uuid().strictNullable().index(),
    replacesId: p.uuid().strictNullable().unique(),
    asOf: instant(),
    takenAt: instant().index(),
    takenByName: p.text(),
    ciCount: p.integer(),
  },
});
export type CiBaseline = InferEntity<typeof CiBaselineEntity>;

export const CiBaselineItemEntity = defineEntity({
  name: 'CiBaselineItem',
  tableName: 'ci_baseline_item',
  properties: {
    baselineId: p.manyToOne(CiBaselineEntity).mapToPk().$type<string>().joinColumn('baseline_id').primary(),
    ciId: p.uuid().primary().index(),
    /** The row as `ci_version` keeps it. */
    state: p.json<Record<string, unknown>>(),
    /** Relations that start from it. */
    relations: p.json<BaselineRelation[]>(),
  },
});
export type CiBaselineItem = InferEntity<typeof CiBaselineItemEntity>;

/** A controlled item altered without a change, by whose decision and why (CMDB-06). */
export const CiExceptionEntity = defineEntity({
  name: 'CiException',
  tableName: 'ci_exception',
  properties: {
    id: id(),
    ciId: reference(CiEntity, 'ci_id').index(),
    reason: p.text(),
    alteration: p.json<Record<string, unknown>>(),
    recordedAt: instant().index(),
    recordedByName: p.text(),
  },
});
export type CiException = InferEntity<typeof CiExceptionEntity>;

/** A look at the thing itself beside the register, e.g. because its seal is broken (CMDB-11). */
export const CiComparisonEntity = defineEntity({
  name: 'CiComparison',
  tableName: 'ci_comparison',
  properties: {
    id: id(),
    ciId: reference(CiEntity, 'ci_id').index(),
    reason: p.text(),
    openedAt: instant(),
    openedByName: p.text(),
    /** null while it is open. */
    finding: p.enum(['same', 'different']).strictNullable(),
    note: p.text().strictNullable(),
    closedAt: instant().strictNullable(),
    closedByName: p.text().strictNullable(),
  },
});
export type CiComparison = InferEntity<typeof CiComparisonEntity>;

/** "Not affected", said by an operator of an item, in general or within one work record; the walk honours it (CMDB-04). */
export const CiImpactMarkEntity = defineEntity({
  name: 'CiImpactMark',
  tableName: 'ci_impact_mark',
  properties: {
    id: id(),
    ciId: reference(CiEntity, 'ci_id').index(),
    /** Opaque here: the incident or change that it is said for; null: until it is taken back. */
    ticketId: p.uuid().strictNullable().index(),
    reason: p.text(),
    markedAt: instant(),
    markedByName: p.text(),
    withdrawnAt: instant().strictNullable(),
  },
});
export type CiImpactMark = InferEntity<typeof CiImpactMarkEntity>;

export const CI_BASELINE_ENTITIES: readonly object[] = [CiBaselineEntity, CiBaselineItemEntity, CiExceptionEntity, CiComparisonEntity, CiImpactMarkEntity];
