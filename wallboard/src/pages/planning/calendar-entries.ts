import type { PlanningCalendarQuery, PlanningDeploymentsQuery } from '../../graphql/generated/desk/graphql.ts';
import { packLanes, type Span } from './calendar-days.ts';

type Calendar = PlanningCalendarQuery['changeCalendar'];
export type CalendarChange = Calendar['changes'][number];
export type Freeze = Calendar['freezes'][number];
type Deployment = PlanningDeploymentsQuery['comingDeployments'][number];

/** Anything that stands in the calendar at a time. */
export interface Entry extends Span {
  readonly kind: 'change' | 'meeting' | 'deployment';
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly link: string;
  /** Causes that stand against it. */
  readonly conflicts: number;
  readonly change: CalendarChange | null;
}

const HOUR_MS = 3_600_000;

/** The title without the category that stands before it: the colour and the word say that already. */
export function shortTitle(title: string): string {
  return title.replace(/^【[^】]*】/, '');
}

export function changeEntry(change: CalendarChange): Entry {
  return {
    kind: 'change', id: change.id, number: change.number, title: shortTitle(change.title), link: `/changes/${change.number}`, conflicts: change.conflictCount, change,
    from: Date.parse(change.windowStartAt), to: Date.parse(change.windowEndAt),
  };
}

/** Everything of a span by its start; a meeting is drawn one hour long. */
export function entriesOf(calendar: Calendar, deployments: readonly Deployment[], filter: EntryFilter): Entry[] {
  const meetings = calendar.meetings.map((meeting): Entry => ({
    kind: 'meeting', id: meeting.id, number: meeting.number, title: meeting.title, link: `/planning/cab/${meeting.number}`, conflicts: 0, change: null,
    from: Date.parse(meeting.startsAt), to: Date.parse(meeting.startsAt) + HOUR_MS,
  }));
  const releases = deployments.flatMap((release): Entry[] => (release.windowStartAt === null ? [] : [{
    kind: 'deployment', id: release.id, number: release.number, title: release.title, link: `/releases/${release.number}`, conflicts: 0, change: null,
    from: Date.parse(release.windowStartAt), to: Date.parse(release.windowEndAt ?? release.windowStartAt),
  }]));
  const changes = calendar.changes.filter((change) => matches(change, filter)).map(changeEntry);
  const narrowed = filter.onlyConflicts || filter.category !== null;
  return [...changes, ...(narrowed ? [] : [...meetings, ...releases])].toSorted((a, b) => a.from - b.from || a.number.localeCompare(b.number));
}

export interface EntryFilter {
  readonly onlyConflicts: boolean;
  readonly category: string | null;
}

function matches(change: CalendarChange, { onlyConflicts, category }: EntryFilter): boolean {
  return (!onlyConflicts || change.conflictCount > 0) && (category === null || change.category === category);
}

/** Entries that touch [from, to); one that ends when the day begins does not. */
export function within<Item extends Span>(items: readonly Item[], { from, to }: Span): Item[] {
  return items.filter((item) => item.from < to && (item.to > from || (item.to === item.from && item.from >= from)));
}

export interface Band {
  readonly freeze: Freeze;
  /** Columns of the week, 0–6, both included. */
  readonly first: number;
  readonly last: number;
  readonly lane: number;
}

/** Freezes of a week as bands over its days; those that overlap lie in different lanes. */
export function freezeBands(freezes: readonly Freeze[], days: readonly Span[]): Band[] {
  const spans = freezes.flatMap((freeze) => {
    const columns = days.flatMap((day, index) => (within([{ from: Date.parse(freeze.startsAt), to: Date.parse(freeze.endsAt) }], day).length > 0 ? [index] : []));
    const [first] = columns;
    const last = columns.at(-1);
    return first === undefined || last === undefined ? [] : [{ freeze, first, last, from: first, to: last + 1 }];
  });
  return packLanes(spans).flatMap((lane, index) => lane.map(({ freeze, first, last }) => ({ freeze, first, last, lane: index })));
}
