import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import { id, instant, reference } from '../../platform/db/columns.ts';
import { CiEntity } from './cmdb.entity.ts';
import type { CensusDifference } from './cmdb-census.rules.ts';
import type { CiStatusReportContent } from './cmdb-report.rules.ts';
import type { RegisterDifference } from './cmdb-register-difference.rules.ts';
import type { RegisterRow } from './cmdb-register.rules.ts';

/** One cable of the port connection table 端口连接表, with the port at either end (CMDB-07). */
export const PortConnectionEntity = defineEntity({
  name: 'PortConnection',
  tableName: 'port_connection',
  properties: {
    id: id(),
    cable: p.text().index(),
    aCiId: reference(CiEntity, 'a_ci_id'),
    aPort: p.text(),
    bCiId: reference(CiEntity, 'b_ci_id').index(),
    bPort: p.text(),
    cableType: p.text().strictNullable(),
    status: p.text(),
  },
  uniques: [{ properties: ['aCiId', 'aPort', 'bCiId', 'bPort'] }],
});
export type PortConnection = InferEntity<typeof PortConnectionEntity>;

/** A file of the register whose differences are shown before anything is taken over (CMDB-06, CMDB-07). */
export const RegisterImportEntity = defineEntity({
  name: 'RegisterImport',
  tableName: 'ci_register_import',
  properties: {
    id: id(),
    kind: p.enum(['ci', 'servers', 'ports']),
    state: p.enum(['proposed', 'applied', 'discarded']),
    fileName: p.text(),
    /** Opaque: whose register the file is; null: the provider's whole register. */
    customerId: p.uuid().strictNullable().index(),
    rows: p.json<RegisterRow[]>(),
    /** What was taken over, as it was decided on; null: not yet. */
    applied: p.json<RegisterDifference[]>().strictNullable(),
    /** Differences in controlled items when it was last looked at, for the status report (CMDB-10). */
    controlledCount: p.integer().default(0),
    proposedAt: instant(),
    proposedByName: p.text(),
    decidedAt: instant().strictNullable(),
    decidedByName: p.text().strictNullable(),
    /** The change number or the reason of the exception under which it was applied. */
    authorisedBy: p.text().strictNullable(),
    version: p.integer().default(1),
  },
});
export type RegisterImport = InferEntity<typeof RegisterImportEntity>;

/** A census 资产普查 or an inspection of part of the register (CMDB-08). */
export const CensusEntity = defineEntity({
  name: 'Census',
  tableName: 'ci_census',
  properties: {
    id: id(),
    number: p.text().unique(),
    kind: p.enum(['census', 'inspection']),
    state: p.enum(['proposed', 'running', 'closed']),
    customerId: p.uuid().strictNullable().index(),
    /** Limits of the scope; null: all. */
    ciClass: p.text().strictNullable(),
    site: p.text().strictNullable(),
    proposedAt: instant(),
    dueAt: instant(),
    startedAt: instant().strictNullable(),
    startedByName: p.text().strictNullable(),
    closedAt: instant().strictNullable(),
    closedByName: p.text().strictNullable(),
    version: p.integer().default(1),
  },
});
export type Census = InferEntity<typeof CensusEntity>;

/** What a census says of one item: what the register holds against what was found. */
export const CensusItemEntity = defineEntity({
  name: 'CensusItem',
  tableName: 'ci_census_item',
  properties: {
    id: id(),
    censusId: reference(CensusEntity, 'census_id'),
    /** Null: something was found that the register does not know. */
    ciId: reference(CiEntity, 'ci_id').strictNullable().index(),
    /** As in the register when the census began; for an unknown thing as it was found. */
    name: p.text(),
    finding: p.enum(['unchecked', 'found', 'missing', 'different', 'unregistered']),
    differences: p.json<CensusDifference[]>(),
    note: p.text().strictNullable(),
    checkedAt: instant().strictNullable(),
    checkedByName: p.text().strictNullable(),
    resolution: p.enum(['change', 'correction']).strictNullable(),
    /** The change's number, or what was corrected. */
    resolvedBy: p.text().strictNullable(),
    resolvedAt: instant().strictNullable(),
    resolvedByName: p.text().strictNullable(),
  },
  uniques: [{ properties: ['censusId', 'ciId'] }],
});
export type CensusItem = InferEntity<typeof CensusItemEntity>;

/** A configuration status report as it was issued: frozen (CMDB-10). */
export const CiStatusReportEntity = defineEntity({
  name: 'CiStatusReport',
  tableName: 'ci_status_report',
  properties: {
    id: id(),
    number: p.text().unique(),
    /** Null: of the provider's whole register, never shown to a customer. */
    customerId: p.uuid().strictNullable().index(),
    /** The month, e.g. "2026-10". */
    month: p.text(),
    /** Customer and month in one text: each month is issued once, the provider's own too. */
    periodKey: p.text().unique(),
    content: p.json<CiStatusReportContent>(),
    issuedAt: instant(),
    issuedByName: p.text(),
    /** sha256 of the content, so that a copy can be compared. */
    digest: p.text(),
  },
});
export type CiStatusReport = InferEntity<typeof CiStatusReportEntity>;

export const REGISTER_ENTITIES: readonly object[] = [PortConnectionEntity, RegisterImportEntity, CensusEntity, CensusItemEntity, CiStatusReportEntity];
