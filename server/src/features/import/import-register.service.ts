import { may, type Actor } from '../../kernel/actor.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { optionalText } from '../../kernel/text.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Em } from '../../platform/db/orm.ts';
import { authorise } from '../change/change-authority.service.ts';
import { applyRegister, registerFileById } from '../cmdb/cmdb-register-import.service.ts';
import { resolveDifference, type Resolution } from '../cmdb/cmdb-census-resolve.service.ts';
import type { RegisterImport } from '../cmdb/cmdb-register.entity.ts';
import type { CiAuthorisation } from '../cmdb/cmdb.rules.ts';

export interface RegisterTakeOver {
  readonly id: string;
  readonly expectedVersion: number;
  readonly digest: string;
  readonly retireGone?: boolean | null;
  readonly changeNumber?: string | null;
  readonly exceptionReason?: string | null;
}

/** Takes a file of the register over, on the ground of a change or an exception where it alters controlled items (CMDB-06). */
export async function takeRegisterOver(database: Database, actor: Actor, input: RegisterTakeOver): Promise<RegisterImport> {
  const number = optionalText(input.changeNumber, 'changeNumber', 30);
  const { id, expectedVersion, digest } = input;
  await applyRegister(database, actor, {
    id, expectedVersion, digest, retireGone: input.retireGone ?? false, exceptionReason: input.exceptionReason ?? null,
    authorise: number === null ? null : (em) => groundOfChange(em, actor, number),
  });
  return registerFileById(database.em, id);
}

/** What a change, by its number, allows in the register; it is locked, so that it cannot end meanwhile. @throws Refusal NOT_FOUND, MOVE_NOT_ALLOWED */
export async function groundOfChange(em: Em, actor: Actor, number: string): Promise<CiAuthorisation> {
  const rows = await em.execute<{ id: string; customerId: string }[]>(`select id, customer_id as "customerId" from ticket where number = ? and kind = 'change' for no key update`, [number.toUpperCase()]);
  const change = rows[0];
  if (!change || !may(actor, 'change.read', { customerId: change.customerId })) throw new Refusal('NOT_FOUND', `There is no change "${number}".`, 'changeNumber');
  return authorise(em, change.id);
}

export interface CensusResolutionRequest {
  readonly itemId: string;
  readonly by: Resolution['by'];
  readonly changeNumber?: string | null;
  readonly text?: string | null;
  readonly exceptionReason?: string | null;
  readonly ciClass?: string | null;
}

/** Resolves a difference of a census; one that a change is to see to names a change that is not over (CMDB-08). */
export async function resolveCensusDifference(database: Database, actor: Actor, input: CensusResolutionRequest): Promise<string> {
  const number = optionalText(input.changeNumber, 'changeNumber', 30);
  return resolveDifference(database, actor, {
    itemId: input.itemId, by: input.by, text: input.text ?? null, exceptionReason: input.exceptionReason ?? null, ciClass: input.ciClass ?? null,
    changeNumber: number === null ? null : async (em) => (await openChange(em, actor, number)).number,
  });
}

async function openChange(em: Em, actor: Actor, number: string): Promise<{ number: string }> {
  const rows = await em.execute<{ number: string; customerId: string; closed: boolean }[]>(
    `select number, customer_id as "customerId", closed_at is not null as closed from ticket where number = ? and kind = 'change'`, [number.toUpperCase()],
  );
  const change = rows[0];
  if (!change || !may(actor, 'change.read', { customerId: change.customerId })) throw new Refusal('NOT_FOUND', `There is no change "${number}".`, 'changeNumber');
  if (change.closed) throw new Refusal('MOVE_NOT_ALLOWED', `${change.number} is closed: name one that is still to be done.`, 'changeNumber');
  return change;
}
