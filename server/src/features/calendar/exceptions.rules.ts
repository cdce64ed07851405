import type { CalendarDefinition, CalendarException } from './calendar-definition.rules.ts';

/** What loading a list of dated exceptions would do to a calendar, before it is saved (CAL-05). */
export interface ExceptionPreview {
  readonly added: readonly CalendarException[];
  readonly changed: readonly { readonly before: CalendarException; readonly after: CalendarException }[];
  readonly removed: readonly CalendarException[];
}

/**
 * Compares by date. A list speaks for the years it has dates in: exceptions of other years are neither changed nor
 * removed, so that loading next year's list keeps this year's.
 */
export function previewExceptions(current: readonly CalendarException[], incoming: readonly CalendarException[]): ExceptionPreview {
  const now = byDate(current);
  const then = byDate(incoming);
  const years = yearsOf(incoming);
  const sorted = inOrder([...then.values()]);
  return {
    added: sorted.filter(({ date }) => !now.has(date)),
    changed: sorted.flatMap((after) => {
      const before = now.get(after.date);
      return before === undefined || sameDay(before, after) ? [] : [{ before, after }];
    }),
    removed: inOrder([...now.values()].filter(({ date }) => years.has(date.slice(0, 4)) && !then.has(date))),
  };
}

/** The exceptions after such a list was loaded. */
export function replaceExceptions(current: readonly CalendarException[], incoming: readonly CalendarException[]): readonly CalendarException[] {
  const years = yearsOf(incoming);
  return inOrder([...byDate(current).values()].filter(({ date }) => !years.has(date.slice(0, 4))).concat([...byDate(incoming).values()]));
}

/** A customer's own dates over the calendar's: a bank's or a factory's make-up days and closures (CAL-05). */
export function withCustomerDates(definition: CalendarDefinition, overrides: readonly CalendarException[]): CalendarDefinition {
  if (overrides.length === 0) return definition;
  return { ...definition, exceptions: inOrder([...byDate([...definition.exceptions, ...overrides]).values()]) };
}

/** Of two exceptions of one date the later in the list stands. */
function byDate(exceptions: readonly CalendarException[]): ReadonlyMap<string, CalendarException> {
  return new Map(exceptions.map((exception) => [exception.date, exception]));
}

function yearsOf(exceptions: readonly CalendarException[]): ReadonlySet<string> {
  return new Set(exceptions.map(({ date }) => date.slice(0, 4)));
}

function sameDay(a: CalendarException, b: CalendarException): boolean {
  return a.name === b.name && JSON.stringify(a.hours) === JSON.stringify(b.hours);
}

function inOrder(exceptions: readonly CalendarException[]): readonly CalendarException[] {
  return exceptions.toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
}
