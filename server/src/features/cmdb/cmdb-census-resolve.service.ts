import type { Actor } from '../../kernel/actor.ts';
import { assert } from '../../kernel/assert.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { optionalText, requiredText } from '../../kernel/text.ts';
import type { Change, Database } from '../../platform/db/database.ts';
import type { Em } from '../../platform/db/orm.ts';
import { alterCi, registerCi } from './cmdb-alter.service.ts';
import { lockCi } from './cmdb-authority.service.ts';
import { needsResolution } from './cmdb-census.rules.ts';
import { lockItem, tell } from './cmdb-census.service.ts';
import { classBook } from './cmdb-class.service.ts';
import { classKeyOf } from './cmdb-register-compare.service.ts';
import { patchOf, readTexts, textsOf } from './cmdb-register-difference.rules.ts';
import type { Census, CensusItem } from './cmdb-register.entity.ts';
import type { CiAuthorisation } from './cmdb.rules.ts';

export interface Resolution {
  readonly itemId: string;
  /** `change`: a change will see to it; `register`: the register is corrected now; `thing`: the thing was put right. */
  readonly by: 'change' | 'register' | 'thing';
  /** What was put right, for `thing`. */
  readonly text: string | null;
  /** Why a controlled item is corrected without a change, for `register`; needs `cmdb.control`. */
  readonly exceptionReason: string | null;
  /** Class of what the register did not know, for `register`. */
  readonly ciClass: string | null;
  /** The number of the change, looked up within the same transaction, for `change`. */
  readonly changeNumber: ((em: Em) => Promise<string>) | null;
}

/** CMDB-08: a difference is resolved by a change or a correction. A correction of the register is made in the same transaction. Returns the item's id. */
export async function resolveDifference(database: Database, actor: Actor, input: Resolution): Promise<string> {
  return database.change(actor, async (change) => {
    const { item, census } = await lockItem(change, input.itemId);
    if (!needsResolution(item.finding)) throw new Refusal('MOVE_NOT_ALLOWED', `"${item.name}" is ${item.finding}: there is nothing to resolve.`, 'itemId');
    const resolvedBy = await carryOut(change, { item, census, input });
    Object.assign(item, { resolution: input.by === 'change' ? 'change' : 'correction', resolvedBy, resolvedAt: await change.now(), resolvedByName: actor.name });
    await tell(change, census, { type: 'census.resolved', after: { itemId: item.id, name: item.name, by: input.by, resolvedBy } });
    return item.id;
  });
}

interface Work {
  readonly item: CensusItem;
  readonly census: Census;
  readonly input: Resolution;
}

async function carryOut(change: Change, { item, census, input }: Work): Promise<string> {
  switch (input.by) {
    case 'change':
      if (input.changeNumber === null) throw new Refusal('MISSING_FIELD', '"changeNumber" must be given.', 'changeNumber');
      return input.changeNumber(change.em);
    case 'thing': return requiredText(input.text, 'text', 2000);
    case 'register': return correctRegister(change, { item, census, input });
  }
}

/** Makes the register say what was found. Returns what was altered. */
async function correctRegister(change: Change, { item, census, input }: Work): Promise<string> {
  const reason = optionalText(input.exceptionReason, 'exceptionReason', 2000);
  const authorisation: CiAuthorisation = reason === null ? { kind: 'register' } : { kind: 'exception', reason: `${census.number}: ${reason}` };
  if (item.ciId === null) {
    const ci = await registerCi(change, { class: requiredText(input.ciClass, 'ciClass', 60), name: item.name, life: 'in-use', customerId: census.customerId, site: census.site }, authorisation);
    item.ciId = ci.id;
    return `registered as ${ci.class}`;
  }
  const ci = await lockCi(change, item.ciId, 'itemId');
  if (item.finding === 'missing') {
    await alterCi(change, { ciId: ci.id, expectedVersion: ci.version, patch: { life: 'retired' }, authorisation });
    return 'life: retired';
  }
  assert(item.finding === 'different', 'what is neither missing nor unknown is different');
  const book = await classBook(change.em);
  const { class: ciClass = '', name = '' } = textsOf('ci', ci);
  const found = Object.fromEntries(item.differences.map((difference) => [difference.field, difference.found ?? '']));
  const texts = readTexts({ line: 0, cells: { class: ciClass, name, ...found } }, (text) => classKeyOf(book, text));
  await alterCi(change, { ciId: ci.id, expectedVersion: ci.version, patch: patchOf('ci', texts, ci), authorisation });
  return item.differences.map(({ field, found: value }) => `${field}: ${value ?? ''}`).join('; ');
}
