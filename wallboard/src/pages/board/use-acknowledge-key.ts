import { useEffect, useRef } from 'react';
import type { BoardView } from '../../lib/feed/feed-reducer.ts';
import { isWallKey } from '../../lib/letter-keys.ts';
import { acknowledge } from './acknowledge.ts';

/** `a` takes the incident of the first alarm, `Shift+A` all of the board, for whoever may (WBD-03). */
export function useAcknowledgeKey(view: BoardView | null): void {
  const latest = useRef(view);
  latest.current = view;
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      const shown = latest.current;
      if (shown === null || !shown.mayAcknowledge || event.repeat || !isWallKey(event)) return;
      const first = shown.alarms.find(({ acknowledgedAt }) => acknowledgedAt === null);
      if (first === undefined) return;
      if (event.key === 'a') void acknowledge({ incidentId: first.incidentId });
      else if (event.key === 'A') void acknowledge({ boardId: shown.board.id });
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, []);
}
