import type { ReportScreenInput } from '../../graphql/generated/board/graphql.ts';
import { backOffMs } from '../../lib/feed/back-off.ts';
import type { FeedTimers } from '../../lib/feed/feed-reader.ts';
import type { OwnScreen, ScreenApi } from './screen-api.ts';

/** What a screen is just now. */
export type ScreenLife =
  | { readonly kind: 'starting' | 'away' | 'limited' }
  | { readonly kind: 'pairing'; readonly code: string; /** By `monotonic`. */ readonly endsAt: number; readonly revoked: boolean }
  | { readonly kind: 'bound'; readonly screen: OwnScreen };

export interface ScreenStore {
  readonly state: () => ScreenLife;
  readonly subscribe: (listener: () => void) => () => void;
  /** Asks at once, e.g. because a stream ended for want of rights. */
  readonly nudge: () => void;
  readonly stop: () => void;
}

export interface ScreenWorld {
  readonly api: ScreenApi;
  readonly timers: FeedTimers;
  readonly monotonic: () => number;
  readonly report: () => ReportScreenInput;
}

/** New settings are on the wall within this; so is the word that a screen is alive. */
const REPORT_EVERY_MS = 5000;
const ASK_WHETHER_PAIRED_MS = 2000;
/** A code is replaced while somebody may still be typing the old one: that one stays good for so long. */
const NEW_CODE_BEFORE_END_MS = 30_000;
const LIMITED_WAIT_MS = 60_000;

/**
 * The life of a screen, for ever and without anybody at a keyboard: bound or waiting to be bound, and whatever the server answers, asked again.
 * A screen that was bound stays so while the server is away: its boards say themselves how old they are.
 */
export function liveAsScreen({ api, timers, monotonic, report }: ScreenWorld): ScreenStore {
  const listeners = new Set<() => void>();
  let state: ScreenLife = { kind: 'starting' };
  let wasBound = false;
  let failures = 0;
  let stopped = false;
  let asking = false;
  let again = false;
  let cancelWait = (): void => {};

  const become = (next: ScreenLife): void => {
    if (JSON.stringify(next) === JSON.stringify(state)) return;
    state = next;
    for (const listener of listeners) listener();
  };
  const away = (): number => {
    failures += 1;
    if (state.kind !== 'bound' && state.kind !== 'pairing') become({ kind: 'away' });
    return backOffMs(Math.min(failures - 1, 1), timers.random());
  };
  const newCode = async (revoked: boolean): Promise<number> => {
    const got = await api.startPairing();
    if (got === 'away') return away();
    if (got === 'limited') {
      become({ kind: 'limited' });
      return LIMITED_WAIT_MS;
    }
    become({ kind: 'pairing', code: got.code, endsAt: monotonic() + Date.parse(got.expiresAt) - Date.parse(got.serverTime), revoked });
    return ASK_WHETHER_PAIRED_MS;
  };
  const pair = async (): Promise<number> => {
    const how = await api.pairing();
    if (how === 'away') return away();
    failures = 0;
    if (how === 'PAIRED') return tell();
    const shown = state.kind === 'pairing' ? state : null;
    if (shown !== null && how === 'WAITING' && monotonic() < shown.endsAt - NEW_CODE_BEFORE_END_MS) return ASK_WHETHER_PAIRED_MS;
    return newCode(shown?.revoked ?? (wasBound || how === 'REVOKED'));
  };
  async function tell(): Promise<number> {
    const answer = await api.report(report());
    if (answer === 'away') return away();
    failures = 0;
    if (answer === 'refused') return pair();
    wasBound = true;
    become({ kind: 'bound', screen: answer });
    return REPORT_EVERY_MS;
  }
  const round = async (): Promise<void> => {
    if (stopped) return;
    if (asking) {
      again = true;
      return;
    }
    cancelWait();
    asking = true;
    again = false;
    const wait = await (state.kind === 'pairing' ? pair() : tell());
    asking = false;
    if (!stopped) cancelWait = timers.after(again ? 0 : wait, () => void round());
  };
  // Not before whoever made this has what `report` looks at.
  cancelWait = timers.after(0, () => void round());
  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    nudge: () => void round(),
    stop() {
      stopped = true;
      cancelWait();
    },
  };
}
