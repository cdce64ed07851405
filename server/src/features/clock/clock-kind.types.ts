import { registerEnumType } from 'type-graphql';
import type { ForecastBasis as Basis } from './clock-forecast.rules.ts';
import type { ClockKind as Kind, ClockOutcome as Outcome, ClockState as State } from './clock.rules.ts';

export const ClockKind = {
  RESPONSE: 'response', START_OF_WORK: 'start-of-work', ON_SITE: 'on-site', RESOLUTION: 'resolution', PROGRESS_REPORT: 'progress-report', HANDOFF: 'handoff',
  DESK_DISPATCH: 'desk-dispatch', DESK_CONFIRM: 'desk-confirm', DESK_REDISPATCH: 'desk-redispatch', DESK_ABNORMAL: 'desk-abnormal',
} as const satisfies Record<string, Kind>;
registerEnumType(ClockKind, { name: 'ClockKind', description: 'What a clock measures (SLA-01); HANDOFF and what begins with DESK is agreed within the provider (HND-01, SLA-08).' });

export const ClockState = { RUNNING: 'running', PAUSED: 'paused', STOPPED: 'stopped' } as const satisfies Record<string, State>;
registerEnumType(ClockState, { name: 'ClockState', description: 'PAUSED means suspended; a clock outside its hours is RUNNING and says so in `outsideHours` (SLA-12).' });

export const ClockOutcome = { NONE: 'none', MET: 'met', CANCELLED: 'cancelled' } as const satisfies Record<string, Outcome>;
registerEnumType(ClockOutcome, { name: 'ClockOutcome', description: 'How a clock ended, or that it has not.' });

export const ForecastBasis = { TEAM_LEVEL_CATEGORY: 'team-level-category', TEAM_LEVEL: 'team-level', LEVEL: 'level' } as const satisfies Record<string, Basis>;
registerEnumType(ForecastBasis, { name: 'ForecastBasis', description: 'What the clocks of a forecast have in common; always their kind, level and calendar (SLA-11).' });

export const ForecastLack = { TOO_LITTLE_HISTORY: 'TOO_LITTLE_HISTORY' } as const;
registerEnumType(ForecastLack, { name: 'ForecastLack', description: 'Why nothing is foretold: too few like clocks have ended.' });
