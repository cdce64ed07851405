import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { useDeskWords, teamName } from '../../app/desk-words.tsx';
import { QueryState } from '../../components/page-state/query-state.tsx';
import { RosterDocument, type OnCallNowQuery, type RosterQuery } from '../../graphql/generated/desk/graphql.ts';
import { dayOf, timeOfDay, zoneName } from '../../lib/time/format-time.ts';
import { useOnCallWords } from './on-call-words.ts';
import { daysOf, doubleShifts, gapsOf, overlaps, twoLeaders, weekStart, type Span, type WeekShift } from './roster-week.ts';
import { ShiftForm, type EditedShift } from './shift-form.tsx';

type Team = OnCallNowQuery['teams'][number];

interface Props {
  readonly teams: readonly Team[];
  readonly mayEdit: boolean;
  readonly onCallTeam: string | null;
}

/** A team's shifts of a week, a column a day; gaps, two leaders and double shifts are said in words. */
export function RosterSection({ teams, mayEdit, onCallTeam }: Props) {
  const t = useOnCallWords();
  const { locale, timeZone } = useDeskWords();
  const [teamId, setTeamId] = useState(onCallTeam ?? teams[0]?.id ?? '');
  const [start, setStart] = useState(() => weekStart(Date.now()));
  const [edited, setEdited] = useState<EditedShift | null>(null);
  const days = daysOf(start);
  const span: Span = { from: days[0]?.from ?? start, to: days[6]?.to ?? start };
  const result = useQuery(RosterDocument, { variables: { teamId, from: new Date(span.from).toISOString(), to: new Date(span.to).toISOString() }, skip: teamId === '', fetchPolicy: 'cache-and-network' });
  const team = teams.find(({ id }) => id === teamId);
  const move = (weeks: number): void => { setStart(weekStart(start + weeks * 7 * 86_400_000 + 43_200_000)); setEdited(null); };
  return (
    <section className="card roster">
      <header>
        <h2>{t('roster')}</h2>
        <select aria-label={t('roster.team')} value={teamId} onChange={(event) => { setTeamId(event.target.value); setEdited(null); }}>{teams.map((one) => <option key={one.id} value={one.id}>{teamName(one, locale)}</option>)}</select>
        <div className="chips"><button type="button" onClick={() => move(-1)}>← {t('week.before')}</button><button type="button" onClick={() => setStart(weekStart(Date.now()))}>{t('week.now')}</button><button type="button" onClick={() => move(1)}>{t('week.after')} →</button></div>
        <small>{t('roster.zone', { zone: zoneName(span.from, { locale, timeZone }) })}</small>
        {mayEdit ? <button type="button" onClick={() => setEdited({ id: null, personId: '', person: '', startsAt: span.from })}>{t('shift.add')}</button> : null}
      </header>
      {edited === null || team === undefined ? null : <ShiftForm key={edited.id ?? 'new'} shift={edited} team={team} onDone={() => { setEdited(null); void result.refetch(); }} onCancel={() => setEdited(null)} />}
      <QueryState result={result}>{({ roster }) => <Week days={days} span={span} shifts={shiftsOf(roster)} edit={mayEdit ? setEdited : null} />}</QueryState>
    </section>
  );
}

function shiftsOf(roster: RosterQuery['roster']): WeekShift[] {
  return roster.map(({ id, startsAt, endsAt, leader, person }) => ({ id, personId: person?.id ?? '', person: person?.name ?? '', startsAt: Date.parse(startsAt), endsAt: Date.parse(endsAt), leader }));
}

function Week({ days, span, shifts, edit }: { readonly days: readonly Span[]; readonly span: Span; readonly shifts: readonly WeekShift[]; readonly edit: ((shift: EditedShift) => void) | null }) {
  const t = useOnCallWords();
  const { locale, timeZone } = useDeskWords();
  const place = { locale, timeZone };
  const gaps = gapsOf(shifts, span);
  const marks = { two: twoLeaders(shifts), double: doubleShifts(shifts) };
  if (shifts.length === 0) return <p className="quiet">{t('roster.none')}</p>;
  const now = Date.now();
  return (
    <div className="roster-week">{days.map((day) => (
      <div key={day.from} className="roster-day" data-today={day.from <= now && now < day.to}>
        <h3>{dayOf(day.from, place)}</h3>
        <ul>
          {shifts.filter((shift) => overlaps(shift, day)).map((shift) => (
            <li key={shift.id} className="roster-shift" data-leader={shift.leader} data-now={shift.startsAt <= now && now < shift.endsAt}>
              <span className="roster-time">{timeOfDay(Math.max(shift.startsAt, day.from), place)} – {shift.endsAt >= day.to ? '24:00' : timeOfDay(shift.endsAt, place)}</span>
              <b>{shift.person}</b>{shift.leader ? <span className="badge">{t('leader')}</span> : null}
              {marks.two.has(shift.id) ? <span className="badge flag">{t('roster.two')}</span> : null}
              {marks.double.has(shift.id) ? <span className="badge flag">{t('roster.double')}</span> : null}
              {edit === null ? null : <button type="button" className="plain" aria-label={t('shift.open', { person: shift.person, from: timeOfDay(shift.startsAt, place) })} onClick={() => edit(shift)}>✎</button>}
            </li>
          ))}
          {gaps.filter(({ from, to }) => from < day.to && to > day.from).map(({ from, to }) => (
            <li key={from} className="roster-gap"><span className="roster-time">{timeOfDay(Math.max(from, day.from), place)} – {to >= day.to ? '24:00' : timeOfDay(to, place)}</span><b>⚠ {t('roster.gap')}</b></li>
          ))}
        </ul>
      </div>
    ))}</div>
  );
}
