import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import { requirePermission } from '../../kernel/actor-guard.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { requireUuid } from '../../kernel/uuid.ts';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { payload } from '../../platform/graphql/payload.ts';
import { policiesAt } from '../service-level/service-level.service.ts';
import { preAuthorisedItem, preAuthorisedList } from './change-parts.queries.ts';
import { PreAuthorisedChangeView } from './change-parts.types.ts';
import { agreePreAuthorised, endPreAuthorised } from './change-pre-authorised.service.ts';
import { AgreePreAuthorisedInput, ChangeFilter, EndPreAuthorisedInput } from './change-work.inputs.ts';
import { changeByNumber, changesById, listChanges } from './change.queries.ts';
import { Change, ChangeConnection, ChangeTerms, PreAuthorisedChangePayload } from './change.types.ts';

/** Finding changes, the words of their forms, and what customers agreed to beforehand. */
@Resolver()
export class ChangeResolver {
  @Query(() => Change, { nullable: true, description: 'One change by id or by number.' })
  async change(
    @Ctx() context: RequestContext, @Arg('id', () => ID, { nullable: true }) id?: string | null, @Arg('number', () => String, { nullable: true }) number?: string | null,
  ): Promise<Change | null> {
    const actor = signedIn(context);
    if (id) return (await changesById(context.database.em, actor, [requireUuid(id)])).get(id) ?? null;
    if (number) return changeByNumber(context.database.em, actor, number);
    throw new Refusal('MISSING_FIELD', 'Give "id" or "number".', 'id');
  }

  @Query(() => ChangeConnection, { description: 'Changes that you may see, newest first; open ones unless the filter asks for more.' })
  changes(
    @Ctx() context: RequestContext, @Arg('filter', () => ChangeFilter, { nullable: true }) filter?: ChangeFilter | null,
    @Arg('first', () => Int, { defaultValue: 50 }) first = 50, @Arg('after', () => String, { nullable: true }) after?: string | null,
  ): Promise<ChangeConnection> {
    return listChanges(context.database.em, signedIn(context), filter ?? {}, { first, after: after ?? null });
  }

  @Query(() => ChangeTerms, { description: 'Words that forms about changes offer, as the policy has them.' })
  async changeTerms(@Ctx() context: RequestContext): Promise<ChangeTerms> {
    requirePermission(signedIn(context), 'change.read');
    const { policies: { change } } = await policiesAt(context.database, context.database.em, await context.database.now());
    return { types: change.types, risks: change.risks, priorities: change.priorities, requiredPlan: change.requiredPlan, trimmedPlan: change.trimmedPlan };
  }

  @Query(() => [PreAuthorisedChangeView], { description: 'What a customer agreed to beforehand (CHG table), ended items last.' })
  preAuthorisedChanges(@Ctx() context: RequestContext, @Arg('customerId', () => ID) customerId: string): Promise<PreAuthorisedChangeView[]> {
    requirePermission(signedIn(context), 'change.read', { customerId });
    return preAuthorisedList(context.database.em, customerId);
  }

  @Mutation(() => PreAuthorisedChangePayload, { description: 'Adds an item that the customer agreed to; needs change.approve.' })
  agreePreAuthorised(@Arg('input', () => AgreePreAuthorisedInput) input: AgreePreAuthorisedInput, @Ctx() context: RequestContext): Promise<PreAuthorisedChangePayload> {
    return payload('item', async () => preAuthorisedItem(context.database.em, await agreePreAuthorised(context.database, signedIn(context), input)));
  }

  @Mutation(() => PreAuthorisedChangePayload, { description: 'Ends an item; changes that follow it and have not begun need approval again.' })
  endPreAuthorised(@Arg('input', () => EndPreAuthorisedInput) input: EndPreAuthorisedInput, @Ctx() context: RequestContext): Promise<PreAuthorisedChangePayload> {
    return payload('item', async () => preAuthorisedItem(context.database.em, await endPreAuthorised(context.database, signedIn(context), input)));
  }
}
