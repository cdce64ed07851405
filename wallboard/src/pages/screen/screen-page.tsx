import { lazy, Suspense, useEffect, useLayoutEffect, useState, useSyncExternalStore } from 'react';
import type { BoardFeed } from '../../lib/feed/board-feed.ts';
import { isWallKey } from '../../lib/letter-keys.ts';
import { boardCatalog, type BoardCatalog } from '../../lib/messages/board/catalog.ts';
import type { Locale } from '../../lib/messages/translator.ts';
import { BoardPage } from '../board/board-page.tsx';
import { textSizes } from '../board/legibility.ts';
import type { BoardsStore, ShownBoards } from './screen-boards.ts';
import type { ScreenStore } from './screen-life.ts';
import { screenWords } from './screen-words.ts';
import { TurnMark } from './turn-mark.tsx';

const PairingPage = lazy(async () => ({ default: (await import('./pairing-page.tsx')).PairingPage }));
const ReadingTest = lazy(async () => ({ default: (await import('./reading-test.tsx')).ReadingTest }));

interface Props {
  readonly life: ScreenStore;
  readonly boards: BoardsStore;
}

/** A screen on a wall: its boards, or the code that it waits with. Never a form. */
export function ScreenPage({ life, boards }: Props) {
  const state = useSyncExternalStore(life.subscribe, life.state);
  const shown = useSyncExternalStore(boards.subscribe, boards.state);
  useEffect(() => {
    const press = (event: KeyboardEvent): void => { if (isWallKey(event) && (event.key === 'f' || event.key === 'F')) void switchFullScreen(); };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
  if (state.kind === 'bound' && shown !== null) return <Boards shown={shown} boards={boards} />;
  if (state.kind === 'pairing') return <Suspense fallback={<Notice of="wait.starting" />}><PairingPage {...state} /></Suspense>;
  return <Notice of={state.kind === 'away' ? 'wait.away' : state.kind === 'limited' ? 'wait.limited' : 'wait.starting'} />;
}

function Notice({ of }: { readonly of: 'wait.starting' | 'wait.away' | 'wait.limited' }) {
  return (
    <main className="board waiting">
      <p lang="zh-CN">{screenWords('zh-CN')(of)}</p>
      <p lang="en">{screenWords('en')(of)}</p>
    </main>
  );
}

/** Every board is drawn, one is seen: a switch shows what is there already. */
function Boards({ shown, boards }: { readonly shown: ShownBoards; readonly boards: BoardsStore }) {
  const { screen, feeds, rotation } = shown;
  const locale: Locale = screen.locale === 'EN' ? 'en' : 'zh-CN';
  const words = useCatalog(locale);
  const [testing, setTesting] = useState(false);
  const size = { diagonalInches: screen.diagonalInches, seatMetres: screen.seatMetres };
  const sizes = textSizes(size);
  useLayoutEffect(() => {
    document.documentElement.lang = locale;
    for (const [name, vh] of Object.entries(sizes)) document.documentElement.style.setProperty(`--${name}`, `${vh}vh`);
  });
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const { key } = event;
      if (key === ' ') boards.pause();
      else if (key === 'ArrowRight') boards.turn(1);
      else if (key === 'ArrowLeft') boards.turn(-1);
      else if (isWallKey(event) && (key === 'i' || key === 'I')) setTesting((before) => !before);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [boards]);
  return (
    <>
      {feeds.map((feed, index) => (
        <div key={screen.boards[index]?.boardId} className="screen-board" data-front={index === rotation.index} hidden={index !== rotation.index}>
          <OneBoard feed={feed} words={words} sizes={sizes} sounds={screen.sound} />
        </div>
      ))}
      {feeds.length > 1 ? <TurnMark rotation={rotation} count={feeds.length} t={screenWords(locale)} /> : null}
      {testing ? <Suspense fallback={null}><ReadingTest size={size} t={screenWords(locale)} /></Suspense> : null}
    </>
  );
}

interface Words {
  readonly locale: Locale;
  readonly catalog: BoardCatalog;
}

/** A board's words in a language; until those of another have come, the ones before. */
function useCatalog(locale: Locale): Words | null {
  const [words, setWords] = useState<Words | null>(null);
  useEffect(() => {
    let gone = false;
    void boardCatalog(locale).then((catalog) => { if (!gone) setWords({ locale, catalog }); });
    return () => { gone = true; };
  }, [locale]);
  return words;
}

/** Until the first snapshot, and when the right to see it was lost, there is nothing of the board to see. */
function OneBoard({ feed, words, sizes, sounds }: { readonly feed: BoardFeed; readonly words: Words | null; readonly sizes: ReturnType<typeof textSizes>; readonly sounds: boolean }) {
  const empty = useSyncExternalStore(feed.subscribe, () => feed.state().view === null);
  return empty || words === null ? <Notice of="wait.starting" /> : <BoardPage feed={feed} {...words} sizes={sizes} hasToken sounds={sounds} />;
}

async function switchFullScreen(): Promise<void> {
  if (document.fullscreenElement !== null) await document.exitFullscreen();
  // Refused where the browser is a kiosk already.
  else await document.documentElement.requestFullscreen().catch(() => undefined);
}
