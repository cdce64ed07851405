import { createRoot } from 'react-dom/client';
import { openBoardFeed } from '../../lib/feed/board-feed.ts';
import { browserTimers } from '../../lib/feed/browser-timers.ts';
import { boardCatalog } from '../../lib/messages/board/catalog.ts';
import { chosenLocale } from '../../lib/messages/locale-choice.ts';
import { createTranslate } from '../../lib/messages/translator.ts';
import { askForBoard, findBoardId } from './find-board.ts';
import { screenFaults, screenOf, textSizes } from './legibility.ts';
import { BoardPage } from './board-page.tsx';
import { reloadOnNewVersion } from './reload-on-new-version.ts';
import { keepAwake } from './keep-awake.ts';
import { sortWanted } from './sort-wanted.ts';
import { BoardNotice } from './board-notice.tsx';
import './board.css';

/** Starts the board page: the address says which board, a screen's token, its size and its language. */
export async function mountBoard(element: HTMLElement): Promise<void> {
  const { pathname, search } = window.location;
  const token = new URLSearchParams(search).get('token');
  const locale = chosenLocale(search);
  const sizes = textSizes(screenOf(search));
  document.documentElement.lang = locale;
  document.documentElement.dataset['page'] = 'board';
  for (const [name, size] of Object.entries(sizes)) document.documentElement.style.setProperty(`--${name}`, `${size}vh`);
  const catalog = await boardCatalog(locale);
  const t = createTranslate(locale, catalog);
  const root = createRoot(element);
  root.render(<BoardNotice text={t('connecting')} detail="" signIn={false} />);
  const asked = decodeURIComponent(pathname.split('/')[2] ?? '');
  const id = asked !== '' ? asked : await findBoardId({
    ask: () => askForBoard(token),
    timers: browserTimers,
    onWait: (why) => root.render(<BoardNotice text={t(`waiting.${why}`)} detail="" signIn={why === 'signIn' && token === null} />),
  });
  const feed = openBoardFeed(id, token, { sort: sortWanted(search) });
  window.addEventListener('online', feed.nudge);
  reloadOnNewVersion(feed);
  keepAwake();
  root.render(<BoardPage feed={feed} locale={locale} catalog={catalog} sizes={sizes} hasToken={token !== null} faults={screenFaults(search)} />);
}
