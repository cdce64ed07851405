/**
 * Asks the machine not to darken the screen while the board is visible; where that cannot be had, the board works all the same.
 * The answer tells whether it is granted just now (browsers grant it over HTTPS and on localhost only).
 */
export function keepAwake(): () => boolean {
  let lock: WakeLockSentinel | null = null;
  const ask = (): void => {
    if (document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
    navigator.wakeLock.request('screen').then((granted) => { lock = granted; }).catch(() => {
      // Refused, e.g. on battery: nothing depends on it.
    });
  };
  // The lock is lost whenever the page is hidden.
  document.addEventListener('visibilitychange', ask);
  ask();
  return () => lock !== null && !lock.released;
}
