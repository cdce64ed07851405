import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { DateTime } from '../../platform/graphql/scalars.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { requirePermission } from '../../kernel/actor-guard.ts';
import { Incident } from '../incident/incident.types.ts';
import { comingDeployments, listReleases, releasesToday, yearPlan } from './release-list.service.ts';
import { CausingRelease } from './release-parts.types.ts';
import { causingReleases, releaseByNumber, releasesById } from './release.queries.ts';
import { PlannedDeployment, Release, ReleaseConnection, ReleaseFilter } from './release.types.ts';

@ArgsType()
class ReleasesArgs {
  @Field(() => ReleaseFilter, { nullable: true, description: 'Which; without it all.' }) filter?: ReleaseFilter | null;
  @Field(() => Int, { defaultValue: 50, description: 'How many, 1–100.' }) first!: number;
  @Field(() => String, { nullable: true, description: 'Cursor of the edge after which to go on.' }) after?: string | null;
}

/** Finding releases, and what is coming (REL-08). */
@Resolver()
export class ReleaseResolver {
  @Query(() => Release, { nullable: true, description: 'One release by id or by number.' })
  async release(
    @Ctx() context: RequestContext, @Arg('id', () => ID, { nullable: true }) id?: string | null, @Arg('number', () => String, { nullable: true }) number?: string | null,
  ): Promise<Release | null> {
    const actor = signedIn(context);
    requirePermission(actor, 'release.read');
    if (id) return (await releasesById(context.database.em, actor, [id])).get(id) ?? null;
    if (number) return releaseByNumber(context.database.em, actor, number.trim().toUpperCase());
    throw new Refusal('MISSING_FIELD', 'Give "id" or "number".', 'id');
  }

  @Query(() => ReleaseConnection, { description: 'Releases that you may see, newest first, by pages of at most 100.' })
  async releases(@Args(() => ReleasesArgs) { filter, first, after }: ReleasesArgs, @Ctx() context: RequestContext): Promise<ReleaseConnection> {
    return listReleases(context.database, signedIn(context), { filter: filter ?? null, first, after: after ?? null });
  }

  @Query(() => [PlannedDeployment], { description: 'The plan of a year by month, in the organisation\'s zone (REL-08). For whoever may read releases or boards.' })
  async releaseYearPlan(@Arg('year', () => Int, { description: 'E.g. 2026.' }) year: number, @Ctx() context: RequestContext): Promise<PlannedDeployment[]> {
    return yearPlan(context.database, signedIn(context), year);
  }

  @Query(() => [PlannedDeployment], { description: 'Deployments planned or going on in [from, to), earliest first (REL-08). For whoever may read releases or boards.' })
  async comingDeployments(
    @Arg('from', () => DateTime, { description: 'From.' }) from: number, @Arg('to', () => DateTime, { description: 'To, not included.' }) to: number, @Ctx() context: RequestContext,
  ): Promise<PlannedDeployment[]> {
    return comingDeployments(context.database, signedIn(context), { from, to });
  }

  @Query(() => [PlannedDeployment], { description: 'The deployments of today in the organisation\'s zone (REL-08, WBD-01). For whoever may read releases or boards.' })
  async releasesToday(@Ctx() context: RequestContext): Promise<PlannedDeployment[]> {
    return releasesToday(context.database, signedIn(context));
  }
}

/** What a release adds to an incident. */
@Resolver(() => Incident)
export class IncidentReleaseResolver {
  @FieldResolver(() => [CausingRelease], { description: 'Releases that it is suspected or known to be caused by, those only that you may read (REL-06).' })
  async causingReleases(@Root() incident: Incident, @Ctx() context: RequestContext): Promise<CausingRelease[]> {
    return causingReleases(context.database.em, signedIn(context), incident.id);
  }
}
