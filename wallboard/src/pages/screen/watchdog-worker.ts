import { judge, type WatchState } from './watchdog.ts';

/** Runs beside the page: asks every second whether it is alive, and tells it to load itself anew when it was not for too long. */
const EVERY_MS = 1000;
let state: WatchState = { answeredAt: performance.now(), paintedAt: performance.now(), askedAt: performance.now() };

onmessage = ({ data }: MessageEvent<{ readonly visible: boolean; readonly painted: boolean }>) => {
  const now = performance.now();
  state = { ...state, answeredAt: now, paintedAt: data.painted || !data.visible ? now : state.paintedAt };
};

setInterval(() => {
  const now = performance.now();
  const verdict = judge(state, now);
  state = verdict.state;
  postMessage(verdict.frozen ? 'reload' : 'alive?');
}, EVERY_MS);
