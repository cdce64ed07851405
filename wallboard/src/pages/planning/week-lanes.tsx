import type { CSSProperties } from 'react';
import { useDeskWords } from '../../app/desk-words.tsx';
import { Link } from '../../app/router.tsx';
import { dayOf, timeOfDay } from '../../lib/time/format-time.ts';
import { addDays, packLanes, startOfDay, weekOf } from './calendar-days.ts';
import { freezeBands, within, type Entry, type Freeze } from './calendar-entries.ts';
import { isDone } from './month-grid.tsx';
import { usePlanningWords } from './planning-words.ts';

interface Props {
  readonly day: string;
  readonly today: string;
  readonly entries: readonly Entry[];
  readonly freezes: readonly Freeze[];
  readonly onDay: (day: string) => void;
}

/** A bar shorter than this cannot be read; what follows it in the row keeps that distance. */
const LEAST_SHARE = 0.075;

/** A week as bars over time: what overlaps lies one below the other. Freezes are columns behind them. */
export function WeekLanes({ day, today, entries, freezes, onDay }: Props) {
  const t = usePlanningWords();
  const { locale, timeZone } = useDeskWords();
  const days = weekOf(day);
  const edges = [...days, addDays(days[0]!, 7)].map((one) => startOfDay(one, timeZone));
  const from = edges[0]!;
  const to = edges[7]!;
  const week = { from, to };
  const shown = within(entries, week).map((entry) => {
    // At the end of the week a bar begins a little early rather than being cut off; its time stands in it.
    const start = Math.min(Math.max(entry.from, from), to - LEAST_SHARE * (to - from));
    return { entry, from: start, to: Math.max(Math.min(entry.to, to), start + LEAST_SHARE * (to - from)) };
  });
  const place = (at: number): string => `${((at - from) / (to - from)) * 100}%`;
  const bands = freezeBands(freezes, days.map((_, index) => ({ from: edges[index]!, to: edges[index + 1]! })));
  return (
    <div className="week">
      <div className="week-head">
        {days.map((one, index) => (
          <button key={one} type="button" className="plain" aria-pressed={one === day} data-today={one === today} onClick={() => onDay(one)}>{dayOf(edges[index]!, { locale, timeZone })}</button>
        ))}
      </div>
      <div className="week-freezes">
        {bands.map(({ freeze, lane }) => {
          const style: CSSProperties = { left: place(Math.max(Date.parse(freeze.startsAt), from)), right: `calc(100% - ${place(Math.min(Date.parse(freeze.endsAt), to))})`, top: `${lane * 22}px` };
          return <div key={freeze.id} className="freeze-band" style={style} title={freeze.reason}><span aria-hidden="true">❄</span> {freeze.name}</div>;
        })}
        <div style={{ height: `${Math.max(0, ...bands.map(({ lane }) => lane + 1)) * 22}px` }} />
      </div>
      <div className="week-body">
        <div className="week-columns" aria-hidden="true">{days.map((one) => <i key={one} data-today={one === today} />)}</div>
        {freezes.map((freeze) => (
          <div key={freeze.id} className="week-frozen" aria-hidden="true"
            style={{ left: place(Math.max(Date.parse(freeze.startsAt), from)), right: `calc(100% - ${place(Math.min(Date.parse(freeze.endsAt), to))})` }} />
        ))}
        {shown.length === 0 ? <p className="quiet">{t('calendar.weekEmpty')}</p> : null}
        <ol className="lanes">
          {packLanes(shown).map((lane) => (
            <li key={lane[0]!.entry.id} className="lane">
              {lane.map(({ entry, from: start, to: end }) => (
                <Link key={entry.id} to={entry.link} className="bar" data-kind={entry.kind} data-category={entry.change?.category} data-conflict={entry.conflicts > 0} data-done={isDone(entry)}
                  style={{ left: place(start), width: `calc(${place(end)} - ${place(start)})` }} title={`${entry.number} ${entry.title}`}>
                  <i>{timeOfDay(entry.from, { locale, timeZone })}</i>
                  {entry.conflicts > 0 ? <em role="img" aria-label={t('calendar.conflicts', { count: entry.conflicts })}>⚠</em> : null}
                  {entry.title}
                </Link>
              ))}
            </li>
          ))}
        </ol>
      </div>
    </div>
  );
}
