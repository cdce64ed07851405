import type { Actor } from '../../kernel/actor.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { IncidentState } from '../incident/incident-states.rules.ts';
import type { Level } from '../service-level/service-level.rules.ts';
import type { IncidentGrouping } from './board-order.rules.ts';

export const QUEUE_CLOCK_STATES = ['breached', 'due-15', 'due-60', 'running', 'paused', 'outside-hours'] as const;
export type QueueClockState = (typeof QUEUE_CLOCK_STATES)[number];

/** Holders that are no ids: whoever asks, and nobody. */
export const ME = 'me';
export const NOBODY = 'nobody';

/** Which incidents a queue or list holds (WBD-04). Lists are alternatives; what is left out does not limit. */
export interface IncidentFilter {
  readonly teamIds?: readonly string[] | null;
  /** Ids, {@link ME} or {@link NOBODY}. */
  readonly holderIds?: readonly string[] | null;
  readonly customerIds?: readonly string[] | null;
  readonly states?: readonly IncidentState[] | null;
  readonly levels?: readonly Level[] | null;
  readonly categories?: readonly string[] | null;
  readonly clockStates?: readonly QueueClockState[] | null;
  /** One more alternative beside `clockStates`: not breached, and due within so many minutes. */
  readonly dueWithinMinutes?: number | null;
  readonly suspensionCategories?: readonly string[] | null;
  readonly olderThanMinutes?: number | null;
  readonly youngerThanMinutes?: number | null;
  readonly ciId?: string | null;
  /** With `ciId`: those of every CI that depends on it, too. */
  readonly ciDependents?: boolean | null;
  readonly text?: string | null;
  readonly openOnly?: boolean | null;
  readonly unassigned?: boolean | null;
  readonly handoffWaiting?: boolean | null;
}

const LISTS = ['teamIds', 'holderIds', 'customerIds', 'states', 'levels', 'categories', 'clockStates', 'suspensionCategories'] as const;
const IDS = ['teamIds', 'holderIds', 'customerIds'] as const;
const MINUTES = ['dueWithinMinutes', 'olderThanMinutes', 'youngerThanMinutes'] as const;
const SWITCHES = ['unassigned', 'handoffWaiting'] as const;
/** Who among us holds an incident, and what depends on an item: a customer is not told, so they may not ask by it either (`incidentForCustomer`). */
const INTERNAL = ['teamIds', 'holderIds', 'unassigned', 'handoffWaiting', 'ciDependents'] as const;
const INTERNAL_GROUPS: readonly IncidentGrouping[] = ['team', 'holder'];
const MOST_ENTRIES = 250;
const LONGEST_TEXT = 200;
/** Ten years. */
const MOST_MINUTES = 5_256_000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** One spelling of each filter, so that equal ones share a view and a cursor knows its own. @throws Refusal naming the field */
export function readFilter(filter: IncidentFilter): IncidentFilter {
  checkLists(filter);
  checkMinutes(filter);
  if (filter.ciId) requireId(filter.ciId, 'filter.ciId');
  if (filter.ciDependents && !filter.ciId) throw new Refusal('MISSING_FIELD', '"filter.ciDependents" needs the CI that they depend on in "filter.ciId".', 'filter.ciId');
  const text = filter.text?.trim() ?? '';
  if (text.length > LONGEST_TEXT) throw new Refusal('TOO_LARGE', `"filter.text" must be at most ${LONGEST_TEXT} characters, got ${text.length}.`, 'filter.text');
  const lists = LISTS.flatMap((name) => (filter[name]?.length ? [[name, [...new Set<string>(filter[name])].sort()]] : []));
  const minutes = MINUTES.flatMap((name) => (typeof filter[name] === 'number' ? [[name, filter[name]]] : []));
  const switches = SWITCHES.flatMap((name) => (typeof filter[name] === 'boolean' ? [[name, filter[name]]] : []));
  return {
    ...Object.fromEntries(lists), ...Object.fromEntries(minutes), ...(filter.ciId && { ciId: filter.ciId }), ...(filter.ciDependents && { ciDependents: true }), ...(text && { text }),
    openOnly: filter.openOnly ?? true, ...Object.fromEntries(switches),
  };
}

/** A customer's people and tokens do not limit by what is hidden from them: the answer would tell it (ORG-03). @throws Refusal naming the field */
export function requireShownFilter(filter: IncidentFilter, { customerId }: Pick<Actor, 'customerId'>): void {
  const field = customerId === null ? undefined : INTERNAL.find((name) => filter[name] !== undefined && filter[name] !== null);
  if (field) throw new Refusal('FORBIDDEN', `"filter.${field}" is the provider's own: a customer's people and tokens leave it out.`, `filter.${field}`);
}

/** The same of what rows have in common, which is said of every row (ORG-03). @throws Refusal naming the field */
export function groupFor(group: IncidentGrouping | null, { customerId }: Pick<Actor, 'customerId'>, field = 'group'): IncidentGrouping | null {
  if (customerId === null || group === null || !INTERNAL_GROUPS.includes(group)) return group;
  throw new Refusal('FORBIDDEN', `"${field}" by ${group} is the provider's own: a customer's people and tokens group by customer, level or state.`, field);
}

/** How likely we think that we miss is ours to know (SLA-11). @throws Refusal naming the field */
export function sortFor<Sort extends string>(sort: Sort, { customerId }: Pick<Actor, 'customerId'>, field = 'sort'): Sort {
  if (customerId === null || sort !== 'risk') return sort;
  throw new Refusal('FORBIDDEN', `"${field}" by risk is the provider's own: a customer's people and tokens sort by anything else.`, field);
}

/** "Me" becomes the person who asks: a shared view shows everybody their own. @throws Refusal for a token, which holds nothing, and for a customer's question about us */
export function filterFor(filter: IncidentFilter, actor: Actor): IncidentFilter {
  requireShownFilter(filter, actor);
  if (!filter.holderIds?.includes(ME)) return filter;
  if (actor.kind !== 'person') throw new Refusal('INVALID_INPUT', `"filter.holderIds" may say "${ME}" only for a person who is signed in, not for a token.`, 'filter.holderIds');
  return { ...filter, holderIds: [...new Set(filter.holderIds.map((holder) => (holder === ME ? actor.id : holder)))].sort() };
}

/** Whether time alone moves incidents in and out. */
export function movesWithTime({ clockStates, dueWithinMinutes, olderThanMinutes, youngerThanMinutes }: IncidentFilter): boolean {
  return (clockStates?.length ?? 0) > 0 || [dueWithinMinutes, olderThanMinutes, youngerThanMinutes].some((minutes) => typeof minutes === 'number');
}

function checkLists(filter: IncidentFilter): void {
  for (const name of LISTS) {
    const given = filter[name]?.length ?? 0;
    if (given > MOST_ENTRIES) throw new Refusal('TOO_LARGE', `"filter.${name}" must have at most ${MOST_ENTRIES} entries, got ${given}.`, `filter.${name}`);
  }
  for (const name of IDS) {
    for (const id of filter[name] ?? []) if (name !== 'holderIds' || (id !== ME && id !== NOBODY)) requireId(id, `filter.${name}`);
  }
}

function checkMinutes(filter: IncidentFilter): void {
  for (const name of MINUTES) {
    const minutes = filter[name];
    if (typeof minutes === 'number' && !(minutes >= 1 && minutes <= MOST_MINUTES)) {
      throw new Refusal('OUT_OF_RANGE', `"filter.${name}" must be 1–${MOST_MINUTES} minutes, got ${minutes}.`, `filter.${name}`);
    }
  }
}

function requireId(id: string, field: string): void {
  if (!UUID.test(id)) throw new Refusal('INVALID_INPUT', `"${field}" must hold ids that this API gave, got "${id.slice(0, 60)}".`, field);
}
