import DataLoader from 'dataloader';
import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Actor } from '../../kernel/actor.ts';
import type { Database } from '../../platform/db/database.ts';
import { loaderOf, signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { payload } from '../../platform/graphql/payload.ts';
import { entriesOf, incidentsOfEntries, meetingBy, meetings } from './review.queries.ts';
import { decideEntry, holdReview, prepareReview } from './review.service.ts';
import { DecideReviewEntryInput, HoldReviewInput, PrepareReviewInput, ReviewEntryView, ReviewIncident, ReviewMeetingView, ReviewPayload } from './review.types.ts';

@Resolver(() => ReviewMeetingView)
export class ReviewResolver {
  @Query(() => [ReviewMeetingView], { description: 'Incident reviews, newest month first (INC-25). Internal.' })
  reviews(@Ctx() context: RequestContext, @Arg('first', () => Int, { defaultValue: 24, description: '1–100.' }) first: number): Promise<ReviewMeetingView[]> {
    return meetings(context.database.em, signedIn(context), first);
  }

  @Query(() => ReviewMeetingView, { nullable: true, description: 'The incident review of a month.' })
  review(@Ctx() context: RequestContext, @Arg('month', () => String, { description: 'YYYY-MM.' }) month: string): Promise<ReviewMeetingView | null> {
    return meetingBy(context.database.em, signedIn(context), { month });
  }

  @FieldResolver(() => [ReviewEntryView], { description: 'Its agenda: repeated incidents, most frequent first, then those closed with a workaround.' })
  entries(@Root() meeting: ReviewMeetingView, @Ctx() context: RequestContext): Promise<ReviewEntryView[]> {
    return entriesOf(context.database.em, signedIn(context), meeting.id);
  }

  @Mutation(() => ReviewPayload, { description: 'Makes the review of a month, or brings its agenda up to date (INC-25). Needs review.edit.' })
  prepareReview(@Arg('input', () => PrepareReviewInput) input: PrepareReviewInput, @Ctx() context: RequestContext): Promise<ReviewPayload> {
    return answer(context, (database, actor) => prepareReview(database, actor, input));
  }

  @Mutation(() => ReviewPayload, { description: 'Records the decision on a point and carries it out (INC-25). Needs review.edit.' })
  decideReviewEntry(@Arg('input', () => DecideReviewEntryInput) input: DecideReviewEntryInput, @Ctx() context: RequestContext): Promise<ReviewPayload> {
    return answer(context, (database, actor) => decideEntry(database, actor, input));
  }

  @Mutation(() => ReviewPayload, { description: 'The meeting was held: frozen from now on (INC-25). Needs review.edit.' })
  holdReview(@Arg('input', () => HoldReviewInput) input: HoldReviewInput, @Ctx() context: RequestContext): Promise<ReviewPayload> {
    return answer(context, (database, actor) => holdReview(database, actor, input));
  }
}

@Resolver(() => ReviewEntryView)
export class ReviewEntryResolver {
  @FieldResolver(() => [ReviewIncident], { description: 'Its incidents, oldest first.' })
  async incidents(@Root() entry: ReviewEntryView, @Ctx() context: RequestContext): Promise<ReviewIncident[]> {
    const found = await Promise.all(entry.incidentIds.map((id) => reviewIncidents(context).load(id)));
    return found.filter((one) => one !== null);
  }
}

function reviewIncidents(context: RequestContext): DataLoader<string, ReviewIncident | null> {
  return loaderOf(context, 'reviewIncidents', () => new DataLoader<string, ReviewIncident | null>(async (ids) => {
    const found = new Map((await incidentsOfEntries(context.database.em, ids)).map((one) => [one.id, one]));
    return ids.map((id) => found.get(id) ?? null);
  }));
}

function answer(context: RequestContext, command: (database: Database, actor: Actor) => Promise<string>): Promise<ReviewPayload> {
  const actor = signedIn(context);
  return payload('review', async () => {
    const id = await command(context.database, actor);
    return meetingBy(context.database.em, actor, { id });
  });
}
