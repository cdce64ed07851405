import type { FeatureManifest } from '../../kernel/feature.ts';
import type { Database } from '../../platform/db/database.ts';
import { NOTICES_CONSUMER } from './notice.consumer.ts';
import { NoticeResolver } from './notice.resolver.ts';
import { removeOldNotices } from './notice.service.ts';

export const notificationFeature: FeatureManifest = {
  name: 'notification', resolvers: [NoticeResolver], consumers: [NOTICES_CONSUMER],
  chores: [{ name: 'old notices', everyMinutes: 60, run: (database) => removeOldNotices(database as Database) }],
};
