import type { Interval } from '../../kernel/instant.ts';
import { overlaps } from './change-freeze.rules.ts';
import { absenceOf, type NeededPerson } from './change-conflict-people.rules.ts';
import type { ChangeState } from './change-states.rules.ts';

export const CONFLICT_KINDS = ['same-ci', 'dependent-ci', 'person', 'missing-person', 'freeze', 'major-incident'] as const;
export type ConflictKind = (typeof CONFLICT_KINDS)[number];

/** While it is in one of these a change lays claim to its window; afterwards the work is done, or will never be. */
export const CLAIMING_STATES: readonly ChangeState[] = ['submitted', 'accepted', 'planning', 'approval', 'scheduled', 'implementing', 'rolled-back', 'verified'];

/** A CI that is hit, and the way to it from a CI of this change, both ends included. */
export interface CiHit {
  readonly ciId: string;
  readonly path: readonly string[];
}

/** Why a needed person is missing. */
export type Absence = 'nobody' | 'inactive' | 'off-roster';

/** One cause that stands against a planned window (CHG-11). */
export interface ChangeConflict {
  readonly kind: ConflictKind;
  /** Names the same cause again, so that a second look neither doubles nor renews it. */
  readonly key: string;
  /** The other change, or the major incident. */
  readonly otherId: string | null;
  readonly freezeId: string | null;
  readonly personId: string | null;
  readonly absence: Absence | null;
  readonly hits: readonly CiHit[];
}

/** Somebody is needed from, to. */
export interface Booking extends Interval {
  readonly personId: string;
}

/** Another open change near the wanted window. */
export interface OtherChange {
  readonly id: string;
  readonly window: Interval;
  readonly ciIds: readonly string[];
  readonly bookings: readonly Booking[];
}

/** By the CI that is reached: the ids on the way to it from a CI of the change, both ends included. */
export type Reach = ReadonlyMap<string, { readonly path: readonly string[] }>;

export interface ConflictFacts {
  readonly window: Interval;
  readonly ciIds: ReadonlySet<string>;
  readonly bookings: readonly Booking[];
  readonly people: readonly NeededPerson[];
  readonly others: readonly OtherChange[];
  /** CIs that depend on those of the change. */
  readonly dependants: Reach;
  /** CIs that those of the change rest on. */
  readonly foundations: Reach;
  /** Freezes that stop the window and are not overridden. */
  readonly freezeIds: readonly string[];
  /** Open major incidents and the CIs that they hold. */
  readonly majorIncidents: readonly { readonly id: string; readonly ciIds: readonly string[] }[];
}

const NOTHING = { otherId: null, freezeId: null, personId: null, absence: null, hits: [] } as const;

/** CHG-11: every cause that stands against the window, not only the first; one for each other record, person or freeze. */
export function findConflicts(facts: ConflictFacts): ChangeConflict[] {
  return [
    ...facts.others.flatMap((other) => [...ciConflict(facts, other), ...bookedTwice(facts, other)]),
    ...missingPeople(facts),
    ...facts.freezeIds.map((id): ChangeConflict => ({ ...NOTHING, kind: 'freeze', key: `freeze ${id}`, freezeId: id })),
    ...facts.majorIncidents.flatMap((incident) => heldCis(facts, incident)),
  ];
}

/** The same CI; else one that depends on the change's, or that it rests on. Seen from either change the answer is the same. */
function ciConflict(facts: ConflictFacts, other: OtherChange): ChangeConflict[] {
  if (!overlaps(facts.window, other.window)) return [];
  const shared = other.ciIds.filter((ciId) => facts.ciIds.has(ciId));
  const kind = shared.length > 0 ? 'same-ci' : 'dependent-ci';
  const hits = hitsOf(facts, shared.length > 0 ? shared : other.ciIds);
  return hits.length === 0 ? [] : [{ ...NOTHING, kind, key: `${kind} ${other.id}`, otherId: other.id, hits }];
}

function hitsOf({ ciIds, dependants, foundations }: ConflictFacts, others: readonly string[]): CiHit[] {
  return others.flatMap((ciId) => {
    const path = ciIds.has(ciId) ? [ciId] : (dependants.get(ciId) ?? foundations.get(ciId))?.path;
    return path ? [{ ciId, path }] : [];
  });
}

function bookedTwice({ bookings }: ConflictFacts, other: OtherChange): ChangeConflict[] {
  const twice = other.bookings.filter((booking) => bookings.some((own) => own.personId === booking.personId && overlaps(own, booking)));
  return [...new Set(twice.map(({ personId }) => personId))].map((personId) => ({ ...NOTHING, kind: 'person', key: `person ${other.id} ${personId}`, otherId: other.id, personId }));
}

function missingPeople({ bookings, people }: ConflictFacts): ChangeConflict[] {
  if (bookings.length === 0) return [{ ...NOTHING, kind: 'missing-person', key: 'nobody', absence: 'nobody' }];
  return people.flatMap((person): ChangeConflict[] => {
    const absence = absenceOf(person, bookings.filter(({ personId }) => personId === person.id));
    return absence === null ? [] : [{ ...NOTHING, kind: 'missing-person', key: `${absence} ${person.id}`, personId: person.id, absence }];
  });
}

function heldCis(facts: ConflictFacts, { id, ciIds }: ConflictFacts['majorIncidents'][number]): ChangeConflict[] {
  const hits = hitsOf(facts, ciIds);
  return hits.length === 0 ? [] : [{ ...NOTHING, kind: 'major-incident', key: `major-incident ${id}`, otherId: id, hits }];
}

/** The same conflict of two changes, told from the other one. */
export function seenFromOther(conflict: ChangeConflict, changeId: string): ChangeConflict {
  const hits = conflict.hits.map(({ path }) => ({ ciId: path[0]!, path: path.toReversed() }));
  return { ...conflict, key: pairKey(conflict, changeId), otherId: changeId, hits };
}

function pairKey({ kind, personId }: ChangeConflict, otherId: string): string {
  return personId === null ? `${kind} ${otherId}` : `${kind} ${otherId} ${personId}`;
}

/** Two changes stand against each other: one row for both, kept with the lower id. */
export function isBetweenChanges({ kind }: Pick<ChangeConflict, 'kind'>): boolean {
  return kind === 'same-ci' || kind === 'dependent-ci' || kind === 'person';
}
