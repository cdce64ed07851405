import { Refusal } from '../../kernel/refusal.ts';
import type { Em } from '../../platform/db/orm.ts';
import { PersonEntity } from '../access/access.entity.ts';
import type { Agreement } from './customer.entity.ts';

const PARTS = ['slaOwnerId', 'serviceManagerId', 'serviceDeliveryManagerId', 'projectManagerId', 'departmentManagerId', 'technicalManagerId'] as const;
type Part = (typeof PARTS)[number];

/** Who answers for an agreement; addressees of escalations where a level names only the role. */
export type AgreementPeopleInput = { readonly [part in Part]?: string | null };
export type AgreementPeople = Pick<Agreement, Part>;

export const peopleOf = (people: AgreementPeopleInput): AgreementPeople => Object.fromEntries(PARTS.map((part) => [part, people[part] ?? null])) as Record<Part, string | null>;

/** The people as given; whoever is named anew must be there, work for the provider and not have left. */
export async function checkedPeople(em: Em, input: AgreementPeopleInput, before: AgreementPeople | null): Promise<AgreementPeople> {
  const named = peopleOf(input);
  const fresh = PARTS.filter((part) => named[part] !== null && named[part] !== before?.[part]);
  const found = fresh.length === 0 ? [] : await em.find(PersonEntity, { id: { $in: fresh.map((part) => named[part] ?? '') } });
  for (const part of fresh) {
    const person = found.find(({ id }) => id === named[part]);
    if (!person) throw new Refusal('NOT_FOUND', `There is no person "${named[part]}".`, part);
    if (person.customerId !== null) throw new Refusal('INVALID_INPUT', `${person.name} belongs to a customer and cannot answer for an agreement.`, part);
    if (!person.active) throw new Refusal('INVALID_INPUT', `${person.name} has left and cannot answer for an agreement.`, part);
  }
  return named;
}
