import type { FeatureManifest } from '../../kernel/feature.ts';
import type { Change, Database } from '../../platform/db/database.ts';
import type { LoggedEvent } from '../../platform/live/logged-event.ts';
import { demandCases } from './vendor-case.service.ts';
import { VendorResolver } from './vendor.resolver.ts';

export const vendorFeature: FeatureManifest = {
  name: 'vendor',
  resolvers: [VendorResolver],
  consumers: [{
    name: 'vendor cases', types: ['escalation.raised'],
    consume: (database, change, events) => demandCases(database as Database, change as Change, events as LoggedEvent[]),
  }],
};
