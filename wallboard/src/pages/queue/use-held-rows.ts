import { useEffect, useMemo, useRef, useState } from 'react';
import type { QueueKey } from '../../lib/feed/queue-reducer.ts';
import { holdRows, type HeldRows } from './held-rows.ts';

/** So long after pointer and focus have left, what waited is applied. */
const RELEASE_MS = 2000;

export interface Held extends HeldRows {
  /** Tells that pointer or focus came or went. */
  readonly touch: (part: { readonly pointer?: boolean; readonly focus?: boolean }) => void;
  readonly apply: () => void;
}

/** The rows of a live list, standing still while pointer or focus is inside it (WBD-04). */
export function useHeldRows(live: readonly QueueKey[]): Held {
  const [holding, setHolding] = useState(false);
  const [stood, setStood] = useState(live);
  const inside = useRef({ pointer: false, focus: false });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef(live);
  latest.current = live;
  useEffect(() => () => clearTimeout(timer.current), []);
  const touch: Held['touch'] = (part) => {
    Object.assign(inside.current, part);
    clearTimeout(timer.current);
    if (inside.current.pointer || inside.current.focus) {
      if (!holding) setStood(latest.current);
      setHolding(true);
    } else timer.current = setTimeout(() => setHolding(false), RELEASE_MS);
  };
  const held = useMemo(() => holdRows(holding ? stood : live, live), [holding, stood, live]);
  return { ...held, touch, apply: () => setStood(latest.current) };
}
