import { reloadAllowed, reloadPage } from './lib/reload-guard.ts';
import './theme/tokens.css';

// After a deploy a page that was opened before asks for parts that are gone: it fetches itself anew.
window.addEventListener('vite:preloadError', (event) => {
  const now = performance.timeOrigin + performance.now();
  if (!reloadAllowed(now)) return;
  event.preventDefault();
  reloadPage(now);
});

const root = document.getElementById('root');

/** A screen on a wall loads the board alone; the router, Apollo Client and the desk's pages are in the other chunk. */
if (root !== null) {
  if (/^\/board(\/|$)/.test(window.location.pathname)) {
    const { mountBoard } = await import('./pages/board/mount-board.tsx');
    await mountBoard(root);
  } else if (/^\/screen\/?$/.test(window.location.pathname)) {
    const { mountScreen } = await import('./pages/screen/mount-screen.tsx');
    mountScreen(root);
  } else {
    const { mountDesk } = await import('./app/mount-desk.tsx');
    await mountDesk(root);
  }
}
