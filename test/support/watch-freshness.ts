import type { Page } from 'playwright-core';

/** What a board showed of its own age, noted in the page itself at every change of its picture. */
export interface Freshness {
  readonly moments: readonly { readonly level: string; readonly at: number }[];
  /** How often there was no row to be seen. */
  readonly blank: number;
  /** What the band said when the board was stale. */
  readonly staleText: string;
}

/** Begins to note; `window.freshness` then has it. */
export function watchFreshness(page: Page): Promise<void> {
  return page.evaluate(() => {
    const noted = { moments: [] as { level: string; at: number }[], blank: 0, staleText: '' };
    Object.assign(window, { freshness: noted });
    const look = (): void => {
      const level = document.querySelector<HTMLElement>('.board')?.dataset['freshness'] ?? 'none';
      if (noted.moments.at(-1)?.level !== level) noted.moments.push({ level, at: Date.now() });
      if (document.querySelector('.row') === null) noted.blank += 1;
      if (level === 'stale') noted.staleText ||= document.querySelector('.band[data-level=stale]')?.textContent ?? '';
    };
    new MutationObserver(look).observe(document.documentElement, { subtree: true, childList: true, attributes: true, characterData: true });
    look();
  });
}
