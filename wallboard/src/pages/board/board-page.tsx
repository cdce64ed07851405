import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { BoardFeed } from '../../lib/feed/board-feed.ts';
import { browserTimers } from '../../lib/feed/browser-timers.ts';
import type { BoardView } from '../../lib/feed/feed-reducer.ts';
import type { BoardCatalog } from '../../lib/messages/board/catalog.ts';
import { createTranslate, type Locale } from '../../lib/messages/translator.ts';
import { LiveText, TickerProvider } from '../../lib/ticking/live-text.tsx';
import { createTicker } from '../../lib/ticking/ticker.ts';
import { nearTime } from '../../lib/time/format-time.ts';
import { BoardNotice } from './board-notice.tsx';
import { BoardHeader } from './board-header.tsx';
import { BoardWordsContext, useBoardWords, type BoardWords } from './board-words.tsx';
import { CounterStrip } from './counter-strip.tsx';
import { FreshnessBand, LastHeardContext, StaleContext } from './freshness-band.tsx';
import { IncidentRow } from './incident-row.tsx';
import { LIST_HEIGHT, rowsThatFit, type ScreenFault, type TextSizes } from './legibility.ts';
import { NoticeBand, noticesOf } from './notice-band.tsx';
import { sortWanted } from './sort-wanted.ts';
import { SidePanel } from './side-panel.tsx';
import { soundWanted, useAlarmSound, type AlarmSound } from './use-alarm-sound.ts';
import { useAcknowledgeKey } from './use-acknowledge-key.ts';
import { useFreshnessLevel } from './use-freshness.ts';

/** Heights in vh, as in board.css: the list gets what header, counters and footer leave. */
const BAND_HEIGHT = 6;
const SIDE_LINE = 1.26;
const SIDE_PADDING = 5;

interface Props {
  readonly feed: BoardFeed;
  readonly locale: Locale;
  readonly catalog: BoardCatalog;
  readonly sizes: TextSizes;
  readonly hasToken: boolean;
  /** Of a paired screen; a board in the address says so there. */
  readonly sounds?: boolean;
  /** What is wrong with the screen that the address gives. */
  readonly faults?: readonly ScreenFault[];
}

const NO_FAULTS: readonly ScreenFault[] = [];

/** The NOC board (WBD-01): one screen, no scrolling, everything that does not fit is counted. */
export function BoardPage({ feed, locale, catalog, sizes, hasToken, sounds, faults = NO_FAULTS }: Props) {
  const state = useSyncExternalStore(feed.subscribe, feed.state);
  const level = useFreshnessLevel(feed);
  const [ticker] = useState(() => createTicker(() => feed.clock.now() ?? 0, browserTimers));
  useEffect(() => () => ticker.stop(), [ticker]);
  const timeZone = state.view?.board.timeZone ?? 'Asia/Shanghai';
  const words = useMemo<BoardWords>(
    () => ({ locale, timeZone, t: createTranslate(locale, catalog) }),
    [locale, timeZone, catalog],
  );
  const knownAt = useCallback(() => {
    const heard = feed.lastHeardAt();
    const now = feed.clock.now();
    return level !== 'stale' || heard === null || now === null ? null : now - (performance.now() - heard);
  }, [feed, level]);
  const { view } = state;
  const sound = useAlarmSound(view, sounds ?? soundWanted(window.location.search));
  useAcknowledgeKey(view);
  return (
    <BoardWordsContext value={words}>
      <TickerProvider ticker={ticker}>
        <LastHeardContext value={feed.lastHeardAt}>
          <StaleContext value={knownAt}>
            {view === null ? <Waiting detail={state.detail} hasToken={hasToken} /> : <Board view={view} level={level} sizes={sizes} sound={sound} faults={faults} />}
          </StaleContext>
        </LastHeardContext>
      </TickerProvider>
    </BoardWordsContext>
  );
}

function Waiting({ detail, hasToken }: { readonly detail: string; readonly hasToken: boolean }) {
  const { t } = useBoardWords();
  const refused = /^(4401|4403)|UNAUTHENTICATED|FORBIDDEN/.test(detail);
  return <BoardNotice text={t(detail === '' ? 'connecting' : refused ? 'waiting.signIn' : 'waiting.away')} detail={detail} signIn={refused && !hasToken} />;
}

interface BoardProps {
  readonly view: BoardView;
  readonly level: ReturnType<typeof useFreshnessLevel>;
  readonly sizes: TextSizes;
  readonly sound: AlarmSound;
  readonly faults: readonly ScreenFault[];
}

function Board({ view, level, sizes, sound, faults }: BoardProps) {
  const words = useBoardWords();
  const { t } = words;
  const notices = noticesOf(view, { flood: sound.flood, faults }, words);
  const bands = (level === 'late' || level === 'stale' ? 1 : 0) + (notices.length > 0 ? 1 : 0);
  const listHeight = LIST_HEIGHT - bands * BAND_HEIGHT;
  const shown = view.rows.slice(0, rowsThatFit(listHeight, sizes));
  const news = new Set(view.happenings.filter(({ kind }) => kind === 'BREACHED' || kind === 'NEW_LV1').map(({ incidentId }) => incidentId));
  return (
    <main className="board" data-freshness={level}>
      <FreshnessBand level={level} />
      <NoticeBand notices={notices} total={notices.length - view.banners.length + view.bannerCount} />
      <BoardHeader view={view} level={level} hearing={sound.hearing} />
      <CounterStrip counters={view.counters} />
      <ul className="rows">
        {shown.map((row) => <IncidentRow key={row.id} row={row} isNew={news.has(row.id)} />)}
        {view.rows.length === 0 ? <li className="rows-none">{t('rows.none')}</li> : null}
      </ul>
      <SidePanel view={view} lines={Math.floor((listHeight - SIDE_PADDING) / (sizes.secondary * SIDE_LINE))} />
      <Footer view={view} shown={shown.length} />
    </main>
  );
}

function Footer({ view, shown }: { readonly view: BoardView; readonly shown: number }) {
  const words = useBoardWords();
  const more = view.counters.open - shown;
  const sorted = sortWanted(window.location.search) === 'RISK' ? `${words.t('byRisk')} · ` : '';
  const next = view.rows.slice(shown).map((row) => row.clock)
    .flatMap((clock) => (clock?.state === 'RUNNING' && clock.breachedAt === null && clock.dueAt !== null ? [Date.parse(clock.dueAt)] : []));
  return (
    <footer className="foot">
      <LiveText of={(now) => {
        if (more <= 0) return `${sorted}${words.t('rows.all', { count: shown })}`;
        if (next.length === 0) return `${sorted}${words.t('rows.more', { count: more })}`;
        return `${sorted}${words.t('rows.moreNext', { count: more, time: nearTime(Math.min(...next), now, words) })}`;
      }} />
    </footer>
  );
}
