import type { FeatureManifest } from '../../kernel/feature.ts';
import { BoardResolver } from './board.resolver.ts';
import { CiTimelineResolver } from './ci-timeline.resolver.ts';
import { QueueResolver } from './queue.resolver.ts';
import { RecordFeedResolver } from './record-feed.resolver.ts';

export const boardFeature: FeatureManifest = { name: 'board', resolvers: [BoardResolver, QueueResolver, RecordFeedResolver, CiTimelineResolver] };
