import type { Actor } from '../../kernel/actor.ts';
import { requirePermission, visibleCustomers } from '../../kernel/actor-guard.ts';
import { pageRequest } from '../../kernel/page.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { optionalText } from '../../kernel/text.ts';
import type { Em } from '../../platform/db/orm.ts';
import { AgreementEntity, CustomerEntity, type Agreement } from './customer.entity.ts';

export interface AgreementPageRequest {
  /** Part of the number, the name or the customer's name. */
  readonly search?: string | null;
  readonly first?: number | null;
  /** Opaque: the endCursor of the page before. */
  readonly after?: string | null;
}

export interface AgreementPage {
  readonly rows: readonly Agreement[];
  readonly hasNextPage: boolean;
}

/** The register of agreements, the first to end first, a page at a time (AGR-03). */
export async function agreementRegister(em: Em, actor: Actor, { search, ...asked }: AgreementPageRequest): Promise<AgreementPage> {
  requirePermission(actor, 'agreement.read');
  const { first, after } = pageRequest(asked.first, asked.after);
  const visible = visibleCustomers(actor, 'agreement.read');
  const only = visible === 'all' ? {} : { customerId: { $in: [...visible] } };
  const following = after === null ? {} : behind(readCursor(after));
  const rows = await em.find(AgreementEntity, { $and: [only, await named(em, optionalText(search, 'search', 200)), following] }, { orderBy: { endsAt: 'asc', id: 'asc' }, limit: first + 1 });
  return { rows: rows.slice(0, first), hasNextPage: rows.length > first };
}

async function named(em: Em, search: string | null): Promise<object> {
  if (search === null) return {};
  const like = { $ilike: `%${search.replaceAll(/[\\%_]/g, '\\$&')}%` };
  const customers = await em.find(CustomerEntity, { name: like }, { orderBy: { name: 'asc' }, limit: 1000 });
  return { $or: [{ number: like }, { name: like }, { customerId: { $in: customers.map(({ id }) => id) } }] };
}

type Place = Pick<Agreement, 'endsAt' | 'id'>;
const behind = ({ endsAt, id }: Place): object => ({ $or: [{ endsAt: { $gt: endsAt } }, { endsAt, id: { $gt: id } }] });

/** The place of an agreement in the list. */
export function placeOf({ endsAt, id }: Place): string {
  return Buffer.from(JSON.stringify([endsAt, id])).toString('base64url');
}

function readCursor(cursor: string): Place {
  const found = /^\[(-?\d{1,16}),"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"\]$/.exec(Buffer.from(cursor, 'base64url').toString());
  if (found?.[1] && found[2]) return { endsAt: Number(found[1]), id: found[2] };
  throw new Refusal('INVALID_INPUT', '"after" must be the endCursor of an earlier page.', 'after');
}
