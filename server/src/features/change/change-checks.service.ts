import type { Instant } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { optionalText, requiredText } from '../../kernel/text.ts';
import type { Em } from '../../platform/db/orm.ts';
import { textArray } from '../../platform/db/text-array.ts';
import { PersonEntity } from '../access/access.entity.ts';
import { TeamEntity } from '../team/team.entity.ts';
import { preAuthorisedOf } from './change-case.service.ts';
import type { ChangeCategory } from './change-states.rules.ts';

/** What is named in a command must be there and fit; the refusal names the field. */

export function requireWord<Word extends string>(value: string, field: string, words: readonly Word[]): Word {
  const word = words.find((known) => known === value);
  if (word === undefined) throw new Refusal('INVALID_INPUT', `"${field}" must be one of ${words.join(', ')}, got "${value.slice(0, 60)}".`, field);
  return word;
}

const MOST_NAMED = 50;

/** Names as the customer calls them, each once. */
export function textList(values: readonly string[] | null | undefined, field: string): string[] {
  const texts = (values ?? []).map((value) => optionalText(value, field)).filter((text) => text !== null);
  if (texts.length > MOST_NAMED) throw new Refusal('TOO_LARGE', `"${field}" may hold ${MOST_NAMED} names, got ${texts.length}.`, field);
  return [...new Set(texts)];
}

/** One of the provider's own people, at work. */
export async function requirePerson(em: Em, id: string | null, field: string): Promise<string | null> {
  if (id === null) return null;
  if ((await em.count(PersonEntity, { id, active: true, customerId: null })) === 0) throw new Refusal('NOT_FOUND', `There is no active person ${id} of ours.`, field);
  return id;
}

export async function requireTeam(em: Em, id: string | null): Promise<string | null> {
  if (id !== null && (await em.count(TeamEntity, { id, active: true })) === 0) throw new Refusal('NOT_FOUND', `There is no active team ${id}.`, 'teamId');
  return id;
}

const MOST_CIS = 200;

/** CIs of this customer, or of nobody's in particular (ORG-03). */
export async function requireCis(em: Em, ids: readonly string[], customerId: string): Promise<string[]> {
  const wanted = [...new Set(ids)];
  if (wanted.length > MOST_CIS) throw new Refusal('TOO_LARGE', `A change may name ${MOST_CIS} CIs, got ${wanted.length}.`, 'ciIds');
  const found = await em.execute<{ id: string }[]>('select id from ci where id = any(?::uuid[]) and (customer_id is null or customer_id = ?)', [textArray(wanted), customerId]);
  const missing = wanted.find((id) => !found.some((row) => row.id === id));
  if (missing !== undefined) throw new Refusal('NOT_FOUND', `This customer has no CI ${missing}.`, 'ciIds');
  return wanted;
}

/** An item of the customer's pre-authorised list, in force; only a general change follows one. */
export async function requireItem(em: Em, id: string | null, { customerId, category, at }: { readonly customerId: string; readonly category: ChangeCategory; readonly at: Instant }): Promise<string | null> {
  if (id === null) return null;
  if (category !== 'general') throw new Refusal('INVALID_INPUT', 'Only a general change is pre-authorised.', 'preAuthorisedId');
  if (!(await preAuthorisedOf(em, id, { customerId, at }))) throw new Refusal('NOT_FOUND', 'This customer has not agreed to such a change, or no longer.', 'preAuthorisedId');
  return id;
}

export const longText = (value: string | null | undefined, field: string): string => requiredText(value, field, 20_000);
export const reasonText = (value: string | null | undefined, field = 'reason'): string => requiredText(value, field, 2000);
