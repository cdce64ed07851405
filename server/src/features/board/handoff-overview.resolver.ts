import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { DAY, type Instant } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { requireUuid } from '../../kernel/uuid.ts';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { DateTime } from '../../platform/graphql/scalars.ts';
import { bouncedIncidents, handoffFlows, handoffTallies, openHandoffs } from './handoff-overview.queries.ts';
import { BouncedIncident, HandoffFlow, HandoffTally, OpenHandoff } from './handoff-overview.types.ts';

const MOST_DAYS = 92;
const SINCE = { description: 'From when on they were asked for; at most 92 days back.' };
const TEAM = { nullable: true, description: 'From or to this team; left out: of all.' };

/** The handoff page (WBD-06). Internal: a customer is refused. */
@Resolver()
export class HandoffOverviewResolver {
  @Query(() => [OpenHandoff], { description: 'Who waits on whom now, longest first; at most 200 (WBD-06).' })
  openHandoffs(@Ctx() context: RequestContext, @Arg('teamId', () => ID, TEAM) teamId?: string | null): Promise<OpenHandoff[]> {
    return openHandoffs(context.database.em, signedIn(context), teamOf(teamId));
  }

  @Query(() => [BouncedIncident], { description: 'Open incidents that were sent back and forth, most moves first; at most 100 (HND-03).' })
  bouncedIncidents(@Ctx() context: RequestContext, @Arg('teamId', () => ID, TEAM) teamId?: string | null): Promise<BouncedIncident[]> {
    return bouncedIncidents(context.database.em, signedIn(context), teamOf(teamId));
  }

  @Query(() => [HandoffTally], { description: 'Per team: in, out and the time to acceptance (WBD-06).' })
  async handoffTallies(@Ctx() context: RequestContext, @Arg('since', () => DateTime, SINCE) since: number, @Arg('teamId', () => ID, TEAM) teamId?: string | null): Promise<HandoffTally[]> {
    return handoffTallies(context.database.em, signedIn(context), { since: await recent(context, since), teamId: teamOf(teamId) });
  }

  @Query(() => [HandoffFlow], { description: 'From whom to whom, most first (WBD-06).' })
  async handoffFlows(@Ctx() context: RequestContext, @Arg('since', () => DateTime, SINCE) since: number, @Arg('teamId', () => ID, TEAM) teamId?: string | null): Promise<HandoffFlow[]> {
    return handoffFlows(context.database.em, signedIn(context), { since: await recent(context, since), teamId: teamOf(teamId) });
  }
}

const teamOf = (teamId: string | null | undefined): string | null => (teamId ? requireUuid(teamId, 'teamId') : null);

async function recent({ database }: RequestContext, since: Instant): Promise<Instant> {
  const now = await database.now();
  if (since <= now && now - since <= MOST_DAYS * DAY) return since;
  throw new Refusal('OUT_OF_RANGE', `"since" must lie at most ${MOST_DAYS} days back, got ${new Date(since).toISOString()}.`, 'since');
}
