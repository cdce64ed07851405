import { createContext, useContext } from 'react';
import { freshness } from '../../lib/feed/freshness.ts';
import { LiveText, useLiveElement, writeData } from '../../lib/ticking/live-text.tsx';
import { timeWithSeconds } from '../../lib/time/format-time.ts';
import { useBoardWords } from './board-words.tsx';
import type { FreshnessLevel } from './use-freshness.ts';

/** When the last message came, by the monotonic clock. */
export const LastHeardContext = createContext<() => number | null>(() => null);

/** The server's time of the last message while the board is stale, else null. */
export const StaleContext = createContext<() => number | null>(() => null);

/** In the header: a mark that moves each second shows that the page itself is alive, apart from any data. */
export function FreshnessMark({ level }: { readonly level: FreshnessLevel }) {
  const { t } = useBoardWords();
  const mark = useLiveElement<HTMLElement>((element, now) => writeData(element, 'second', String(Math.floor(now / 1000) % 2)));
  return (
    <span className="alive" data-level={level}>
      <i ref={mark} aria-hidden="true" />
      {level === 'fresh' ? t('freshness.fresh') : null}
    </span>
  );
}

/** Over the whole width, as soon as the data is old: it must not be possible to read old figures as new ones. */
export function FreshnessBand({ level }: { readonly level: FreshnessLevel }) {
  if (level === 'fresh' || level === 'connecting') return null;
  return <div className="band" data-level={level} role="alert"><Age level={level} /></div>;
}

function Age({ level }: { readonly level: FreshnessLevel }) {
  const words = useBoardWords();
  const lastHeardAt = useContext(LastHeardContext);
  return (
    <LiveText of={(now) => {
      const heard = lastHeardAt();
      const age = freshness(heard, performance.now());
      if (heard === null || age.level === 'connecting') return words.t('connecting');
      if (level === 'stale') return words.t('freshness.stale', { time: timeWithSeconds(now - (performance.now() - heard), words) });
      return words.t('freshness.late', { seconds: age.ageSeconds });
    }} />
  );
}
