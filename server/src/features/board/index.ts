import type { FeatureManifest } from '../../kernel/feature.ts';
import { BoardAlarmResolver } from './board-alarm.resolver.ts';
import { BoardResolver } from './board.resolver.ts';
import { CiTimelineResolver } from './ci-timeline.resolver.ts';
import { HandoffOverviewResolver } from './handoff-overview.resolver.ts';
import { INCIDENT_JSON_ROOT, INCIDENTS_JSON } from './incident-json.queries.ts';
import { MyWorkResolver } from './my-work.resolver.ts';
import { QueueResolver } from './queue.resolver.ts';
import { RecordFeedResolver } from './record-feed.resolver.ts';
import { SavedViewResolver } from './saved-view.resolver.ts';

export const boardFeature: FeatureManifest = {
  name: 'board',
  resolvers: [BoardResolver, BoardAlarmResolver, QueueResolver, HandoffOverviewResolver, RecordFeedResolver, CiTimelineResolver, SavedViewResolver, MyWorkResolver],
  jsonRoots: [INCIDENTS_JSON, INCIDENT_JSON_ROOT],
};
