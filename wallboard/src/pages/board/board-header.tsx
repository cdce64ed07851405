import type { BoardView } from '../../lib/feed/feed-reducer.ts';
import { LiveText, useLiveElement, writeData } from '../../lib/ticking/live-text.tsx';
import { dayOf, timeWithSeconds, zoneName } from '../../lib/time/format-time.ts';
import { acknowledge } from './acknowledge.ts';
import { localName, useBoardWords } from './board-words.tsx';
import { FreshnessMark } from './freshness-band.tsx';
import type { Hearing } from './use-alarm-sound.ts';
import type { FreshnessLevel } from './use-freshness.ts';

interface Props {
  readonly view: BoardView;
  readonly level: FreshnessLevel;
  readonly hearing: Hearing;
}

/** So that no panel keeps the same bright letters in the same place, the header changes sides every half hour. */
const SIDE_MS = 30 * 60_000;

/** Which board this is, whether it lives, what waits to be acknowledged, and the time by the server's clock. */
export function BoardHeader({ view, level, hearing }: Props) {
  const words = useBoardWords();
  const { t, locale } = words;
  const head = useLiveElement<HTMLElement>((element, now) => writeData(element, 'side', Math.floor(now / SIDE_MS) % 2 === 0 ? 'left' : 'right'));
  return (
    <header className="head" ref={head}>
      <h1>{localName(locale, view.board.name, view.board.nameZh)}</h1>
      <FreshnessMark level={level} />
      <Unacknowledged view={view} />
      <span className="head-sound" data-hearing={hearing}>{t(`sound.${hearing}`)}</span>
      <span className="head-version">{t('version', { version: view.version })}</span>
      <div className="head-time">
        <LiveText className="head-day" of={(now) => `${dayOf(now, words)} ${zoneName(now, words)}`} />
        <LiveText className="head-clock" of={(now) => timeWithSeconds(now, words)} />
      </div>
    </header>
  );
}

/** How many ring, and how they are silenced: here by whoever is signed in, else at any desk. */
function Unacknowledged({ view }: { readonly view: BoardView }) {
  const { t } = useBoardWords();
  const count = view.counters.alarmsUnacknowledged;
  const text = count > 0 ? `⚑ ${t('unacknowledged', { count })}` : t('unacknowledged.none');
  return (
    <span className="head-waiting" data-some={count > 0} role="status">
      {text}
      {count === 0 ? null : view.mayAcknowledge
        ? <button type="button" onClick={() => void acknowledge({ boardId: view.board.id })}>{t('alarm.acknowledgeAll')}</button>
        : <small>{t('alarm.atDesk')}</small>}
    </span>
  );
}
