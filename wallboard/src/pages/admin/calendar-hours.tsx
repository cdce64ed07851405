import { useState } from 'react';
import type { UserError } from '../../components/record-actions/record-action.ts';
import { useAdminWords } from './admin-words.ts';
import { hoursText, readHours, type Hours } from './hours-text.ts';

export interface Exception {
  readonly date: string;
  readonly hours: Hours;
  readonly name?: string;
}
export interface Definition {
  readonly timeZone: string;
  readonly weeklyHours: Readonly<Record<string, Hours>>;
  readonly exceptions: readonly Exception[];
}
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** Weekly hours and dated exceptions, each typed as spans. */
export function CalendarHours({ value, onChange, errors }: { readonly value: Definition; readonly onChange: (value: Definition) => void; readonly errors: readonly UserError[] }) {
  const t = useAdminWords();
  const zoneRefused = errors.some(({ field }) => field === 'source.timeZone');
  return (
    <div className="admin-columns">
      <section className="card"><h2>{t('calendars.week')}</h2>
        <div className="field"><label htmlFor="zone">{t('customers.timeZone')}</label><input id="zone" value={value.timeZone} aria-invalid={zoneRefused} onChange={(event) => onChange({ ...value, timeZone: event.target.value })} /></div>
        <table><tbody>{DAYS.map((day) => <tr key={day}><th scope="row">{t(`day.${day}`)}</th><td><HoursInput label={t(`day.${day}`)} value={value.weeklyHours[day] ?? []} onChange={(hours) => onChange({ ...value, weeklyHours: { ...value.weeklyHours, [day]: hours } })} /></td></tr>)}</tbody></table>
        <p className="quiet">{t('calendars.hoursHint')}</p>
      </section>
      <Exceptions value={value.exceptions} onChange={(exceptions) => onChange({ ...value, exceptions })} />
    </div>
  );
}

function HoursInput({ label, value, onChange }: { readonly label: string; readonly value: Hours; readonly onChange: (hours: Hours) => void }) {
  const t = useAdminWords();
  const [typing, setTyping] = useState<string | null>(null);
  const wrong = typing !== null && readHours(typing) === undefined;
  return <><input className="hours" aria-label={label} aria-invalid={wrong} placeholder={t('calendars.closed')} value={typing ?? hoursText(value)} onBlur={() => { if (!wrong) setTyping(null); }} onChange={(event) => {
    setTyping(event.target.value);
    const read = readHours(event.target.value);
    if (read !== undefined) onChange(read);
  }} />{wrong ? <small className="refusal" role="alert">{t('calendars.hoursHint')}</small> : null}</>;
}

function Exceptions({ value, onChange }: { readonly value: readonly Exception[]; readonly onChange: (value: readonly Exception[]) => void }) {
  const t = useAdminWords();
  const years = [...new Set(value.map(({ date }) => date.slice(0, 4)))].toSorted().toReversed();
  const [year, setYear] = useState(() => years[0] ?? '');
  const shown = value.map((one, index) => ({ one, index })).filter(({ one }) => one.date.startsWith(year)).toSorted((a, b) => (a.one.date < b.one.date ? -1 : 1));
  const change = (index: number, more: Partial<Exception>): void => onChange(value.map((one, at) => (at === index ? { ...one, ...more } : one)));
  return (
    <section className="card"><h2>{t('calendars.exceptions')}<small>{value.length}</small></h2>
      <div className="chips">{years.map((one) => <button key={one} type="button" aria-pressed={one === year} onClick={() => setYear(one)}>{one}</button>)}</div>
      <div className="scroll tall" tabIndex={0} role="region" aria-label={t('calendars.exceptions')}><table><thead><tr><th>{t('calendars.date')}</th><th>{t('calendars.hours')}</th><th>{t('field.name')}</th><th>{t('remove')}</th></tr></thead><tbody>{shown.map(({ one, index }) => (
        <tr key={index}><td><input type="date" aria-label={`${t('calendars.date')} ${one.date}`} value={one.date} onChange={(event) => { if (event.target.value !== '') change(index, { date: event.target.value }); }} /></td><td><HoursInput label={`${t('calendars.hours')} ${one.date}`} value={one.hours} onChange={(hours) => change(index, { hours })} /></td>
          <td><input aria-label={`${t('field.name')} ${one.date}`} value={one.name ?? ''} onChange={(event) => change(index, { name: event.target.value })} /></td><td><button type="button" className="plain" aria-label={`${t('remove')} ${one.date}`} onClick={() => onChange(value.filter((_, at) => at !== index))}>✕</button></td></tr>
      ))}</tbody></table></div>
      <button type="button" onClick={() => { const date = `${year === '' ? new Date().getFullYear() : year}-12-31`; onChange([...value, { date, hours: [], name: '' }]); setYear(date.slice(0, 4)); }}>{t('calendars.addException')}</button>
    </section>
  );
}
