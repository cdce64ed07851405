import { createRoot } from 'react-dom/client';
import { openBoardFeed, type BoardFeed } from '../../lib/feed/board-feed.ts';
import { browserTimers } from '../../lib/feed/browser-timers.ts';
import { newKey } from '../../lib/new-key.ts';
import { keepAwake } from '../board/keep-awake.ts';
import { reloadOnNewVersion } from '../board/reload-on-new-version.ts';
import { reloadDaily } from './daily-reload.ts';
import { screenApi } from './screen-api.ts';
import { hangBoards } from './screen-boards.ts';
import { liveAsScreen } from './screen-life.ts';
import { ScreenPage } from './screen-page.tsx';
import { screenReport } from './screen-report.ts';
import { watchPage } from './watch-page.ts';
import '../board/board.css';
import './screen.css';

/** Starts a screen on a wall (WBD-10): nobody signs in here, and nobody has to press anything, ever. */
export function mountScreen(element: HTMLElement): void {
  const instance = newKey();
  document.documentElement.dataset['page'] = 'board';
  const isAwake = keepAwake();
  const feeds = (): readonly BoardFeed[] => boards.state()?.feeds ?? [];
  const monotonic = (): number => performance.now();
  const life = liveAsScreen({ api: screenApi(instance), timers: browserTimers, monotonic, report: () => screenReport(feeds(), isAwake()) });
  const boards = hangBoards({
    life, timers: browserTimers, monotonic,
    open(boardId) {
      const feed = openBoardFeed(boardId, null, { screen: instance });
      reloadOnNewVersion(feed);
      return feed;
    },
  });
  window.addEventListener('online', () => {
    life.nudge();
    for (const feed of feeds()) feed.nudge();
  });
  watchPage(() => feeds()[0]?.clock.now() ?? performance.timeOrigin + performance.now());
  reloadDaily(feeds, browserTimers);
  createRoot(element).render(<ScreenPage life={life} boards={boards} />);
}
