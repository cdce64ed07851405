import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { assert } from '../../kernel/assert.ts';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { payload } from '../../platform/graphql/payload.ts';
import { censuses, censusItems } from './cmdb-census.queries.ts';
import { closeCensus, recordFinding, recordUnregistered, startCensus } from './cmdb-census.service.ts';
import {
  CensusItemPage, CensusItemPayload, CensusPayload, CensusView, CloseCensusInput, RecordFindingInput, RecordUnregisteredInput, StartCensusInput,
} from './cmdb-census.types.ts';
import { connectionOf } from './cmdb-topology.resolver.ts';

@Resolver(() => CensusView)
export class CmdbCensusResolver {
  @Query(() => [CensusView], { description: 'Censuses and inspections: running, proposed, then closed ones, the newest first (CMDB-08). Needs cmdb.edit.' })
  censuses(@Ctx() context: RequestContext, @Arg('first', () => Int, { defaultValue: 50, description: '1–100.' }) first: number): Promise<CensusView[]> {
    return censuses(context.database.em, signedIn(context), { first });
  }

  @Query(() => CensusView, { nullable: true, description: 'One census, or null when there is none that you may see. Needs cmdb.edit.' })
  async census(@Ctx() context: RequestContext, @Arg('id', () => ID, { description: 'Its id.' }) id: string): Promise<CensusView | null> {
    return (await censuses(context.database.em, signedIn(context), { id, first: 1 }))[0] ?? null;
  }

  @FieldResolver(() => CensusItemPage, { description: 'Its items, by place and name.' })
  async itemPage(
    @Root() census: CensusView, @Ctx() context: RequestContext,
    @Arg('only', () => String, { nullable: true, description: 'unchecked, found, missing, different, unregistered, or open: differences that nobody resolved.' }) only: string | null,
    @Arg('search', () => String, { nullable: true, description: 'Part of the name, key, asset label or serial number: what a scanner reads.' }) search: string | null,
    @Arg('first', () => Int, { defaultValue: 50, description: '1–100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'endCursor of the page before.' }) after: string | null,
  ): Promise<CensusItemPage> {
    return connectionOf(await censusItems(context.database.em, { censusId: census.id, only, search, first, after }));
  }

  @Mutation(() => CensusPayload, { description: 'Begins a census or an inspection. Needs cmdb.edit.' })
  startCensus(@Arg('input', () => StartCensusInput) input: StartCensusInput, @Ctx() context: RequestContext): Promise<CensusPayload> {
    const { id = null, customerId = null, ciClass = null, site = null, dueAt = null } = input;
    return payload('census', async () => view(context, await startCensus(context.database, signedIn(context), { id, kind: input.kind ?? 'census', customerId, ciClass, site, dueAt })));
  }

  @Mutation(() => CensusItemPayload, { description: 'Records what was found of an item. Needs cmdb.edit.' })
  recordFinding(@Arg('input', () => RecordFindingInput) input: RecordFindingInput, @Ctx() context: RequestContext): Promise<CensusItemPayload> {
    const differences = (input.differences ?? []).map(({ field, register = null, found = null }) => ({ field, register, found }));
    return payload('itemId', () => recordFinding(context.database, signedIn(context), { ...input, differences, note: input.note ?? null }));
  }

  @Mutation(() => CensusItemPayload, { description: 'Records something that the register does not know. Needs cmdb.edit.' })
  recordUnregistered(@Arg('input', () => RecordUnregisteredInput) input: RecordUnregisteredInput, @Ctx() context: RequestContext): Promise<CensusItemPayload> {
    return payload('itemId', () => recordUnregistered(context.database, signedIn(context), { ...input, note: input.note ?? null }));
  }

  @Mutation(() => CensusPayload, { description: 'Ends a census; refused while something is unchecked or a difference is open. Needs cmdb.edit.' })
  closeCensus(@Arg('input', () => CloseCensusInput) input: CloseCensusInput, @Ctx() context: RequestContext): Promise<CensusPayload> {
    return payload('census', async () => view(context, await closeCensus(context.database, signedIn(context), input)));
  }
}

async function view(context: RequestContext, id: string): Promise<CensusView> {
  const [census] = await censuses(context.database.em, signedIn(context), { id, first: 1 });
  assert(census, 'who has just worked on a census may see it');
  return census;
}
