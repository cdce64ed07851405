import { Arg, Args, ArgsType, Ctx, Field, Int, Query, Resolver } from 'type-graphql';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { reasonsOnCustomer } from '../incident/incident-customer-view.rules.ts';
import { policiesAt } from '../service-level/service-level.service.ts';
import { cursorOf, myIncidents, myPlannedWork, requireContact, type View } from './portal.queries.ts';
import { MyIncidents, MyPlannedWork, MyView } from './portal.types.ts';

@ArgsType()
class MyArgs {
  @Field(() => String, { nullable: true, description: 'Words in number, title or caller; at most 200 characters.' }) text?: string | null;
  @Field(() => Int, { defaultValue: 50, description: 'How many, 1–100.' }) first!: number;
  @Field(() => String, { nullable: true, description: 'endCursor of the page before.' }) after?: string | null;
}

/** What a customer's own people see first (WBD-12). */
@Resolver()
export class PortalResolver {
  @Query(() => MyIncidents, { description: "The incidents of one's own organisation, newest first. For a customer's people only (WBD-12)." })
  async myIncidents(@Ctx() context: RequestContext, @Args(() => MyArgs) args: MyArgs, @Arg('view', () => MyView, { description: 'Which.' }) view: View): Promise<MyIncidents> {
    const { counts, incidents, hasNextPage } = await myIncidents(context.database.em, signedIn(context), await questionOf(context, args, view));
    const last = incidents.at(-1);
    return { counts, incidents, pageInfo: { hasNextPage, endCursor: last === undefined ? null : cursorOf(last) } };
  }

  @Query(() => [MyPlannedWork], { description: "Changes and releases of one's own organisation, those that wait for its word first. For a customer's people only (WBD-12)." })
  async myPlannedWork(@Ctx() context: RequestContext): Promise<MyPlannedWork[]> {
    return myPlannedWork(context.database.em, signedIn(context), await context.database.now());
  }
}

async function questionOf(context: RequestContext, { text = null, first, after = null }: MyArgs, view: View) {
  requireContact(signedIn(context));
  const { database } = context;
  const now = await database.now();
  const { policies } = await policiesAt(database, database.em, now);
  const leftOut = policies.intake.closureCodes.flatMap(({ key, countsForAttainment }) => (countsForAttainment ? [] : [key]));
  return { view, text, first, after, now, leftOut, onCustomer: reasonsOnCustomer(policies.suspension.reasons) };
}
