import { assert } from '../../kernel/assert.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Change } from '../../platform/db/database.ts';
import { alterCi, registerCi } from './cmdb-alter.service.ts';
import { authorisedFor, controlledStatuses, lockCi } from './cmdb-authority.service.ts';
import { classBook } from './cmdb-class.service.ts';
import { classKeyOf, portRegister } from './cmdb-register-compare.service.ts';
import { patchOf, readTexts, type RegisterDifference } from './cmdb-register-difference.rules.ts';
import { readPortLine } from './cmdb-register-ports.rules.ts';
import { savePortConnections } from './cmdb-register-ports.service.ts';
import { PortConnectionEntity, type RegisterImport } from './cmdb-register.entity.ts';
import type { RegisterRow } from './cmdb-register.rules.ts';
import { endRelation, relateCis } from './cmdb-relation.service.ts';
import { CiEntity, CiRelationEntity } from './cmdb.entity.ts';
import type { CiAuthorisation } from './cmdb.rules.ts';

export interface TakeOver {
  readonly differences: readonly RegisterDifference[];
  /** Also retire items, or end cables, that the file lacks. */
  readonly retireGone: boolean;
  readonly authorisation: CiAuthorisation;
}

/** Carries out the differences of a file within the open transaction; the first thing that is refused undoes all of it. */
export async function takeOver(change: Change, file: RegisterImport, input: TakeOver): Promise<void> {
  const rows = new Map(file.rows.map((row) => [row.line, row]));
  // Items are locked in ascending id, whatever the order of the lines.
  const steps = input.differences.filter(({ outcome }) => outcome !== 'same').toSorted((a, b) => ((a.ciId ?? '') < (b.ciId ?? '') ? -1 : 1));
  for (const difference of steps) {
    const row = difference.line === null ? null : (rows.get(difference.line) ?? null);
    try {
      if (file.kind === 'ports') await takePortLine(change, file, { row, difference, input });
      else await takeLine(change, file, { row, difference, input });
    } catch (error) {
      if (!(error instanceof Refusal) || error.code === 'FORBIDDEN') throw error;
      throw new Refusal(error.code, `${difference.line === null ? difference.name : `Line ${difference.line} (${difference.name})`}: ${error.message} Nothing was taken over.`, error.field, error.detail);
    }
  }
}

interface Step {
  readonly row: RegisterRow | null;
  readonly difference: RegisterDifference;
  readonly input: TakeOver;
}

async function takeLine(change: Change, file: RegisterImport, { row, difference, input }: Step): Promise<void> {
  const { authorisation, retireGone } = input;
  const before = difference.ciId === null ? null : await lockCi(change, difference.ciId);
  if (row === null) {
    if (before && retireGone) await alterCi(change, { ciId: before.id, expectedVersion: before.version, patch: { life: 'retired' }, authorisation });
    return;
  }
  const book = await classBook(change.em);
  const patch = patchOf(file.kind, readTexts(row, (text) => classKeyOf(book, text)), before);
  if (before) await alterCi(change, { ciId: before.id, expectedVersion: before.version, patch, authorisation });
  else {
    const attributes = Object.fromEntries(Object.entries(patch.attributes ?? {}).flatMap(([key, value]) => (value === null ? [] : [[key, value] as const])));
    await registerCi(change, { ...patch, externalId: difference.key, customerId: file.customerId, attributes }, authorisation);
  }
}

async function takePortLine(change: Change, file: RegisterImport, { row, difference, input }: Step): Promise<void> {
  const { em } = change;
  const { authorisation, retireGone } = input;
  if (row === null) {
    if (retireGone) await endCable(change, difference.portId ?? '', authorisation);
    return;
  }
  const controlled = await controlledStatuses(em, await change.now());
  const line = readPortLine(row, await portRegister(em, { ...file, rows: [row] }, { book: await classBook(em), controlled }));
  const { a, b, aPort, bPort, cable, status } = line;
  const [first, second] = a.id < b.id ? [a.id, b.id] : [b.id, a.id];
  await authorisedFor(change, [await lockCi(change, first), await lockCi(change, second)], authorisation, { cable, aPort, bPort });
  // A cable that is known the other way round keeps its direction.
  const turned = await em.count(PortConnectionEntity, { aCiId: b.id, aPort: bPort, bCiId: a.id, bPort: aPort });
  const ends = turned > 0 ? { aCiId: b.id, aPort: bPort, bCiId: a.id, bPort: aPort } : { aCiId: a.id, aPort, bCiId: b.id, bPort };
  await savePortConnections(em, [{ cable, ...ends, cableType: line.cableType || null, status }]);
  const related = await em.count(CiRelationEntity, { type: 'connected_to', $or: [{ sourceId: a.id, targetId: b.id }, { sourceId: b.id, targetId: a.id }] });
  if (related === 0) await relateCis(change, { sourceId: a.id, type: 'connected_to', targetId: b.id, authorisation });
  await tellCable(change, { type: 'ci.cableRecorded', ciId: a.id, after: { cable, port: aPort, other: b.name, otherPort: bPort, status } });
}

/** Takes a cable out of the table; with the last one between two items their relation ends. */
async function endCable(change: Change, portId: string, authorisation: CiAuthorisation): Promise<void> {
  const { em } = change;
  const line = await em.findOne(PortConnectionEntity, { id: portId });
  if (!line) throw new Refusal('NOT_FOUND', 'The cable is not in the table any more.', 'id');
  const { cable, aCiId, bCiId, aPort, bPort } = line;
  const [first, second] = aCiId < bCiId ? [aCiId, bCiId] : [bCiId, aCiId];
  await authorisedFor(change, [await lockCi(change, first), await lockCi(change, second)], authorisation, { endCable: cable, aPort, bPort });
  await em.execute('delete from port_connection where id = ?', [portId]);
  const left = await em.execute<{ n: number }[]>('select count(*)::int as n from port_connection where (a_ci_id = ? and b_ci_id = ?) or (a_ci_id = ? and b_ci_id = ?)', [aCiId, bCiId, bCiId, aCiId]);
  const relation = await em.findOne(CiRelationEntity, { type: 'connected_to', $or: [{ sourceId: aCiId, targetId: bCiId }, { sourceId: bCiId, targetId: aCiId }] });
  if (left[0]?.n === 0 && relation) await endRelation(change, { relationId: relation.id, authorisation });
  await tellCable(change, { type: 'ci.cableEnded', ciId: aCiId, after: { cable, port: aPort, otherPort: bPort } });
}

async function tellCable(change: Change, { type, ciId, after }: { type: string; ciId: string; after: Record<string, string> }): Promise<void> {
  const ci = await change.em.findOne(CiEntity, { id: ciId });
  assert(ci, 'the end of a cable is an item');
  change.emit({ type, subjectKind: 'ci', subjectId: ciId, customerId: ci.customerId, occurredAt: await change.now(), after });
}
