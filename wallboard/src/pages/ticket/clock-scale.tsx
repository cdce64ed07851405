import { useDeskWords } from '../../app/desk-words.tsx';
import type { TicketMessageKey } from '../../lib/messages/ticket/zh-CN.ts';
import { dayAndTime, offsetName, shortDay, timeOfDay } from '../../lib/time/format-time.ts';
import { placeOf, ticksOf, type Axis } from './clock-axis.ts';
import { useTicketWords } from './ticket-words.ts';

interface Props {
  readonly axis: Axis;
  readonly customerZone: string;
}

/** The instants of the axis in the reader's zone and, where it differs, in the customer's (WBD-09). The bands name their own instants: this is for eyes. */
export function ClockScale({ axis, customerZone }: Props) {
  const { locale, timeZone } = useDeskWords();
  const differs = offsetName(axis.from, { locale, timeZone }) !== offsetName(axis.from, { locale, timeZone: customerZone });
  return (
    <div className="clock-scale" aria-hidden="true">
      <ScaleLine axis={axis} zone={timeZone} />
      {differs ? <ScaleLine axis={axis} zone={customerZone} /> : null}
    </div>
  );
}

function ScaleLine({ axis, zone }: { readonly axis: Axis; readonly zone: string }) {
  const { locale, timeZone } = useDeskWords();
  const t = useTicketWords();
  // Both lines are written at the same instants, so that they can be read against each other.
  const { ticks, days } = ticksOf(axis, timeZone);
  const place = { locale, timeZone: zone };
  const day = (tick: number): string => shortDay(tick, place);
  return (
    <>
      <span className="scale-zone">{offsetName(axis.from, place)}</span>
      <span className="scale-ticks">
        {ticks.map((tick, index) => (
          <span key={tick} style={{ left: `${placeOf(axis, tick)}%` }}>
            {days ? day(tick) : index === 0 || day(tick) !== day(ticks[index - 1]!) ? dayAndTime(tick, place) : timeOfDay(tick, place)}
          </span>
        ))}
      </span>
      <span className="scale-now">{t('axis.now')} {timeOfDay(axis.now, place)}</span>
    </>
  );
}

const PARTS: readonly (readonly [string, TicketMessageKey])[] = [
  ['counted', 'legend.counted'], ['closed-hours', 'legend.closed'], ['holiday', 'legend.holiday'], ['suspended', 'legend.suspended'], ['ahead', 'legend.ahead'],
];
const MARKS: readonly TicketMessageKey[] = ['mark.due', 'mark.breach', 'mark.met', 'mark.threshold', 'mark.coming'];

export function ClockLegend() {
  const t = useTicketWords();
  return (
    <p className="clock-legend" aria-label={t('axis.legend')}>
      {PARTS.map(([reason, key]) => <span key={key}><i className={reason === 'ahead' ? 'band-ahead' : 'band-part'} data-reason={reason} />{t(key)}</span>)}
      {MARKS.map((key) => <span key={key}>{t(key)}</span>)}
    </p>
  );
}
