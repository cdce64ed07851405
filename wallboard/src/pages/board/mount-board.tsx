import { createRoot } from 'react-dom/client';
import { openBoardFeed } from '../../lib/feed/board-feed.ts';
import { browserTimers } from '../../lib/feed/browser-timers.ts';
import { chosenLocale } from '../../lib/messages/locale-choice.ts';
import { findBoardId } from './find-board.ts';
import { screenOf, textSizes } from './legibility.ts';
import { BoardPage } from './board-page.tsx';
import { reloadOnNewVersion } from './reload-on-new-version.ts';
import './board.css';

/** Starts the board page: the address says which board, a screen's token, its size and its language. */
export async function mountBoard(root: HTMLElement): Promise<void> {
  const { pathname, search } = window.location;
  const token = new URLSearchParams(search).get('token');
  const locale = chosenLocale(search);
  const sizes = textSizes(screenOf(search));
  document.documentElement.lang = locale;
  document.documentElement.dataset['page'] = 'board';
  for (const [name, size] of Object.entries(sizes)) document.documentElement.style.setProperty(`--${name}`, `${size}vh`);
  const id = pathname.split('/')[2] ?? '';
  const feed = openBoardFeed(id === '' ? await findBoardId(token, browserTimers) : decodeURIComponent(id), token);
  window.addEventListener('online', feed.nudge);
  reloadOnNewVersion(feed);
  createRoot(root).render(<BoardPage feed={feed} locale={locale} sizes={sizes} />);
}
