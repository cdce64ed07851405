import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import { id, instant } from '../../platform/db/columns.ts';

/** A board of the NOC: which open records it shows. Empty lists mean "all". */
export const BoardEntity = defineEntity({
  name: 'Board',
  tableName: 'board',
  properties: {
    id: id(),
    name: p.text(),
    nameZh: p.text(),
    timeZone: p.text(),
    rowLimit: p.integer().default(12),
    customerIds: p.json<string[]>(),
    teamIds: p.json<string[]>(),
    position: p.integer().default(0),
    /** A replay feeds the boards at that speed (D-27), as last heard before `replayUntil`. */
    replaySpeed: p.double().nullable(),
    replayUntil: instant().nullable(),
  },
});
export type Board = InferEntity<typeof BoardEntity>;
