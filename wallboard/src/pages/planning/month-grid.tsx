import { useLayoutEffect, useRef, type KeyboardEvent } from 'react';
import { useDeskWords } from '../../app/desk-words.tsx';
import { dayOf, timeOfDay } from '../../lib/time/format-time.ts';
import { addDays, addMonths, startOfDay, weekStart, weeksOfMonth, type Span } from './calendar-days.ts';
import { freezeBands, within, type Band, type Entry, type Freeze } from './calendar-entries.ts';
import { usePlanningWords } from './planning-words.ts';

interface Props {
  readonly day: string;
  readonly today: string;
  readonly entries: readonly Entry[];
  readonly freezes: readonly Freeze[];
  readonly onDay: (day: string) => void;
}

/** Where a key leads from a day; null for keys that mean nothing here. */
export function dayByKey(key: string, day: string, today: string): string | null {
  switch (key) {
    case 'ArrowLeft': return addDays(day, -1);
    case 'ArrowRight': return addDays(day, 1);
    case 'ArrowUp': return addDays(day, -7);
    case 'ArrowDown': return addDays(day, 7);
    case 'PageUp': return addMonths(day, -1);
    case 'PageDown': return addMonths(day, 1);
    case 'Home': return weekStart(day);
    case 'End': return addDays(weekStart(day), 6);
    case 't':
    case 'T': return today;
    default: return null;
  }
}

function weekday(day: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' }).format(Date.parse(day));
}

/** A month, a row a week. One day has the focus; arrows move it, and the panel beside shows it in full. */
export function MonthGrid({ day, today, entries, freezes, onDay }: Props) {
  const t = usePlanningWords();
  const { locale, timeZone } = useDeskWords();
  const weeks = weeksOfMonth(day);
  const spanOf = (one: string): Span => ({ from: startOfDay(one, timeZone), to: startOfDay(addDays(one, 1), timeZone) });
  const grid = useRef<HTMLDivElement>(null);
  // Keys may come faster than pages are drawn: each moves on from where the last one led.
  const wanted = useRef(day);
  const byKey = useRef(false);
  useLayoutEffect(() => {
    // A day on the way may be drawn while the keys are farther already.
    if (byKey.current) grid.current?.querySelector<HTMLElement>(`[data-day="${day}"]`)?.focus();
    else wanted.current = day;
    if (day === wanted.current) byKey.current = false;
  }, [day]);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = dayByKey(event.key, wanted.current, today);
    if (next === null) return;
    event.preventDefault();
    wanted.current = next;
    byKey.current = true;
    onDay(next);
  };
  return (
    <div ref={grid} className="month" role="grid" tabIndex={-1} aria-label={t('title')} onKeyDown={onKeyDown}>
      <div className="month-head" role="row">
        {weeks[0]!.map((one) => <span key={one} role="columnheader">{weekday(one, locale)}</span>)}
      </div>
      {weeks.map((week) => {
        const spans = week.map(spanOf);
        const bands = freezeBands(freezes, spans);
        return (
          <div key={week[0]} className="month-week" role="row">
            <FreezeBands bands={bands} />
            {week.map((one, index) => (
              <DayCell key={one} day={one} column={index + 1} current={one === day} today={one === today} outside={one.slice(0, 7) !== day.slice(0, 7)}
                span={spans[index]!} entries={within(entries, spans[index]!)} lanes={Math.max(0, ...bands.filter(({ first, last }) => first <= index && index <= last).map(({ lane }) => lane + 1))} onDay={onDay} />
            ))}
          </div>
        );
      })}
    </div>
  );
}

export function FreezeBands({ bands }: { readonly bands: readonly Band[] }) {
  return bands.map(({ freeze, first, last, lane }) => (
    <div key={freeze.id} className="freeze-band" style={{ gridColumn: `${first + 1} / ${last + 2}`, marginTop: `${26 + lane * 20}px` }} title={`${freeze.name} — ${freeze.reason}`}>
      <span aria-hidden="true">❄</span> {freeze.name}
    </div>
  ));
}

/** A cell has room for so many lines, bands of freezes among them; what is beyond is counted and stands in the panel. */
const MOST_LINES = 4;
const LEAST_LINES = 2;

interface CellProps {
  readonly day: string;
  readonly column: number;
  readonly current: boolean;
  readonly today: boolean;
  readonly outside: boolean;
  readonly span: Span;
  readonly entries: readonly Entry[];
  readonly lanes: number;
  readonly onDay: (day: string) => void;
}

function DayCell({ day, column, current, today, outside, span, entries, lanes, onDay }: CellProps) {
  const t = usePlanningWords();
  const { locale, timeZone } = useDeskWords();
  const conflicts = entries.filter((entry) => entry.conflicts > 0).length;
  // What stands in conflict is never what the cell leaves out.
  const most = Math.max(LEAST_LINES, MOST_LINES - lanes);
  const shown = entries.length <= most ? entries : entries.toSorted((a, b) => Number(b.conflicts > 0) - Number(a.conflicts > 0)).slice(0, most - 1).toSorted((a, b) => a.from - b.from);
  const label = `${t('calendar.day', { day: dayOf(span.from, { locale, timeZone }), entries: entries.length })}${conflicts > 0 ? `, ${t('calendar.conflicts', { count: conflicts })}` : ''}`;
  return (
    <div className="day-cell" role="gridcell" tabIndex={current ? 0 : -1} data-day={day} data-today={today} data-outside={outside} aria-selected={current} onClick={() => onDay(day)}
      style={{ gridColumn: column, paddingTop: `${26 + lanes * 20}px` }}>
      <span className="unseen">{label} </span>
      <b className="day-number" aria-hidden="true">{Number(day.slice(8))}</b>
      {shown.map((entry) => <Chip key={entry.id} entry={entry} day={span} />)}
      {shown.length < entries.length ? <span className="chip-more">{t('calendar.more', { count: entries.length - shown.length })}</span> : null}
    </div>
  );
}

function Chip({ entry, day }: { readonly entry: Entry; readonly day: Span }) {
  const t = usePlanningWords();
  const { locale, timeZone } = useDeskWords();
  const time = entry.from < day.from ? t('calendar.continues') : timeOfDay(entry.from, { locale, timeZone });
  return (
    <span className="chip" data-kind={entry.kind} data-category={entry.change?.category} data-conflict={entry.conflicts > 0} data-done={isDone(entry)}>
      <i>{time}</i>{entry.conflicts > 0 ? <em aria-hidden="true">⚠</em> : null}{entry.title}
    </span>
  );
}

const DONE: readonly string[] = ['REVIEW', 'CLOSED', 'TERMINATED'];

export function isDone({ change }: Entry): boolean {
  return change !== null && DONE.includes(change.state);
}
