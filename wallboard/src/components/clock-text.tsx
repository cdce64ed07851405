import { useDeskWords } from '../app/desk-words.tsx';
import { countdown, formatSeconds, type BoardClock } from '../lib/feed/countdown.ts';
import { useLiveElement, writeData, writeText } from '../lib/ticking/live-text.tsx';
import { nearTime } from '../lib/time/format-time.ts';
import { CLOCK_GLYPHS } from './clock-glyph.ts';

interface Props {
  readonly clock: BoardClock | null;
  readonly suspended: boolean;
}

/** A countdown in a line of text, with its shape; for queue rows and the ticket page. */
export function ClockText({ clock, suspended }: Props) {
  const words = useDeskWords();
  const ref = useLiveElement<HTMLSpanElement>((element, now) => {
    const shown = countdown(clock, suspended, now);
    writeData(element, 'shape', shown.shape);
    writeData(element, 'breached', String(shown.breached));
    const figure = shown.shape === 'outside-hours' && shown.resumesAt !== null
      ? words.t('clock.resumes', { time: nearTime(Date.parse(shown.resumesAt), now, words) })
      : shown.seconds === null ? '—' : formatSeconds(shown.seconds, { day: words.t('dayUnit'), hour: words.t('hourUnit') });
    writeText(element, `${CLOCK_GLYPHS[shown.shape]} ${figure}`.trim());
  });
  return <span className="clock-text" ref={ref} />;
}
