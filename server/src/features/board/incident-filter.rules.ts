import { Refusal } from '../../kernel/refusal.ts';
import type { IncidentState } from '../incident/incident-states.rules.ts';
import type { Level } from '../service-level/service-level.rules.ts';

export const QUEUE_CLOCK_STATES = ['breached', 'due-15', 'due-60', 'running', 'paused', 'outside-hours'] as const;
export type QueueClockState = (typeof QUEUE_CLOCK_STATES)[number];

/** Which incidents a queue or list holds (WBD-04). Lists are alternatives; what is left out does not limit. */
export interface IncidentFilter {
  readonly teamIds?: readonly string[] | null;
  readonly holderIds?: readonly string[] | null;
  readonly customerIds?: readonly string[] | null;
  readonly states?: readonly IncidentState[] | null;
  readonly levels?: readonly Level[] | null;
  readonly categories?: readonly string[] | null;
  readonly clockStates?: readonly QueueClockState[] | null;
  readonly suspensionCategories?: readonly string[] | null;
  readonly ciId?: string | null;
  readonly text?: string | null;
  readonly openOnly?: boolean | null;
  readonly unassigned?: boolean | null;
  readonly handoffWaiting?: boolean | null;
}

const LISTS = ['teamIds', 'holderIds', 'customerIds', 'states', 'levels', 'categories', 'clockStates', 'suspensionCategories'] as const;
const IDS = ['teamIds', 'holderIds', 'customerIds'] as const;
const MOST_ENTRIES = 250;
const LONGEST_TEXT = 200;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** One spelling of each filter, so that equal ones share a view and a cursor knows its own. @throws Refusal naming the field */
export function readFilter(filter: IncidentFilter): IncidentFilter {
  for (const name of LISTS) {
    const given = filter[name]?.length ?? 0;
    if (given > MOST_ENTRIES) throw new Refusal('TOO_LARGE', `"filter.${name}" must have at most ${MOST_ENTRIES} entries, got ${given}.`, `filter.${name}`);
  }
  for (const name of IDS) for (const id of filter[name] ?? []) requireId(id, `filter.${name}`);
  if (filter.ciId) requireId(filter.ciId, 'filter.ciId');
  const text = filter.text?.trim() ?? '';
  if (text.length > LONGEST_TEXT) throw new Refusal('TOO_LARGE', `"filter.text" must be at most ${LONGEST_TEXT} characters, got ${text.length}.`, 'filter.text');
  const lists = LISTS.flatMap((name) => (filter[name]?.length ? [[name, [...new Set<string>(filter[name])].sort()]] : []));
  return {
    ...Object.fromEntries(lists), ...(filter.ciId && { ciId: filter.ciId }), ...(text && { text }), openOnly: filter.openOnly ?? true,
    ...(typeof filter.unassigned === 'boolean' && { unassigned: filter.unassigned }), ...(typeof filter.handoffWaiting === 'boolean' && { handoffWaiting: filter.handoffWaiting }),
  };
}

function requireId(id: string, field: string): void {
  if (!UUID.test(id)) throw new Refusal('INVALID_INPUT', `"${field}" must hold ids that this API gave, got "${id.slice(0, 60)}".`, field);
}
