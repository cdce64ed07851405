import { useQuery } from '@apollo/client/react';
import { useCallback, useMemo } from 'react';
import { useSearchParams } from '../../app/router.tsx';
import { QueryNotice } from '../../components/page-state/query-state.tsx';
import { useDeskWords } from '../../app/desk-words.tsx';
import { StaleNotice } from '../../components/stale-notice.tsx';
import { PlanningCalendarDocument, PlanningCustomersDocument, PlanningDeploymentsDocument } from '../../graphql/generated/desk/graphql.ts';
import { useRecordsFeed } from '../../lib/feed/records-feed.ts';
import { localDate } from '../../lib/time/format-time.ts';
import { addDays, addMonths, isDay, startOfDay, weekOf, weeksOfMonth } from './calendar-days.ts';
import { entriesOf, within } from './calendar-entries.ts';
import { DayPanel } from './day-panel.tsx';
import { MonthGrid } from './month-grid.tsx';
import { usePlanningWords } from './planning-words.ts';
import { useViewer } from './use-viewer.ts';
import { WeekLanes } from './week-lanes.tsx';

const CATEGORIES = ['MAJOR', 'IMPORTANT', 'GENERAL', 'EMERGENCY'] as const;
/** Freezes and meetings that hold no change tell nobody: they are asked for again now and then. */
const ASK_AGAIN_MS = 60_000;

/** CHG-11, WBD-08: changes, deployments and meetings of a month or week, freezes as bands, conflicts marked. The address holds what is shown. */
export function CalendarPage() {
  const t = usePlanningWords();
  const { timeZone } = useDeskWords();
  const [search, setSearch] = useSearchParams();
  const { may, isCustomer } = useViewer();
  const today = localDate(Date.now(), { locale: 'en', timeZone });
  const wanted = search.get('day');
  const day = isDay(wanted) ? wanted : today;
  const view = search.get('view') === 'week' ? 'week' : 'month';
  const set = useCallback((values: Readonly<Record<string, string | null>>): void => {
    setSearch((before) => {
      const next = new URLSearchParams(before);
      for (const [key, value] of Object.entries(values)) if (value === null) next.delete(key); else next.set(key, value);
      return next;
    }, { replace: true });
  }, [setSearch]);
  const days = view === 'week' ? weekOf(day) : weeksOfMonth(day).flat();
  const from = startOfDay(days[0]!, timeZone);
  const to = startOfDay(addDays(days.at(-1)!, 1), timeZone);
  const span = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
  const { data, previousData, error, refetch } = useQuery(PlanningCalendarDocument, { variables: { ...span, customerId: search.get('customer') }, fetchPolicy: 'cache-and-network', pollInterval: ASK_AGAIN_MS });
  const deployments = useQuery(PlanningDeploymentsDocument, { variables: span, skip: !may('release.read'), fetchPolicy: 'cache-and-network' });
  const live = useRecordsFeed('CHANGE', null, refetch);
  const calendar = (data ?? previousData)?.changeCalendar;
  const category = search.get('category');
  const onlyConflicts = search.get('conflicts') === '1';
  const entries = useMemo(
    () => (calendar ? entriesOf(calendar, deployments.data?.comingDeployments ?? [], { onlyConflicts, category }) : []), [calendar, deployments.data, onlyConflicts, category],
  );
  const step = (direction: 1 | -1): void => set({ day: view === 'week' ? addDays(day, 7 * direction) : addMonths(day, direction) });
  const dayStart = startOfDay(day, timeZone);
  const dayEnd = startOfDay(addDays(day, 1), timeZone);
  const freezes = calendar?.freezes ?? [];
  const inDay = freezes.filter((freeze) => Date.parse(freeze.startsAt) < dayEnd && Date.parse(freeze.endsAt) > dayStart);
  const shown = { day, today, entries, freezes, onDay: (next: string) => set({ day: next }) };
  const changes = entries.filter(({ kind }) => kind === 'change');
  return (
    <section className="calendar">
      <StaleNotice lastHeardAt={live.lastHeardAt} detail={live.detail} />
      <div className="calendar-bar">
        <h1>{monthTitle(day, view, useDeskWords().locale)}</h1>
        <div className="segmented">
          <button type="button" aria-pressed={view === 'month'} onClick={() => set({ view: null })}>{t('view.month')}</button>
          <button type="button" aria-pressed={view === 'week'} onClick={() => set({ view: 'week' })}>{t('view.week')}</button>
        </div>
        <div className="segmented">
          <button type="button" aria-label={t('view.earlier')} onClick={() => step(-1)}>‹</button>
          <button type="button" onClick={() => set({ day: null })}>{t('view.today')}</button>
          <button type="button" aria-label={t('view.later')} onClick={() => step(1)}>›</button>
        </div>
        <input type="date" aria-label={t('view.day')} value={day} onChange={({ target }) => { if (isDay(target.value)) set({ day: target.value }); }} />
        {isCustomer ? null : <CustomerFilter value={search.get('customer')} onChange={(customer) => set({ customer })} />}
        <select aria-label={t('filter.category')} value={category ?? ''} onChange={({ target }) => set({ category: target.value || null })}>
          <option value="">{t('filter.allCategories')}</option>
          {CATEGORIES.map((one) => <option key={one} value={one}>{t(`category.${one}`)}</option>)}
        </select>
        {isCustomer ? null : (
          <label className="flag-filter"><input type="checkbox" checked={onlyConflicts} onChange={({ target }) => set({ conflicts: target.checked ? '1' : null })} />{t('filter.conflicts')}</label>
        )}
        <span className="total">{calendar === undefined ? null : t('calendar.count', { changes: changes.length, conflicts: changes.filter(({ conflicts }) => conflicts > 0).length })}</span>
      </div>
      {calendar && calendar.changeCount > calendar.changes.length ? <p className="notice stale" role="alert">{t('calendar.cutOff', { shown: calendar.changes.length, total: calendar.changeCount })}</p> : null}
      <div className="calendar-columns">
        {calendar === undefined ? <QueryNotice error={error} known={false} retry={refetch} /> : view === 'week' ? <WeekLanes {...shown} /> : <MonthGrid {...shown} />}
        <DayPanel startsAt={dayStart} entries={within(entries, { from: dayStart, to: dayEnd })} freezes={inDay} />
      </div>
      <div className="calendar-foot">
        <ul className="legend" aria-label={t('calendar.legend')}>
          {CATEGORIES.map((one) => <li key={one}><span className="chip" data-kind="change" data-category={one}>{t(`category.${one}`)}</span></li>)}
          <li><span className="chip" data-kind="deployment">{t('calendar.deployment')}</span></li>
          <li><span className="chip" data-kind="meeting">{t('calendar.meeting')}</span></li>
          <li><span className="chip" data-kind="change" data-conflict="true"><em>⚠</em>{t('conflicts.title')}</span></li>
          <li><span className="freeze-band">❄ {t('calendar.frozen')}</span></li>
        </ul>
        <p className="keys">{view === 'month' ? t('calendar.keys') : ''}</p>
      </div>
    </section>
  );
}

function monthTitle(day: string, view: 'month' | 'week', locale: string): string {
  const format = new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'long', timeZone: 'UTC', ...(view === 'week' ? { day: 'numeric' } : {}) });
  if (view === 'month') return format.format(Date.parse(day));
  const week = weekOf(day);
  return format.formatRange(Date.parse(week[0]!), Date.parse(week[6]!));
}

function CustomerFilter({ value, onChange }: { readonly value: string | null; readonly onChange: (id: string | null) => void }) {
  const t = usePlanningWords();
  const { data } = useQuery(PlanningCustomersDocument);
  return (
    <select aria-label={t('filter.customer')} value={value ?? ''} onChange={({ target }) => onChange(target.value || null)}>
      <option value="">{t('filter.allCustomers')}</option>
      {(data?.customers.edges ?? []).map(({ node }) => <option key={node.id} value={node.id}>{node.name}</option>)}
    </select>
  );
}
