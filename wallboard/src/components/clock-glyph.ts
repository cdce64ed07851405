import type { ClockShape } from '../lib/feed/countdown.ts';

/** Told apart by form, not by colour alone (WBD-03). */
export const CLOCK_GLYPHS: Readonly<Record<ClockShape, string>> = {
  'breached': '▲',
  'due15': '◆',
  'due60': '●',
  'running': '',
  'suspended': '❚❚',
  'outside-hours': '☾',
  'none': '',
};
