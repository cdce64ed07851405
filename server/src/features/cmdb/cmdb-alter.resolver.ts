import { Arg, Ctx, Field, ID, Mutation, ObjectType, Resolver } from 'type-graphql';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { payload } from '../../platform/graphql/payload.ts';
import { UserError } from '../../platform/graphql/payload.types.ts';
import type { Change } from '../../platform/db/database.ts';
import { idempotent } from '../../platform/db/idempotency.ts';
import {
  AlterCiInput, CloseCiComparisonInput, EndCiRelationInput, MarkCiNotAffectedInput, RegisterCiInput, RelateCisInput, ReportBrokenSealInput, SetCiRedundancyInput, SetServiceCisInput,
} from './cmdb-alter.inputs.ts';
import { alterCi, registerCi } from './cmdb-alter.service.ts';
import { givenFacts } from './cmdb-field.rules.ts';
import { markNotAffected, withdrawMark } from './cmdb-mark.service.ts';
import { endRelation, relateCis, setRedundancy } from './cmdb-relation.service.ts';
import { closeComparison, findingOf, reportBrokenSeal } from './cmdb-seal.service.ts';
import { setServiceCis } from './cmdb-service.service.ts';
import { exceptionOrRegister } from './cmdb.rules.ts';
import { cisById } from './cmdb.queries.ts';
import { Ci } from './cmdb.types.ts';

@ObjectType({ description: 'Answer to an alteration of an item.' })
class CiPayload {
  @Field(() => Ci, { nullable: true, description: 'The item as it is now.' }) ci!: Ci | null;
  @Field(() => [UserError], { description: 'Why not.' }) userErrors!: UserError[];
}

@ObjectType({ description: 'Answer to an edit around items: the id of what was made or ended.' })
class CiEditPayload {
  @Field(() => ID, { nullable: true, description: 'Id of the relation, item, service, mark or comparison.' }) id!: string | null;
  @Field(() => [UserError], { description: 'Why not.' }) userErrors!: UserError[];
}

@Resolver()
export class CmdbAlterResolver {
  @Mutation(() => CiPayload, { description: 'Takes an item into the register (CMDB-02). Needs cmdb.edit.' })
  registerCi(@Arg('input', () => RegisterCiInput) input: RegisterCiInput, @Ctx() context: RequestContext): Promise<CiPayload> {
    const { facts, idempotencyKey: _, ...rest } = input;
    return onItem(context, 'registerCi', input, (change) => registerCi(change, { ...givenFacts(facts), ...rest }));
  }

  @Mutation(() => CiPayload, { description: 'Alters an item; a controlled one only by recorded exception here (CMDB-06). Needs cmdb.edit.' })
  alterCi(@Arg('input', () => AlterCiInput) input: AlterCiInput, @Ctx() context: RequestContext): Promise<CiPayload> {
    const { id, expectedVersion, patch, exceptionReason } = input;
    return onItem(context, 'alterCi', input, (change) => alterCi(change, { ciId: id, expectedVersion, patch, authorisation: exceptionOrRegister(exceptionReason) }));
  }

  @Mutation(() => CiEditPayload, { description: 'Relates two items, if the rules allow it (CMDB-03). Needs cmdb.edit.' })
  relateCis(@Arg('input', () => RelateCisInput) input: RelateCisInput, @Ctx() context: RequestContext): Promise<CiEditPayload> {
    return edit(context, 'relateCis', input, (change) => relateCis(change, { ...input, authorisation: exceptionOrRegister(input.exceptionReason) }));
  }

  @Mutation(() => CiEditPayload, { description: 'Ends a relation; that it was is kept (CMDB-05). Needs cmdb.edit.' })
  endCiRelation(@Arg('input', () => EndCiRelationInput) input: EndCiRelationInput, @Ctx() context: RequestContext): Promise<CiEditPayload> {
    return edit(context, 'endCiRelation', input, (change) => endRelation(change, { ...input, authorisation: exceptionOrRegister(input.exceptionReason) }));
  }

  @Mutation(() => CiEditPayload, { description: 'Says how many of what it has an item needs (CMDB-04). Needs cmdb.edit.' })
  setCiRedundancy(@Arg('input', () => SetCiRedundancyInput) input: SetCiRedundancyInput, @Ctx() context: RequestContext): Promise<CiEditPayload> {
    return edit(context, 'setCiRedundancy', input, (change) => setRedundancy(change, { ...input, required: input.required ?? null, authorisation: exceptionOrRegister(input.exceptionReason) }));
  }

  @Mutation(() => CiEditPayload, { description: 'Says what a service of the catalogue rests on (AGR-06). Needs cmdb.edit.' })
  setServiceCis(@Arg('input', () => SetServiceCisInput) input: SetServiceCisInput, @Ctx() context: RequestContext): Promise<CiEditPayload> {
    return edit(context, 'setServiceCis', input, (change) => setServiceCis(change, input));
  }

  @Mutation(() => CiEditPayload, { description: 'Says that an item is not affected; walks end before it (CMDB-04). Needs incident.work for one record, cmdb.edit for all.' })
  markCiNotAffected(@Arg('input', () => MarkCiNotAffectedInput) input: MarkCiNotAffectedInput, @Ctx() context: RequestContext): Promise<CiEditPayload> {
    return edit(context, 'markCiNotAffected', input, (change) => markNotAffected(change, input));
  }

  @Mutation(() => CiEditPayload, { description: 'Takes such a mark back.' })
  withdrawCiMark(@Arg('id', () => ID, { description: 'The mark.' }) id: string, @Ctx() context: RequestContext): Promise<CiEditPayload> {
    return edit(context, 'withdrawCiMark', {}, (change) => withdrawMark(change, id));
  }

  @Mutation(() => CiEditPayload, { description: 'A seal found broken: opens a comparison with the register (CMDB-11). Needs cmdb.edit.' })
  reportBrokenSeal(@Arg('input', () => ReportBrokenSealInput) input: ReportBrokenSealInput, @Ctx() context: RequestContext): Promise<CiEditPayload> {
    return edit(context, 'reportBrokenSeal', input, (change) => reportBrokenSeal(change, input));
  }

  @Mutation(() => CiEditPayload, { description: 'Ends a comparison (CMDB-11). Needs cmdb.edit.' })
  closeCiComparison(@Arg('input', () => CloseCiComparisonInput) input: CloseCiComparisonInput, @Ctx() context: RequestContext): Promise<CiEditPayload> {
    return edit(context, 'closeCiComparison', input, (change) => closeComparison(change, { ...input, finding: findingOf(input.finding) }));
  }
}

interface Keyed {
  readonly idempotencyKey?: string | null;
}

function edit(context: RequestContext, operation: string, input: Keyed, command: (change: Change) => Promise<string>): Promise<CiEditPayload> {
  return payload('id', () => context.database.change(signedIn(context), (change) => idempotent(change, operation, input, () => command(change))));
}

/** Answers with the item as it is after the command, the first one or a retry. */
function onItem(context: RequestContext, operation: string, input: Keyed, command: (change: Change) => Promise<{ id: string }>): Promise<CiPayload> {
  const actor = signedIn(context);
  return payload('ci', async () => {
    const id = await context.database.change(actor, (change) => idempotent(change, operation, input, async () => (await command(change)).id));
    return (await cisById(context.database.em, actor, [id])).get(id) ?? null;
  });
}
