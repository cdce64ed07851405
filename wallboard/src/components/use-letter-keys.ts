import { useEffect, useEffectEvent, useSyncExternalStore } from 'react';
import { keysAreOn, onKeysSwitched } from '../lib/letter-keys.ts';

/** So long after `g` its second letter counts. */
const CHORD_MS = 1500;

/** Fields keep what is typed into them; an open dialog has its own keys. */
function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input:not([type=checkbox]), textarea, select, [contenteditable=true], dialog, [role=dialog]') !== null;
}

/** Whether keys of one letter are on, as it is now. */
export function useKeysOn(): boolean {
  return useSyncExternalStore(onKeysSwitched, keysAreOn);
}

/**
 * Keys of one letter, unless they are switched off (WCAG 2.1.4), wherever the focus is on the page but in a field. "g q" stands for one key after the other.
 * Those of the browser (with Ctrl, Alt or Meta) stay the browser's.
 */
export function useLetterKeys(keys: Readonly<Record<string, (event: KeyboardEvent) => void>>): void {
  const on = useKeysOn();
  const press = useEffectEvent((event: KeyboardEvent, name: string): boolean => {
    const action = keys[name];
    if (action === undefined) return false;
    event.preventDefault();
    action(event);
    return true;
  });
  const begins = useEffectEvent((key: string): boolean => Object.keys(keys).some((name) => name.startsWith(`${key} `)));
  useEffect(() => {
    if (!on) return;
    let first: { readonly key: string; readonly at: number } | null = null;
    const listen = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const chord = first !== null && performance.now() - first.at < CHORD_MS ? `${first.key} ${event.key}` : null;
      first = null;
      if (chord !== null && press(event, chord)) return;
      if (!press(event, event.key) && begins(event.key)) first = { key: event.key, at: performance.now() };
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [on]);
}
