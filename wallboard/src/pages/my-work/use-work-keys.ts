import type { RefObject } from 'react';
import { useKeysOn, useLetterKeys } from '../../components/use-letter-keys.ts';

/**
 * j / k walk over all rows of all sections, a does what the row offers, r asks again; on the whole page, since a row that was acted
 * on goes away, and the focus with it. Answers whether they are on.
 */
export function useWorkKeys(page: RefObject<HTMLElement | null>, reload: () => Promise<unknown>): boolean {
  const rowOf = (target: EventTarget | null): HTMLElement | null => (target instanceof HTMLElement ? target.closest('li') : null);
  const step = (by: 1 | -1) => ({ target }: KeyboardEvent): void => {
    const links = [...(page.current?.querySelectorAll<HTMLElement>('[data-work-link]') ?? [])];
    const row = rowOf(target);
    const at = links.findIndex((link) => row?.contains(link));
    links[Math.max(0, Math.min(at + by, links.length - 1))]?.focus();
  };
  useLetterKeys({ j: step(1), k: step(-1), a: ({ target }) => rowOf(target)?.querySelector<HTMLElement>('button')?.click(), r: () => void reload() });
  return useKeysOn();
}
