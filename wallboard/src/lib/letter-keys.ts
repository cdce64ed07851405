/** Named after the page that had it first, so that who has turned them off finds them off. */
const KEPT = 'watchfloor.queue.keys';
const SWITCHED = 'watchfloor-letter-keys';

/** WCAG 2.1.4: keys of one letter can be switched off, for all pages of this browser. */
export function keysAreOn(): boolean {
  return localStorage.getItem(KEPT) !== 'off';
}

/** Keeps the choice; every page that is open follows. */
export function switchKeys(on: boolean): void {
  localStorage.setItem(KEPT, on ? 'on' : 'off');
  window.dispatchEvent(new Event(SWITCHED));
}

/** Calls `changed` when somebody switches them, in this tab or another; returns how to stop that. */
export function onKeysSwitched(changed: () => void): () => void {
  window.addEventListener(SWITCHED, changed);
  window.addEventListener('storage', changed);
  return () => {
    window.removeEventListener(SWITCHED, changed);
    window.removeEventListener('storage', changed);
  };
}

/** Whether a wall's own keys are wanted: neither switched off in this browser nor by `keys=0` in the address. Those with Ctrl, Alt or Meta are the browser's. */
export function isWallKey({ ctrlKey, metaKey, altKey }: Pick<KeyboardEvent, 'ctrlKey' | 'metaKey' | 'altKey'>): boolean {
  return !ctrlKey && !metaKey && !altKey && keysAreOn() && new URLSearchParams(window.location.search).get('keys') !== '0';
}
