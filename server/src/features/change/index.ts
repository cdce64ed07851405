import type { FeatureManifest } from '../../kernel/feature.ts';
import type { Database } from '../../platform/db/database.ts';
import { nodeKind } from '../../platform/graphql/node-kind.ts';
import { ChangeApprovalResolver } from './change-approval.resolver.ts';
import { ChangeCabResolver } from './change-cab.resolver.ts';
import { PAPERS_CONSUMER } from './change-papers.consumer.ts';
import { ChangeLifeResolver } from './change-life.resolver.ts';
import { ChangePartsResolver } from './change-parts.resolver.ts';
import { CONFLICT_CONSUMER, NOTICE_CONSUMER } from './change-planning.consumer.ts';
import { ChangePlanningFieldsResolver, ChangePlanningResolver } from './change-planning.resolver.ts';
import { ChangeRelateResolver } from './change-relate.resolver.ts';
import { lookAtChange } from './change-timers.service.ts';
import { ChangeWorkResolver } from './change-work.resolver.ts';
import { changesById } from './change.queries.ts';
import { ChangeResolver } from './change.resolver.ts';

export const changeFeature: FeatureManifest = {
  name: 'change',
  resolvers: [
    ChangeResolver, ChangePartsResolver, ChangeLifeResolver, ChangeApprovalResolver, ChangeWorkResolver, ChangePlanningResolver, ChangePlanningFieldsResolver, ChangeCabResolver, ChangeRelateResolver,
  ],
  nodes: [nodeKind('Change', 'change.read', changesById)],
  timers: [{ purpose: 'change', handle: (database, ticketId) => lookAtChange(database as Database, ticketId) }],
  consumers: [CONFLICT_CONSUMER, NOTICE_CONSUMER, PAPERS_CONSUMER],
};
