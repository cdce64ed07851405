import { useContext, useRef } from 'react';
import { CLOCK_GLYPHS } from '../../components/clock-glyph.ts';
import { countdown, formatSeconds, type Countdown, type TimeUnits } from '../../lib/feed/countdown.ts';
import type { BoardRow } from '../../lib/feed/feed-reducer.ts';
import { useLiveElement, writeData, writeText } from '../../lib/ticking/live-text.tsx';
import { nearTime, shiftTime, timeWithSeconds } from '../../lib/time/format-time.ts';
import { useBoardWords, type BoardWords } from './board-words.tsx';
import { StaleContext } from './freshness-band.tsx';

const DAY_SECONDS = 86_400;

/** The countdown of a row: figure, shape and word change together, once a second, without rendering anything. */
export function ClockCell({ row }: { readonly row: BoardRow }) {
  const words = useBoardWords();
  const glyph = useRef<HTMLSpanElement>(null);
  const figure = useRef<HTMLSpanElement>(null);
  const label = useRef<HTMLSpanElement>(null);
  const knownAt = useContext(StaleContext);
  const cell = useLiveElement<HTMLDivElement>((element, tick) => {
    // A stale board stops counting: a figure that goes on would look like news.
    const now = knownAt() ?? tick;
    const shown = countdown(row.clock, row.state === 'SUSPENDED', now);
    writeData(element, 'shape', shown.shape);
    writeData(element, 'breached', String(shown.breached));
    if (glyph.current !== null) writeText(glyph.current, CLOCK_GLYPHS[shown.shape]);
    if (figure.current !== null) writeText(figure.current, figureText(shown, words, now));
    if (label.current !== null) writeText(label.current, knownAt() === null ? labelText(row, shown, words, now) : words.t('freshness.lastKnown', { time: timeWithSeconds(now, words) }));
  });
  return (
    <div className="clock" ref={cell}>
      <div className="clock-figure"><span className="glyph" aria-hidden="true" ref={glyph} /><span ref={figure} /></div>
      <span className="clock-label" ref={label} />
    </div>
  );
}

function unitsOf({ t }: BoardWords): TimeUnits {
  return { day: t('dayUnit'), hour: t('hourUnit') };
}

function figureText(shown: Countdown, words: BoardWords, now: number): string {
  if (shown.shape === 'outside-hours') {
    return shown.resumesAt === null ? words.t('clock.closed') : words.t('clock.resumes', { time: nearTime(Date.parse(shown.resumesAt), now, words) });
  }
  return shown.seconds === null ? '—' : formatSeconds(shown.seconds, unitsOf(words));
}

function labelText(row: BoardRow, shown: Countdown, words: BoardWords, now: number): string {
  const { t } = words;
  if (row.clock === null) return shown.shape === 'suspended' ? t('state.SUSPENDED') : t('clock.none');
  const clock = t(`clock.${row.clock.kind}`);
  const time = (iso: string | null): string => (iso === null ? '—' : shiftTime(Date.parse(iso), now, words));
  switch (shown.shape) {
    case 'suspended':
      return t(shown.breached ? 'clock.suspendedBreached' : 'clock.suspended', { clock });
    case 'outside-hours':
      return shown.seconds === null
        ? t('clock.outsideHoursPlain', { clock })
        : t('clock.outsideHours', { clock, left: formatSeconds(shown.seconds, unitsOf(words)) });
    case 'breached':
      // Beyond a day the figure says enough, and day and time would not fit.
      return (shown.seconds ?? 0) <= -DAY_SECONDS ? t('clock.breachedLong', { clock }) : t('clock.breachedAt', { clock, time: time(row.clock.breachedAt) });
    default:
      return t('clock.dueAt', { clock, time: time(row.clock.dueAt) });
  }
}
