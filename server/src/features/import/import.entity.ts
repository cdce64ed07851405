import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import { id, instant, reference } from '../../platform/db/columns.ts';

/** One run of an importer over one file; resumed by the file's digest (API-06). */
export const ImportRunEntity = defineEntity({
  name: 'ImportRun',
  tableName: 'import_run',
  properties: {
    id: id(),
    kind: p.enum(['incidents', 'cis', 'relations']),
    /** The name under which records keep their external numbers. */
    source: p.text(),
    fileName: p.text(),
    /** Of the file and of the settings that it is read with: other settings are another run. */
    fileDigest: p.text(),
    startedAt: instant(),
    finishedAt: instant().strictNullable(),
    accepted: p.integer().default(0),
    refused: p.integer().default(0),
    /** Records of the file dealt with so far, in its order: where a run that was killed goes on. */
    records: p.integer().default(0),
  },
  indexes: [{ properties: ['kind', 'fileDigest'] }],
});
export type ImportRun = InferEntity<typeof ImportRunEntity>;

/** A row that could not be taken over, and why. */
export const ImportRejectEntity = defineEntity({
  name: 'ImportReject',
  tableName: 'import_reject',
  properties: {
    id: id(),
    runId: reference(ImportRunEntity, 'run_id').index(),
    line: p.integer(),
    externalNumber: p.text().strictNullable(),
    code: p.text(),
    reason: p.text(),
  },
});
export type ImportReject = InferEntity<typeof ImportRejectEntity>;
