import type { FeatureManifest } from '../../kernel/feature.ts';
import { CalendarResolver } from './calendar.resolver.ts';

export const calendarFeature: FeatureManifest = { name: 'calendar', resolvers: [CalendarResolver] };
