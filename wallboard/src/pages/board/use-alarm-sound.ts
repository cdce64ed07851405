import { useCallback, useEffect, useRef, useState } from 'react';
import type { BoardView } from '../../lib/feed/feed-reducer.ts';
import type { Ringer } from './ringer.ts';
import { nextSound, SILENT } from './sound.ts';

/** `off`: the screen is not set to sound. `blocked`: its browser waits for a key. */
export type Hearing = 'off' | 'blocked' | 'on';

export interface AlarmSound {
  readonly hearing: Hearing;
  readonly flood: boolean;
}

const LOOK_EVERY_MS = 1000;

/** Only a screen that says `sound=1` in its address sounds; all others show. */
export function soundWanted(search: string): boolean {
  return new URLSearchParams(search).get('sound') === '1';
}

/** Sounds as the rules say, and tells whether there is a flood, which is shown also where nothing sounds. */
export function useAlarmSound(view: BoardView | null, wanted: boolean): AlarmSound {
  const [hearing, setHearing] = useState<Hearing>(wanted ? 'blocked' : 'off');
  const [flood, setFlood] = useState(false);
  const ringer = useRef<Ringer | null>(null);
  const state = useRef(SILENT);
  const latest = useRef(view);
  latest.current = view;
  const look = useCallback((): void => {
    const shown = latest.current;
    if (shown === null) return;
    const ringing = shown.alarms.filter(({ kind, acknowledgedAt }) => kind !== 'ESCALATED' && acknowledgedAt === null)
      .map(({ id, raisedAt }) => ({ id, raisedAt: Date.parse(raisedAt) }));
    const audible = ringer.current?.audible() ?? false;
    const next = nextSound(state.current, { now: performance.now(), ringing, newAlarms: shown.counters.newAlarms, audible });
    state.current = next.state;
    setFlood(next.state.flood);
    if (next.tone !== null) ringer.current?.play(next.tone);
  }, []);
  useEffect(look, [look, view]);
  useEffect(() => {
    const timer = setInterval(look, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [look]);
  useEffect(() => {
    if (!wanted) return;
    let gone = false;
    void import('./ringer.ts').then(({ createRinger }) => {
      if (gone) return;
      ringer.current = createRinger(() => {
        setHearing(ringer.current?.audible() === true ? 'on' : 'blocked');
        look();
      });
      setHearing(ringer.current.audible() ? 'on' : 'blocked');
    });
    return () => {
      gone = true;
      ringer.current?.stop();
      ringer.current = null;
    };
  }, [wanted, look]);
  return { hearing, flood };
}
