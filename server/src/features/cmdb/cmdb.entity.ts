import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import { id, instant, reference } from '../../platform/db/columns.ts';
import { CiClassEntity, CI_CLASS_ENTITIES } from './cmdb-class.entity.ts';
import { CI_LIVES, CI_SEALS, type CiAuthority } from './cmdb.rules.ts';

/** A configuration item. `externalId` is its key in the register it was imported from. */
export const CiEntity = defineEntity({
  name: 'Ci',
  tableName: 'ci',
  properties: {
    id: id(),
    externalId: p.text().strictNullable().unique(),
    class: reference(CiClassEntity, 'class').index(),
    name: p.text(),
    /** The word of the register that it came from; of an item registered here its life. */
    status: p.text(),
    /** Where it stands in its life (CMDB-02); decides whether it is controlled (CMDB-06). */
    life: p.enum(CI_LIVES).default('in-use').index(),
    /** Opaque here (tier 3 neighbours do not import each other). */
    customerId: p.uuid().strictNullable().index(),
    ownerName: p.text().strictNullable(),
    userName: p.text().nullable(),
    site: p.text().strictNullable(),
    location: p.text().nullable(),
    /** Version of the product, e.g. 15.2(4)M; `version` below counts edits of the row. */
    productVersion: p.text().nullable(),
    model: p.text().nullable(),
    specification: p.text().nullable(),
    supplier: p.text().nullable(),
    supplierContact: p.text().nullable(),
    supplierPhone: p.text().nullable(),
    serial: p.text().nullable().index(),
    systemSerial: p.text().nullable(),
    contractNumber: p.text().nullable(),
    /** Date, YYYY-MM-DD. */
    warrantyEndsOn: p.text().nullable(),
    assetLabel: p.text().nullable().index(),
    accessories: p.text().nullable(),
    addresses: p.json<string[]>().defaultRaw(`'[]'`),
    /** Of a shared device several, in order (CMDB-11). */
    responsible: p.json<string[]>().defaultRaw(`'[]'`),
    seal: p.enum(CI_SEALS).default('none'),
    attributes: p.json<Record<string, string>>(),
    /** What the latest alteration rested on; it speaks of the row whose version it names (CMDB-06). */
    authority: p.json<CiAuthority>().nullable(),
    createdAt: instant(),
    updatedAt: instant(),
    version: p.integer().default(1),
  },
});
export type Ci = InferEntity<typeof CiEntity>;

/** The relations of today; what was is kept in `ci_relation_version` by the database itself. */
export const CiRelationEntity = defineEntity({
  name: 'CiRelation',
  tableName: 'ci_relation',
  properties: {
    id: id(),
    sourceId: reference(CiEntity, 'source_id'),
    type: p.text(),
    targetId: reference(CiEntity, 'target_id').index(),
    /** Whose failure reaches whom; null: as its type says. */
    propagation: p.text().nullable(),
    createdAt: instant().defaultRaw('clock_timestamp()'),
    authority: p.json<CiAuthority>().nullable(),
  },
  uniques: [{ properties: ['sourceId', 'type', 'targetId'] }],
});
export type CiRelation = InferEntity<typeof CiRelationEntity>;

/** The CI as it was, half-open [valid_from, valid_to): written by a trigger on `ci`, so that no writer can leave it out (CMDB-05). */
export const CiVersionEntity = defineEntity({
  name: 'CiVersion',
  tableName: 'ci_version',
  properties: {
    ciId: p.uuid().primary(),
    seq: p.integer().primary().autoincrement(false),
    validFrom: instant(),
    validTo: instant().strictNullable(),
    /** The whole row, columns by their SQL names. */
    state: p.json<Record<string, unknown>>(),
  },
});
export type CiVersion = InferEntity<typeof CiVersionEntity>;

/** Every relation that is or was, half-open; the revisions tell each process what its graph lacks. Written by a trigger on `ci_relation`. */
export const CiRelationVersionEntity = defineEntity({
  name: 'CiRelationVersion',
  tableName: 'ci_relation_version',
  properties: {
    relationId: p.uuid().primary(),
    sourceId: p.uuid().index(),
    type: p.text(),
    targetId: p.uuid().index(),
    propagation: p.text(),
    validFrom: instant(),
    validTo: instant().strictNullable(),
    authority: p.json<CiAuthority>().strictNullable(),
    endedAuthority: p.json<CiAuthority>().strictNullable(),
    addedRevision: p.bigint('number').index(),
    endedRevision: p.bigint('number').strictNullable().index(),
  },
});
export type CiRelationVersion = InferEntity<typeof CiRelationVersionEntity>;

/** One row, counted up by every change of relations; its lock makes the order of revisions the order of commits. */
export const CiGraphEntity = defineEntity({
  name: 'CiGraph',
  tableName: 'ci_graph',
  properties: {
    id: p.integer().primary().autoincrement(false),
    revision: p.bigint('number'),
    /** Counted up when what is known already was judged anew: every process loads its graph again. */
    epoch: p.bigint('number'),
    /** Transaction that counted last: it sees what others must not keep yet. */
    changedBy: p.text(),
  },
});

/** "Needs n of those that it has over this type of relation" (CMDB-04); half-open. */
export const CiRedundancyEntity = defineEntity({
  name: 'CiRedundancy',
  tableName: 'ci_redundancy',
  properties: {
    id: id(),
    ciId: reference(CiEntity, 'ci_id').index(),
    type: p.text(),
    required: p.integer(),
    validFrom: instant(),
    validTo: instant().strictNullable(),
  },
  uniques: [{ name: 'ci_redundancy_open_unique', properties: ['ciId', 'type'], where: 'valid_to is null' }],
});
export type CiRedundancy = InferEntity<typeof CiRedundancyEntity>;

/** What a service of the catalogue rests on (AGR-06), half-open. */
export const ServiceCiEntity = defineEntity({
  name: 'ServiceCi',
  tableName: 'service_ci',
  properties: {
    id: id(),
    /** Of the catalogue; it is never deleted. */
    serviceId: p.uuid().index(),
    ciId: reference(CiEntity, 'ci_id').index(),
    validFrom: instant(),
    validTo: instant().strictNullable(),
  },
});
export type ServiceCi = InferEntity<typeof ServiceCiEntity>;

/** The tables of this file and of the classes; baselines and the register have their own lists. */
export const CMDB_ENTITIES: readonly object[] = [
  ...CI_CLASS_ENTITIES, CiEntity, CiRelationEntity, CiVersionEntity, CiRelationVersionEntity, CiGraphEntity, CiRedundancyEntity, ServiceCiEntity,
];
