import { labelOf, useDeskWords } from '../../app/desk-words.tsx';
import { fullTime } from '../../lib/time/format-time.ts';
import type { Ticket } from './actions/action-form-types.ts';
import { placeOf, type Axis, type Clock } from './clock-axis.ts';
import { stretchDetail, stretchText } from './stretch-text.ts';
import { useTicketWords } from './ticket-words.ts';

interface Props {
  readonly clock: Clock;
  readonly axis: Axis;
  readonly ticket: Ticket;
}

/** One clock in real time: what counted, what did not and why, what fired, when it is due and how it ended. The table below says the same. */
export function ClockBand({ clock, axis, ticket }: Props) {
  const t = useTicketWords();
  const { locale, timeZone, vocabulary } = useDeskWords();
  const time = (text: string): string => fullTime(Date.parse(text), { locale, timeZone });
  const label = t('axis.label', {
    clock: labelOf(vocabulary.clockKinds, clock.kind, locale), state: t(clock.state === 'RUNNING' ? 'state.running' : clock.state === 'PAUSED' ? 'state.paused' : 'state.stopped'),
    start: time(clock.startAt), end: clock.dueAt === null ? t('axis.noDue') : t('axis.due', { time: time(clock.dueAt) }),
  });
  return (
    <span className="clock-band" role="img" aria-label={label}>
      <Ahead clock={clock} axis={axis} />
      {clock.explanation.intervals.map((interval) => <Part key={interval.from} interval={interval} axis={axis} ticket={ticket} />)}
      <Marks clock={clock} axis={axis} />
      {clock.outcome === 'NONE' ? <i className="band-now" style={{ left: `${placeOf(axis, axis.now)}%` }} /> : null}
    </span>
  );
}

/** From where the clock stands to its due instant: nothing is known of it yet. */
function Ahead({ clock, axis }: Omit<Props, 'ticket'>) {
  const end = clock.dueAt === null ? null : Date.parse(clock.dueAt);
  if (clock.outcome !== 'NONE' || end === null || end <= axis.now) return null;
  const from = placeOf(axis, axis.now);
  return <i className="band-ahead" style={{ left: `${from}%`, width: `${placeOf(axis, end) - from}%` }} />;
}

function Part({ interval, axis, ticket }: { readonly interval: Clock['explanation']['intervals'][number]; readonly axis: Axis; readonly ticket: Ticket }) {
  const { t, locale, vocabulary } = useDeskWords();
  const ticketWords = useTicketWords();
  const left = placeOf(axis, Date.parse(interval.from));
  const width = placeOf(axis, Date.parse(interval.to)) - left;
  const words = [stretchText(interval.reason, t), ...stretchDetail(interval, ticket, { vocabulary, locale, t: ticketWords })].join(' · ');
  return <i className="band-part" data-reason={interval.reason} title={words} style={{ left: `${left}%`, width: `max(1px, ${width}%)` }} />;
}

/** Marks have shapes of their own: nothing is told by colour alone. */
function Marks({ clock, axis }: Omit<Props, 'ticket'>) {
  const { locale, timeZone, vocabulary } = useDeskWords();
  const t = useTicketWords();
  const title = (word: string, text: string): string => `${word} ${fullTime(Date.parse(text), { locale, timeZone })}`;
  const step = (key: string): string => labelOf(vocabulary.escalationSteps, key, locale);
  const mark = (kind: string, glyph: string, text: string | null, word: string) => (text === null ? null
    : <b key={`${kind} ${text} ${word}`} className="band-mark" data-mark={kind} title={title(word, text)} style={{ left: `${placeOf(axis, Date.parse(text))}%` }}>{glyph}</b>);
  return (
    <>
      {clock.firings.filter(({ withdrawnAt, step: key }) => withdrawnAt === null && key !== 'breach').map((firing) => mark('fired', '', firing.at, step(firing.step)))}
      {clock.coming.map((one) => mark('coming', '', one.at !== null && Date.parse(one.at) <= axis.to ? one.at : null, step(one.step)))}
      {mark('due', '◆', clock.dueAt, t('mark.due').slice(2))}
      {mark('breach', '▲', clock.breachedAt, t('mark.breach').slice(2))}
      {mark('met', '✓', clock.metAt, t('mark.met').slice(2))}
    </>
  );
}
