/** So many places one has been at are remembered. */
const MOST = 12;
const REGIONS = 'section, article, aside, form, dialog, main';

/** Where the focus was kept last; a page that knows better may take it from there. */
let kept: Element | null = null;

/** Whether nobody put the focus where it is: it is nowhere, or was only kept near. */
export function isFocusFree(): boolean {
  return document.activeElement === document.body || (kept !== null && document.activeElement === kept);
}

/**
 * WBD-11: a form that is sent closes, a button that was pressed goes or rests; whoever works by keyboard stays near where they were.
 * The focus goes back to what they came from in the same region, else to the region itself, else to the page's `main`. A page that sets it itself is first.
 */
export function keepFocus(page: Document): () => void {
  let path: readonly Element[] = [];
  let been: readonly HTMLElement[] = [];
  let rested = false;
  let frame = 0;
  const usable = (one: Element): boolean => one.isConnected && !one.matches(':disabled');
  const note = ({ target }: Event): void => {
    if (!(target instanceof HTMLElement)) return;
    path = pathOf(target);
    kept = null;
    rested = false;
    been = [target, ...been.filter((one) => one !== target && one.isConnected)].slice(0, MOST);
  };
  // Who points leaves the focus where they like.
  const forget = (): void => { path = []; };
  const mend = (): void => {
    const last = path[0];
    if (last === undefined || page.activeElement !== page.body) return;
    const gone = !last.isConnected;
    // What rests while the server is asked gets it back.
    if (!gone && (!rested || !usable(last))) return;
    const region = path.find((one) => one.isConnected && one.matches(REGIONS)) ?? page.querySelector('main');
    const near = gone ? been.find((one) => usable(one) && region !== null && region !== one && region.contains(one)) : last;
    if (near instanceof HTMLElement) near.focus();
    if (page.activeElement === page.body && region instanceof HTMLElement) focusRegion(region);
    kept = page.activeElement;
  };
  const look = (): void => {
    if (path[0]?.matches(':disabled') === true) rested = true;
    if (frame !== 0 || page.activeElement !== page.body && !rested) return;
    frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => {
        frame = 0;
        mend();
      });
    });
  };
  const watch = new MutationObserver(look);
  watch.observe(page.body, { childList: true, subtree: true, attributes: true, attributeFilter: ['disabled'] });
  page.addEventListener('focusin', note);
  page.addEventListener('pointerdown', forget, true);
  return () => {
    watch.disconnect();
    cancelAnimationFrame(frame);
    page.removeEventListener('focusin', note);
    page.removeEventListener('pointerdown', forget, true);
  };
}

function pathOf(element: Element): readonly Element[] {
  const path: Element[] = [];
  for (let one: Element | null = element; one !== null; one = one.parentElement) path.push(one);
  return path;
}

/** No stop of Tab: only somewhere to go on from. */
function focusRegion(region: HTMLElement): void {
  if (!region.hasAttribute('tabindex')) {
    region.tabIndex = -1;
    region.addEventListener('blur', () => region.removeAttribute('tabindex'), { once: true });
  }
  region.focus({ preventScroll: true });
}
