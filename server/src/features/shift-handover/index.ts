import type { FeatureManifest } from '../../kernel/feature.ts';
import type { Database } from '../../platform/db/database.ts';
import { ShiftHandoverCommandResolver, ShiftHandoverResolver } from './shift-handover.resolver.ts';
import { lookAfterHandovers } from './shift-handover.service.ts';

export const shiftHandoverFeature: FeatureManifest = {
  name: 'shift-handover', resolvers: [ShiftHandoverResolver, ShiftHandoverCommandResolver],
  chores: [{ name: 'shift handovers', everyMinutes: 1, run: (database) => lookAfterHandovers(database as Database) }],
};
