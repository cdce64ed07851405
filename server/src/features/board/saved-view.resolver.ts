import DataLoader from 'dataloader';
import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Actor } from '../../kernel/actor.ts';
import type { Database } from '../../platform/db/database.ts';
import { loaderOf, signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { payload } from '../../platform/graphql/payload.ts';
import type { IncidentFilter } from './incident-filter.rules.ts';
import type { SavedViewRow } from './saved-view.queries.ts';
import { mayChangeView } from './saved-view.rules.ts';
import { changeView, chooseDefaultView, countViews, createView, findView, listViews, removeView } from './saved-view.service.ts';
import { ChangeSavedViewInput, ChooseDefaultViewInput, CreateSavedViewInput, RemoveSavedViewInput, SavedViewPayload, SavedViewView } from './saved-view.types.ts';

/** Saved and shared queues (WBD-04). */
@Resolver(() => SavedViewView)
export class SavedViewResolver {
  @Query(() => [SavedViewView], { description: 'The views that you find: your own, your teams\', everybody\'s; at most 200.' })
  async savedViews(@Ctx() context: RequestContext): Promise<SavedViewView[]> {
    const actor = signedIn(context);
    return (await listViews(context.database, actor)).map((row) => shown(row, actor));
  }

  @Query(() => SavedViewView, { description: 'The view at an address.' })
  async savedView(@Ctx() context: RequestContext, @Arg('slug', () => String, { description: 'As in /queue/v/<slug>.' }) slug: string): Promise<SavedViewView> {
    const actor = signedIn(context);
    return shown(await findView(context.database.em, actor, { slug }), actor);
  }

  @FieldResolver(() => Int, { description: 'How many incidents you see in it; 10001 stands for more than 10,000.' })
  count(@Root() view: SavedViewView, @Ctx() context: RequestContext): Promise<number> {
    return counts(context).load(view.filter as IncidentFilter);
  }

  @Mutation(() => SavedViewPayload, { description: 'Keeps a queue under a name and an address (WBD-04).' })
  createSavedView(@Arg('input', () => CreateSavedViewInput) input: CreateSavedViewInput, @Ctx() context: RequestContext): Promise<SavedViewPayload> {
    return answer(context, (database, actor) => createView(database, actor, input));
  }

  @Mutation(() => SavedViewPayload, { description: 'Replaces what a view holds, and who finds it.' })
  changeSavedView(@Arg('input', () => ChangeSavedViewInput) input: ChangeSavedViewInput, @Ctx() context: RequestContext): Promise<SavedViewPayload> {
    return answer(context, (database, actor) => changeView(database, actor, input));
  }

  @Mutation(() => SavedViewPayload, { description: 'Removes a view for everybody who found it.' })
  removeSavedView(@Arg('input', () => RemoveSavedViewInput) input: RemoveSavedViewInput, @Ctx() context: RequestContext): Promise<SavedViewPayload> {
    return answer(context, async (database, actor) => removeView(database, actor, input).then(() => null));
  }

  @Mutation(() => SavedViewPayload, { description: 'Chooses the view that your queue opens with.' })
  chooseDefaultView(@Arg('input', () => ChooseDefaultViewInput) { id = null }: ChooseDefaultViewInput, @Ctx() context: RequestContext): Promise<SavedViewPayload> {
    return answer(context, async (database, actor) => chooseDefaultView(database, actor, id).then(() => id));
  }
}

function shown(row: SavedViewRow, actor: Actor): SavedViewView {
  const { teamId, teamName, teamNameZh } = row;
  return {
    ...row, filter: row.filter as SavedViewView['filter'], own: row.ownerId === actor.id, mayChange: mayChangeView(row, actor),
    team: teamId === null ? null : { id: teamId, name: teamName ?? '', nameZh: teamNameZh ?? '' },
  };
}

/** All counts that one request asks for are one statement. */
function counts(context: RequestContext): DataLoader<IncidentFilter, number> {
  const actor = signedIn(context);
  return loaderOf(context, 'savedViewCounts', () => new DataLoader<IncidentFilter, number>((filters) => countViews(context.database, actor, filters), { cache: false }));
}

function answer(context: RequestContext, command: (database: Database, actor: Actor) => Promise<string | null>): Promise<SavedViewPayload> {
  const actor = signedIn(context);
  return payload('savedView', async () => {
    const id = await command(context.database, actor);
    return id === null ? null : shown(await findView(context.database.em, actor, { id }), actor);
  });
}
