import './theme/tokens.css';

const root = document.getElementById('root');

/** A screen on a wall loads the board alone; the router, Apollo Client and the desk's pages are in the other chunk. */
if (root !== null) {
  if (/^\/board(\/|$)/.test(window.location.pathname)) {
    const { mountBoard } = await import('./pages/board/mount-board.tsx');
    await mountBoard(root);
  } else {
    const { mountDesk } = await import('./app/mount-desk.tsx');
    mountDesk(root);
  }
}
