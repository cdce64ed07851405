import type { Actor } from '../../kernel/actor.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Change, Database } from '../../platform/db/database.ts';
import { endRelation, relateCis, relationEnds, setRedundancy } from '../cmdb/cmdb-relation.service.ts';
import type { CiAuthorisation } from '../cmdb/cmdb.rules.ts';
import { patch } from '../ticket/ticket-record.rules.ts';
import type { RecordCommand } from '../ticket/ticket-record.service.ts';
import { authorise } from './change-authority.service.ts';
import type { ChangeCase } from './change-case.rules.ts';
import { commandChange } from './change-case.service.ts';
import { note } from './change-decision.rules.ts';

export interface RelationsInput extends RecordCommand {
  readonly relate?: readonly { readonly sourceId: string; readonly type: string; readonly targetId: string }[] | null;
  /** Ids of relations. */
  readonly end?: readonly string[] | null;
  readonly redundancy?: readonly { readonly ciId: string; readonly type: string; readonly required?: number | null }[] | null;
}

const MOST = 100;

/** CHG-12, CMDB-06: makes and ends relations of the change's CIs, and says what they need; all of it or nothing. Relations are ended first. */
export function alterRelationsByChange(database: Database, actor: Actor, input: RelationsInput): Promise<string> {
  const { relate, end, redundancy } = { relate: input.relate ?? [], end: input.end ?? [], redundancy: input.redundancy ?? [] };
  const count = relate.length + end.length + redundancy.length;
  if (count < 1 || count > MOST) throw new Refusal('OUT_OF_RANGE', `"relate", "end" and "redundancy" must name 1–${MOST} alterations together, got ${count}.`, 'relate');
  return commandChange(database, actor, input, 'alterCiByChange', async ({ change, kase, context }) => {
    const authorisation = await authorise(change.em, kase.ticket.id);
    const ended = await endAll(change, end, authorisation);
    for (const relation of relate) {
      await relateCis(change, { ...relation, authorisation });
      await change.em.flush();
    }
    for (const need of redundancy) await setRedundancy(change, { ...need, required: need.required ?? null, authorisation });
    const touched = new Set([...ended, ...relate.flatMap(({ sourceId, targetId }) => [sourceId, targetId]), ...redundancy.map(({ ciId }) => ciId)]);
    const said = { result: 'altered', remark: null, recordedAt: context.now, recordedBy: actor.name } as const;
    return note(kase, context, { event: 'change.ciAltered', after: { relate, end, redundancy }, rows: resultRows(kase, touched, said, context.newId) });
  });
}

async function endAll(change: Change, relationIds: readonly string[], authorisation: CiAuthorisation): Promise<string[]> {
  const touched: string[] = [];
  for (const relationId of relationIds) {
    touched.push(...(await relationEnds(change, relationId)));
    await endRelation(change, { relationId, authorisation });
  }
  return touched;
}

/** Of the CIs that the change names those that it has altered now (CHG-12). */
function resultRows(kase: ChangeCase, touched: ReadonlySet<string>, said: { result: 'altered'; remark: null; recordedAt: number; recordedBy: string }, newId: () => string) {
  const known = kase.ciResults.filter(({ ciId }) => touched.has(ciId));
  const fresh = kase.cis.filter(({ id }) => touched.has(id) && !known.some(({ ciId }) => ciId === id));
  return {
    patches: known.map((row) => patch(row, said)),
    add: fresh.map(({ id }) => ({ table: 'ciResult' as const, row: { id: newId(), ticketId: kase.ticket.id, ciId: id, ...said } })),
  };
}
