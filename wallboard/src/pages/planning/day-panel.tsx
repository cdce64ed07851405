import { useDeskWords } from '../../app/desk-words.tsx';
import { Link } from '../../app/router.tsx';
import { dayOf, localDate, nearTime, timeOfDay, zoneName } from '../../lib/time/format-time.ts';
import type { Entry, Freeze } from './calendar-entries.ts';
import { ConflictList } from './conflict-list.tsx';
import { usePlanningWords } from './planning-words.ts';

interface Props {
  readonly startsAt: number;
  readonly entries: readonly Entry[];
  readonly freezes: readonly Freeze[];
}

/** Everything of one day in full, with what stands against it. */
export function DayPanel({ startsAt, entries, freezes }: Props) {
  const t = usePlanningWords();
  const place = useDeskWords();
  return (
    <aside className="day-panel card" aria-live="polite">
      <h2>{dayOf(startsAt, place)} <small>{zoneName(startsAt, place)}</small></h2>
      {freezes.map((freeze) => (
        <p key={freeze.id} className="day-freeze"><span aria-hidden="true">❄</span> <b>{freeze.name}</b> <small>{freeze.reason}</small></p>
      ))}
      {entries.length === 0 && freezes.length === 0 ? <p className="quiet">{t('calendar.empty')}</p> : null}
      <ul className="entries">{entries.map((entry) => <EntryLine key={entry.id} entry={entry} dayStart={startsAt} />)}</ul>
    </aside>
  );
}

function EntryLine({ entry, dayStart }: { readonly entry: Entry; readonly dayStart: number }) {
  const t = usePlanningWords();
  const place = useDeskWords();
  const { change } = entry;
  const sameDay = localDate(entry.from, place) === localDate(entry.to, place);
  const time = (at: number): string => (sameDay ? timeOfDay(at, place) : nearTime(at, dayStart, place));
  return (
    <li data-conflict={entry.conflicts > 0}>
      <div className="entry-head">
        <b>{`${time(entry.from)} – ${time(entry.to)}`}</b>
        {change === null ? <span className="badge">{t(entry.kind === 'meeting' ? 'calendar.meeting' : 'calendar.deployment')}</span> : (
          <>
            <span className="badge" data-category={change.category}>{t(`category.${change.category}`)}</span>
            <span className="badge">{t(`state.${change.state}`)}</span>
          </>
        )}
        {entry.conflicts > 0 ? <span className="badge flag">{t('calendar.conflicts', { count: entry.conflicts })}</span> : null}
      </div>
      <Link to={entry.link}>{entry.number} {entry.title}</Link>
      {change === null ? null : <p className="quiet">{change.customer.name}{change.implementer === null ? '' : ` · ${t('calendar.implementer', { name: change.implementer })}`}</p>}
      {change === null ? null : <ConflictList changeId={entry.id} count={entry.conflicts} />}
    </li>
  );
}
