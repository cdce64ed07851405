import { useSyncExternalStore } from 'react';

interface Kept {
  readonly draft: unknown;
  readonly version: number;
}

/** What was typed and not saved, by form: it survives leaving the page and coming back, until it is saved or thrown away. */
const KEPT = new Map<string, Kept>();
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function keep(form: string, entry: Kept | null): void {
  if (entry === null) KEPT.delete(form);
  else KEPT.set(form, entry);
  for (const listener of listeners) listener();
}

interface Draft<Value> {
  readonly value: Value;
  readonly dirty: boolean;
  /** The version that the draft was begun on; of an untouched form the current one. */
  readonly version: number;
  readonly change: (next: Value) => void;
  readonly discard: () => void;
  /** After a conflict was looked at: the same draft on the newer version. */
  readonly rebase: (next: Value, version: number) => void;
}

/** A value that is edited: as the server has it until somebody types; then what was typed, whatever arrives meanwhile. Parts of a page that name the same form share it. */
export function useDraft<Value>(form: string, current: { readonly value: Value; readonly version: number }): Draft<Value> {
  const kept = useSyncExternalStore(subscribe, () => KEPT.get(form));
  return {
    value: kept === undefined ? current.value : (kept.draft as Value), dirty: kept !== undefined, version: kept?.version ?? current.version,
    change: (next) => keep(form, { draft: next, version: KEPT.get(form)?.version ?? current.version }),
    discard: () => keep(form, null), rebase: (next, version) => keep(form, { draft: next, version }),
  };
}
