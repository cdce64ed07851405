import type { BoardView } from '../../lib/feed/feed-reducer.ts';
import { LiveText } from '../../lib/ticking/live-text.tsx';
import { dayOf, timeWithSeconds, zoneName } from '../../lib/time/format-time.ts';
import { localName, useBoardWords } from './board-words.tsx';
import { FreshnessMark } from './freshness-band.tsx';
import type { FreshnessLevel } from './use-freshness.ts';

interface Props {
  readonly view: BoardView;
  readonly level: FreshnessLevel;
}

/** Which board this is, whether it lives, what waits to be acknowledged, and the time by the server's clock. */
export function BoardHeader({ view, level }: Props) {
  const words = useBoardWords();
  const { t, locale } = words;
  const waiting = view.counters.escalationsUnacknowledged;
  return (
    <header className="head">
      <h1>{localName(locale, view.board.name, view.board.nameZh)}</h1>
      <FreshnessMark level={level} />
      <span className="head-waiting" data-some={waiting > 0}>
        {waiting > 0 ? `⚑ ${t('unacknowledged', { count: waiting })}` : t('unacknowledged.none')}
      </span>
      <span className="head-version">{t('version', { version: view.version })}</span>
      <div className="head-time">
        <LiveText className="head-day" of={(now) => `${dayOf(now, words)} ${zoneName(now, words)}`} />
        <LiveText className="head-clock" of={(now) => timeWithSeconds(now, words)} />
      </div>
    </header>
  );
}
