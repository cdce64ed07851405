/** Asks the machine not to darken the screen while the board is visible; where that cannot be had, the board works all the same. */
export function keepAwake(): void {
  const ask = (): void => {
    if (document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
    navigator.wakeLock.request('screen').catch(() => {
      // Refused, e.g. on battery: nothing depends on it.
    });
  };
  // The lock is lost whenever the page is hidden.
  document.addEventListener('visibilitychange', ask);
  ask();
}
