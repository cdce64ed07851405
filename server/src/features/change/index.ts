import type { FeatureManifest } from '../../kernel/feature.ts';
import type { Change, Database } from '../../platform/db/database.ts';
import { nodeKind } from '../../platform/graphql/node-kind.ts';
import type { LoggedEvent } from '../../platform/live/logged-event.ts';
import { ChangeApprovalResolver } from './change-approval.resolver.ts';
import { ChangeCabResolver } from './change-cab.resolver.ts';
import { settleDebts } from './change-case.service.ts';
import { ChangeLifeResolver } from './change-life.resolver.ts';
import { ChangePartsResolver } from './change-parts.resolver.ts';
import { CONFLICT_CONSUMER, NOTICE_CONSUMER } from './change-planning.consumer.ts';
import { ChangePlanningFieldsResolver, ChangePlanningResolver } from './change-planning.resolver.ts';
import { lookAtChange } from './change-timers.service.ts';
import { ChangeWorkResolver } from './change-work.resolver.ts';
import { changesById } from './change.queries.ts';
import { ChangeResolver } from './change.resolver.ts';

export const changeFeature: FeatureManifest = {
  name: 'change',
  resolvers: [
    ChangeResolver, ChangePartsResolver, ChangeLifeResolver, ChangeApprovalResolver, ChangeWorkResolver, ChangePlanningResolver, ChangePlanningFieldsResolver, ChangeCabResolver,
  ],
  nodes: [nodeKind('Change', 'change.read', changesById)],
  timers: [{ purpose: 'change', handle: (database, ticketId) => lookAtChange(database as Database, ticketId) }],
  consumers: [CONFLICT_CONSUMER, NOTICE_CONSUMER, {
    // CHG-06: a paper that is attached may pay a debt.
    name: 'change-papers', types: ['change.fileAttached'],
    consume: async (database, change, events) => {
      const ids = new Set((events as readonly LoggedEvent[]).flatMap(({ ticketId }) => ticketId ?? []));
      for (const id of [...ids].toSorted()) await settleDebts(database as Database, change as Change, id);
    },
  }],
};
