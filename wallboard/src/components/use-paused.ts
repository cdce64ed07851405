import { useEffect, useState } from 'react';

const PAUSE_MS = 300;

/** A text once nobody has typed for a moment: for questions that follow the typing. */
export function usePaused(text: string): string {
  const [paused, setPaused] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return paused;
}
