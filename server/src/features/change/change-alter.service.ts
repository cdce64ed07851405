import type { Actor } from '../../kernel/actor.ts';
import type { Database } from '../../platform/db/database.ts';
import { alterCi } from '../cmdb/cmdb-alter.service.ts';
import type { CiPatch } from '../cmdb/cmdb-field.rules.ts';
import { patch } from '../ticket/ticket-record.rules.ts';
import type { RecordCommand } from '../ticket/ticket-record.service.ts';
import { authorise } from './change-authority.service.ts';
import { commandChange } from './change-case.service.ts';
import { note } from './change-decision.rules.ts';
import { requireOwnCi } from './change-review.service.ts';

export interface AlterInput extends RecordCommand {
  readonly ciId: string;
  /** Version of the CI that the alteration was based on. */
  readonly expectedCiVersion: number;
  readonly patch: Omit<CiPatch, 'attributes'> & { readonly attributes?: readonly { readonly key: string; readonly value: string }[] | null };
}

/** CHG-12, CMDB-06: alters a CI of the change in the CMDB; that, and the change's own record of it, are one transaction. */
export function alterByChange(database: Database, actor: Actor, input: AlterInput): Promise<string> {
  return commandChange(database, actor, input, 'alterCiByChange', async ({ change, kase, context }) => {
    const { ciId, expectedCiVersion } = input;
    requireOwnCi(kase, ciId);
    const ci = await alterCi(change, { ciId, expectedVersion: expectedCiVersion, patch: patchOf(input.patch), authorisation: await authorise(change.em, kase.ticket.id) });
    const known = kase.ciResults.find((row) => row.ciId === ciId);
    const said = { result: 'altered', remark: null, recordedAt: context.now, recordedBy: actor.name } as const;
    const rows = known ? { patches: [patch(known, said)] } : { add: [{ table: 'ciResult', row: { id: context.newId(), ticketId: kase.ticket.id, ciId, ...said } }] };
    return note(kase, context, { event: 'change.ciAltered', after: { ciId, name: ci.name, version: ci.version }, rows });
  });
}

/** What is left out stays as it is; a field that is null in the request is the same as one left out. */
function patchOf({ attributes, ...fields }: AlterInput['patch']): CiPatch {
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined));
  return attributes ? { ...given, attributes: Object.fromEntries(attributes.map(({ key, value }) => [key, value])) } : given;
}
