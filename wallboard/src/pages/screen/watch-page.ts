import { reloadAllowed, reloadPage } from '../../lib/reload-guard.ts';

/**
 * Lets a worker watch this page. A page whose one thread hung and came to itself again loads itself anew: what it holds may be broken, and what
 * it shows is old. One whose thread never comes back can only be ended from outside (wallboard/README.md says how).
 */
export function watchPage(now: () => number): void {
  const worker = new Worker(new URL('./watchdog-worker.ts', import.meta.url), { type: 'module' });
  let painted = true;
  worker.addEventListener('message', ({ data }: MessageEvent<'alive?' | 'reload'>) => {
    if (data === 'reload') {
      if (reloadAllowed(now())) reloadPage(now());
      return;
    }
    worker.postMessage({ visible: document.visibilityState === 'visible', painted }, []);
    painted = false;
    requestAnimationFrame(() => { painted = true; });
  });
}
