import type { Tone } from './sound.ts';

/** What makes the tones. Loaded only by a screen that is set to sound. */
export interface Ringer {
  /** A browser lets nothing sound before somebody has touched the page, unless it was started to. */
  readonly audible: () => boolean;
  readonly play: (tone: Tone) => void;
  readonly stop: () => void;
}

/** Steps of a tone: hertz and from when, in seconds; each tone ends well within two. */
const TONES: Readonly<Record<Tone, { readonly steps: readonly (readonly [hertz: number, at: number])[]; readonly seconds: number }>> = {
  alarm: { steps: [[880, 0], [660, 0.35], [880, 0.7]], seconds: 1.1 },
  flood: { steps: [[520, 0], [780, 0.3], [520, 0.6], [780, 0.9], [520, 1.2]], seconds: 1.7 },
};
const LOUD = 0.35;
const EDGE = 0.02;

export function createRinger(changed: () => void): Ringer {
  const context = new AudioContext();
  const wake = (): void => { void context.resume(); };
  context.addEventListener('statechange', changed);
  for (const gesture of ['keydown', 'pointerdown']) window.addEventListener(gesture, wake);
  wake();
  return {
    audible: () => context.state === 'running',
    play(tone) {
      const { steps, seconds } = TONES[tone];
      const start = context.currentTime;
      const voice = context.createOscillator();
      const volume = context.createGain();
      for (const [hertz, at] of steps) voice.frequency.setValueAtTime(hertz, start + at);
      volume.gain.setValueAtTime(0, start);
      volume.gain.linearRampToValueAtTime(LOUD, start + EDGE);
      volume.gain.setValueAtTime(LOUD, start + seconds - EDGE);
      volume.gain.linearRampToValueAtTime(0, start + seconds);
      voice.connect(volume).connect(context.destination);
      voice.start(start);
      voice.stop(start + seconds);
    },
    stop() {
      for (const gesture of ['keydown', 'pointerdown']) window.removeEventListener(gesture, wake);
      void context.close();
    },
  };
}
