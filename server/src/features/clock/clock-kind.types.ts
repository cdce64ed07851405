import { registerEnumType } from 'type-graphql';
import type { ClockKind as Kind, ClockOutcome as Outcome, ClockState as State } from './clock.rules.ts';

export const ClockKind = {
  RESPONSE: 'response', START_OF_WORK: 'start-of-work', ON_SITE: 'on-site', RESOLUTION: 'resolution', PROGRESS_REPORT: 'progress-report', HANDOFF: 'handoff',
} as const satisfies Record<string, Kind>;
registerEnumType(ClockKind, { name: 'ClockKind', description: 'What a clock measures (SLA-01).' });

export const ClockState = { RUNNING: 'running', PAUSED: 'paused', STOPPED: 'stopped' } as const satisfies Record<string, State>;
registerEnumType(ClockState, { name: 'ClockState', description: 'PAUSED means suspended; a clock outside its hours is RUNNING and says so in `outsideHours` (SLA-12).' });

export const ClockOutcome = { NONE: 'none', MET: 'met', CANCELLED: 'cancelled' } as const satisfies Record<string, Outcome>;
registerEnumType(ClockOutcome, { name: 'ClockOutcome', description: 'How a clock ended, or that it has not.' });
