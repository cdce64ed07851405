import type { Instant, Interval } from '../../kernel/instant.ts';
import { toIso } from '../../kernel/instant.ts';
import { overlaps } from './change-freeze.rules.ts';

export const CONFLICT_KINDS = ['same-ci', 'dependent-ci', 'person', 'missing-person', 'freeze', 'major-incident'] as const;
export type ConflictKind = (typeof CONFLICT_KINDS)[number];

/** One cause that stands against a planned window (CHG-11). */
export interface ChangeConflict {
  readonly kind: ConflictKind;
  /** Names the same cause again, so that a second look neither doubles nor renews it. */
  readonly key: string;
  readonly ciId: string | null;
  /** The other change, or the major incident. */
  readonly otherId: string | null;
  readonly freezeId: string | null;
  readonly personId: string | null;
  /** CIs from one of this change to the one that is hit. */
  readonly path: readonly string[];
  readonly message: string;
}

/** Somebody is needed from, to. */
export interface Booking extends Interval {
  readonly personId: string;
}

/** Another open change near the wanted window. */
export interface OtherChange {
  readonly id: string;
  readonly number: string;
  /** Null while it is not planned: it then only books people. */
  readonly window: Interval | null;
  readonly ciIds: readonly string[];
  readonly bookings: readonly Booking[];
}

/** Somebody who is to carry the change out. */
export interface NeededPerson {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
  /** Shifts in the window of all teams that the person is in: where there are any, a roster is kept. */
  readonly rosterKept: readonly Interval[];
  /** The person's own shifts. */
  readonly shifts: readonly Interval[];
}

/** From a CI of the change to one that depends on it, or that it rests on: the ids on the way, both ends included. */
export type Reach = ReadonlyMap<string, readonly string[]>;

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
  readonly freezes: readonly { readonly id: string; readonly name: string; readonly startsAt: Instant; readonly endsAt: Instant }[];
  /** Open major incidents and the CIs that they hold. */
  readonly majorIncidents: readonly { readonly id: string; readonly number: string; readonly ciIds: readonly string[] }[];
  readonly ciNames: ReadonlyMap<string, string>;
}

const NOTHING = { ciId: null, otherId: null, freezeId: null, personId: null, path: [] } as const;

/** CHG-11: every cause that stands against the window, not only the first; in a steady order. */
export function findConflicts(facts: ConflictFacts): ChangeConflict[] {
  return [
    ...facts.others.flatMap((other) => [...ciConflicts(facts, other), ...personConflicts(facts, other)]),
    ...missingPeople(facts), ...frozen(facts), ...facts.majorIncidents.flatMap((incident) => incidentConflicts(facts, incident)),
  ];
}

function ciConflicts(facts: ConflictFacts, other: OtherChange): ChangeConflict[] {
  if (other.window === null || !overlaps(facts.window, other.window)) return [];
  return other.ciIds.flatMap((ciId): ChangeConflict[] => {
    const hit = hitOf(facts, ciId);
    if (hit === null) return [];
    return [{
      ...NOTHING, kind: hit.how === 'same' ? 'same-ci' : 'dependent-ci', key: `ci ${other.id} ${ciId}`, ciId, otherId: other.id, path: hit.path,
      message: `${other.number} works on ${hit.words} in an overlapping window.`,
    }];
  });
}

interface Hit {
  readonly how: 'same' | 'dependant' | 'foundation';
  readonly path: readonly string[];
  readonly words: string;
}

/** How a CI of somebody else's is bound up with the change; the same CI before one that depends on it. */
function hitOf({ ciIds, dependants, foundations, ciNames }: ConflictFacts, ciId: string): Hit | null {
  const name = ciNames.get(ciId) ?? ciId;
  if (ciIds.has(ciId)) return { how: 'same', path: [ciId], words: `the same CI "${name}"` };
  const up = dependants.get(ciId);
  if (up) return { how: 'dependant', path: up, words: `"${name}", which depends on a CI of this change,` };
  const down = foundations.get(ciId);
  return down ? { how: 'foundation', path: down, words: `"${name}", on which a CI of this change rests,` } : null;
}

function personConflicts({ bookings, people }: ConflictFacts, other: OtherChange): ChangeConflict[] {
  return people.flatMap((person): ChangeConflict[] => {
    const mine = bookings.filter(({ personId }) => personId === person.id);
    const twice = other.bookings.find((booking) => booking.personId === person.id && mine.some((own) => overlaps(own, booking)));
    if (!twice) return [];
    return [{
      ...NOTHING, kind: 'person', key: `person ${other.id} ${person.id}`, otherId: other.id, personId: person.id,
      message: `${person.name} is also needed for ${other.number} from ${toIso(twice.from)} to ${toIso(twice.to)}.`,
    }];
  });
}

function missingPeople({ bookings, people }: ConflictFacts): ChangeConflict[] {
  if (bookings.length === 0) return [{ ...NOTHING, kind: 'missing-person', key: 'nobody', message: 'Nobody is named to carry the change out.' }];
  return people.flatMap((person): ChangeConflict[] => {
    const why = absence(person, bookings.filter(({ personId }) => personId === person.id));
    return why === null ? [] : [{ ...NOTHING, kind: 'missing-person', key: `missing ${person.id}`, personId: person.id, message: why }];
  });
}

/** Why a needed person is not there; null when nothing says so. Where no roster is kept, nobody can be missing from it. */
function absence(person: NeededPerson, needed: readonly Interval[]): string | null {
  if (!person.active) return `${person.name} is not active any more.`;
  const gap = needed.find((span) => person.rosterKept.some((shift) => overlaps(shift, span)) && !covers(person.shifts, span));
  return gap ? `${person.name} is not on the roster for all of ${toIso(gap.from)} to ${toIso(gap.to)}.` : null;
}

/** Is the span covered without a gap? Shifts are half-open: one that begins when another ends leaves none. */
export function covers(shifts: readonly Interval[], span: Interval): boolean {
  let reached = span.from;
  for (const { from, to } of shifts.toSorted((a, b) => a.from - b.from)) if (from <= reached && to > reached) reached = to;
  return reached >= span.to;
}

function frozen({ freezes }: ConflictFacts): ChangeConflict[] {
  return freezes.map(({ id, name, startsAt, endsAt }) => ({
    ...NOTHING, kind: 'freeze', key: `freeze ${id}`, freezeId: id, message: `The window lies in the freeze "${name}", ${toIso(startsAt)} to ${toIso(endsAt)}.`,
  }));
}

function incidentConflicts(facts: ConflictFacts, { id, number, ciIds }: ConflictFacts['majorIncidents'][number]): ChangeConflict[] {
  return ciIds.flatMap((ciId): ChangeConflict[] => {
    const hit = hitOf(facts, ciId);
    if (hit === null) return [];
    return [{
      ...NOTHING, kind: 'major-incident', key: `incident ${id} ${ciId}`, ciId, otherId: id, path: hit.path, message: `The open major incident ${number} holds ${hit.words.replace(/,$/, '')}.`,
    }];
  });
}
