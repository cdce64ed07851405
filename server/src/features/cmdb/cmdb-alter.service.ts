import { requirePermission } from '../../kernel/actor-guard.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { requiredText } from '../../kernel/text.ts';
import { requireVersion } from '../../kernel/version.ts';
import type { Change } from '../../platform/db/database.ts';
import type { Em } from '../../platform/db/orm.ts';
import { newId } from '../../platform/time/new-id.ts';
import { CustomerEntity } from '../customer/customer.entity.ts';
import { authorisedFor, lockCi } from './cmdb-authority.service.ts';
import { checkAttributes, requireClass, requireRelation, type ClassBook } from './cmdb-class.rules.ts';
import { classBook } from './cmdb-class.service.ts';
import { changesOf, type CiPatch } from './cmdb-field.rules.ts';
import { CiEntity, type Ci } from './cmdb.entity.ts';
import { authorityOf, type CiAuthorisation, type CiLife, type CiSeal } from './cmdb.rules.ts';

export interface CiAlteration {
  readonly ciId: string;
  readonly expectedVersion: number;
  readonly patch: CiPatch;
  readonly authorisation: CiAuthorisation;
}

/**
 * Alters an item (CMDB-06): its row, its version and the event `ci.altered` are one transaction. What is the same already alters nothing.
 * @throws Refusal UNAUTHORISED, STALE_VERSION, INVALID_INPUT and others that name the field
 */
export async function alterCi(change: Change, { ciId, expectedVersion, patch, authorisation }: CiAlteration): Promise<Ci> {
  const ci = await lockCi(change, ciId);
  requireVersion(ci, expectedVersion, 'configuration item');
  const book = await classBook(change.em);
  const after = changesOf(book, ci, patch);
  const fields = Object.keys(after);
  await authorisedFor(change, [ci], authorisation, { fields: after });
  if (fields.length === 0) return ci;
  if (after.customerId !== undefined) await requireCustomer(change, after.customerId);
  if (after.life === 'retired' || after.life === 'disposed') await requireNobodyRestsOn(change.em, ci, after.life);
  if (after.class !== undefined) await judgeRelations(change.em, book, { ciId, kind: after.class });
  const now = await change.now();
  const before = Object.fromEntries(Object.entries(ci).filter(([field]) => fields.includes(field)));
  Object.assign(ci, after, { updatedAt: Math.max(now, ci.updatedAt), version: ci.version + 1 });
  ci.authority = authorityOf(authorisation, change.actor.name, ci.version);
  change.emit({
    type: 'ci.altered', subjectKind: 'ci', subjectId: ci.id, customerId: ci.customerId, occurredAt: now, before,
    after: { ...after, authority: ci.authority }, reason: authorisation.kind === 'exception' ? authorisation.reason : null,
  });
  return ci;
}

export interface NewCi extends Omit<CiPatch, 'attributes'> {
  readonly class: string;
  readonly name: string;
  readonly externalId?: string | null;
  readonly seal?: CiSeal | null;
  readonly attributes?: Readonly<Record<string, string>> | null;
}

/** Takes a new item into the register, with all that its class requires (CMDB-01, CMDB-02). Needs `cmdb.edit` for its customer. */
export async function registerCi(change: Change, input: NewCi, authorisation: CiAuthorisation = { kind: 'register' }): Promise<Ci> {
  const { em, actor } = change;
  requirePermission(actor, 'cmdb.edit', { customerId: input.customerId ?? null });
  await requireCustomer(change, input.customerId ?? null);
  const book = await classBook(em);
  requireClass(book, input.class);
  const life: CiLife = input.life ?? 'in-stock';
  const { externalId, seal, attributes, class: kind, life: _, ...rest } = input;
  const key = externalId?.trim() || null;
  if (key !== null && (await em.count(CiEntity, { externalId: key })) > 0) throw new Refusal('NOT_UNIQUE', `There is already an item with the key "${key}".`, 'externalId');
  const now = await change.now();
  const blank: Ci = {
    ...NOTHING, id: newId(), externalId: key, class: kind, name: requiredText(input.name, 'name', 300), status: life, life, customerId: input.customerId ?? null,
    seal: seal ?? 'none', attributes: checkAttributes(book, kind, attributes ?? {}), addresses: [], responsible: [], authority: authorityOf(authorisation, actor.name, 1),
    createdAt: now, updatedAt: now, version: 1,
  };
  const ci = em.create(CiEntity, { ...blank, ...changesOf(book, blank, rest) }, { persist: true });
  change.emit({ type: 'ci.registered', subjectKind: 'ci', subjectId: ci.id, customerId: ci.customerId, occurredAt: now, after: { ...ci } });
  return ci;
}

const NOTHING = {
  ownerName: null, userName: null, site: null, location: null, productVersion: null, model: null, specification: null, supplier: null, supplierContact: null, supplierPhone: null,
  serial: null, systemSerial: null, contractNumber: null, warrantyEndsOn: null, assetLabel: null, accessories: null,
} as const;

async function requireCustomer({ em, actor }: Change, customerId: string | null): Promise<void> {
  requirePermission(actor, 'cmdb.read', { customerId });
  if (customerId === null || (await em.count(CustomerEntity, { id: customerId })) > 0) return;
  throw new Refusal('NOT_FOUND', `There is no customer ${customerId}.`, 'customerId');
}

/** An item that others in use rest on is not taken away beneath them. */
async function requireNobodyRestsOn(em: Em, { id, name }: Ci, life: CiLife): Promise<void> {
  const rows = await em.execute<{ id: string; name: string }[]>(
    `select c.id, c.name from ci_relation_version r
       join ci c on c.id = case when r.source_id = ? then r.target_id else r.source_id end
     where r.valid_to is null and c.id <> ? and c.life in ('in-use', 'in-repair')
       and ((r.target_id = ? and r.propagation in ('target-to-source', 'both')) or (r.source_id = ? and r.propagation in ('source-to-target', 'both')))
     order by c.name, c.id limit 6`, [id, id, id, id],
  );
  if (rows.length === 0) return;
  const names = rows.slice(0, 5).map((row) => `"${row.name}"`).join(', ');
  throw new Refusal('MOVE_NOT_ALLOWED', `"${name}" cannot be ${life} while items in use rest on it: ${names}${rows.length > 5 ? ' and more' : ''}. End those relations first.`, 'life', { dependents: rows });
}

/** Of another class its relations must still be ones that may be; whose failure reaches whom is judged anew. */
async function judgeRelations(em: Em, book: ClassBook, { ciId, kind }: { ciId: string; kind: string }): Promise<void> {
  const rows = await em.execute<{ id: string; type: string; outgoing: boolean; other: string; propagation: string | null; self: boolean }[]>(
    `select r.id, r.type, r.source_id = ? as outgoing, c.class as other, r.propagation, r.source_id = r.target_id as self
     from ci_relation r join ci c on c.id = case when r.source_id = ? then r.target_id else r.source_id end where r.source_id = ? or r.target_id = ?`, [ciId, ciId, ciId, ciId],
  );
  for (const { id, type, outgoing, other, propagation, self } of rows) {
    const far = self ? kind : other;
    const judged = requireRelation(book, outgoing ? { type, sourceClass: kind, targetClass: far } : { type, sourceClass: far, targetClass: kind });
    if (judged !== propagation) await em.execute('update ci_relation set propagation = ? where id = ?', [judged, id]);
  }
}
