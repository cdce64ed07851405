import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { payload } from '../../platform/graphql/payload.ts';
import { DateTime } from '../../platform/graphql/scalars.ts';
import { TakeCiBaselineInput } from './cmdb-alter.inputs.ts';
import { compareBaseline, restorePlan, takeBaseline } from './cmdb-baseline.service.ts';
import { baselinesFor, comparisonsOf, exceptionsOf, redundancyOf } from './cmdb-history.queries.ts';
import {
  CiBaselineComparison, CiBaselinePayload, CiBaselineView, CiComparisonView, CiExceptionView, CiPastRelation, CiRedundancyView, CiRestoreStep, CiState, CiVersionView,
} from './cmdb-history.types.ts';
import { cisAt, relationsEver, versionsOf } from './cmdb-version.queries.ts';
import { Ci } from './cmdb.types.ts';

@Resolver(() => Ci)
export class CmdbHistoryResolver {
  @FieldResolver(() => [CiVersionView], { description: 'Its versions, newest first (CMDB-05).' })
  versions(
    @Root() ci: Ci, @Ctx() context: RequestContext,
    @Arg('first', () => Int, { defaultValue: 20, description: '1–100.' }) first: number,
    @Arg('before', () => Int, { nullable: true, description: 'Only older than that version.' }) before: number | null,
  ): Promise<CiVersionView[]> {
    return versionsOf(context.database.em, signedIn(context), { ciId: ci.id, first, beforeSeq: before ?? null });
  }

  @FieldResolver(() => CiState, { nullable: true, description: 'It as it was at an instant; null: it was not there yet (CMDB-05).' })
  async asOf(@Root() ci: Ci, @Ctx() context: RequestContext, @Arg('at', () => DateTime, { description: 'The instant.' }) at: number): Promise<CiState | null> {
    return (await cisAt(context.database.em, signedIn(context), [ci.id], at)).get(ci.id) ?? null;
  }

  @FieldResolver(() => [CiPastRelation], { description: 'Relations that it has or had, newest first; with "at" those of that instant.' })
  relationHistory(
    @Root() ci: Ci, @Ctx() context: RequestContext,
    @Arg('first', () => Int, { defaultValue: 50, description: '1–100.' }) first: number,
    @Arg('at', () => DateTime, { nullable: true, description: 'The instant.' }) at: number | null,
  ): Promise<CiPastRelation[]> {
    return relationsEver(context.database.em, signedIn(context), { ciId: ci.id, at: at ?? null, first });
  }

  @FieldResolver(() => [CiRedundancyView], { description: 'What it needs of what it has (CMDB-04).' })
  redundancy(@Root() ci: Ci, @Ctx() context: RequestContext): Promise<CiRedundancyView[]> {
    return redundancyOf(context.database.em, ci.id);
  }

  @FieldResolver(() => [CiComparisonView], { description: 'Comparisons of the thing with the register, newest first (CMDB-11).' })
  comparisons(@Root() ci: Ci, @Ctx() context: RequestContext): Promise<CiComparisonView[]> {
    return comparisonsOf(context.database.em, signedIn(context), ci.id);
  }

  @FieldResolver(() => [CiExceptionView], { description: 'Alterations without a change, newest first (CMDB-06); none for a customer.' })
  exceptions(@Root() ci: Ci, @Ctx() context: RequestContext): Promise<CiExceptionView[]> {
    return exceptionsOf(context.database.em, signedIn(context), ci.id);
  }

  @Query(() => [CiBaselineView], { description: 'Baselines, newest first (CMDB-05).' })
  ciBaselines(
    @Ctx() context: RequestContext,
    @Arg('customerId', () => ID, { nullable: true, description: 'Only of this customer.' }) customerId: string | null,
    @Arg('first', () => Int, { defaultValue: 50, description: '1–100.' }) first: number,
  ): Promise<CiBaselineView[]> {
    return baselinesFor(context.database.em, signedIn(context), { customerId: customerId ?? null, first });
  }

  @Query(() => CiBaselineComparison, { description: 'A baseline beside another, or beside the register as it stands (CMDB-05).' })
  compareCiBaseline(
    @Ctx() context: RequestContext,
    @Arg('id', () => ID, { description: 'The earlier one.' }) id: string,
    @Arg('withId', () => ID, { nullable: true, description: 'The later one; left out: the register now.' }) withId: string | null,
  ): Promise<CiBaselineComparison> {
    return compareBaseline(context.database.em, signedIn(context), { id, withId: withId ?? null });
  }

  @Query(() => [CiRestoreStep], { description: 'The alterations that would bring the register back to a baseline (CMDB-05).' })
  async ciRestorePlan(@Ctx() context: RequestContext, @Arg('id', () => ID, { description: 'The baseline.' }) id: string): Promise<CiRestoreStep[]> {
    return restorePlan(context.database.em, signedIn(context), { id, now: await context.database.now() });
  }

  @Mutation(() => CiBaselinePayload, { description: 'Keeps a set of items as it stands (CMDB-05). Needs cmdb.edit.' })
  takeCiBaseline(@Arg('input', () => TakeCiBaselineInput) input: TakeCiBaselineInput, @Ctx() context: RequestContext): Promise<CiBaselinePayload> {
    return payload('baseline', () => context.database.change(signedIn(context), (change) => takeBaseline(change, input)));
  }
}
