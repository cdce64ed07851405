import { Arg, Ctx, Field, ID, InputType, Int, Mutation, Resolver } from 'type-graphql';
import type { RequestContext } from '../../platform/graphql/context.ts';
import { answerWith } from './change-answer.resolver.ts';
import { alterRelationsByChange } from './change-relate.service.ts';
import { ChangeCommandInput } from './change.inputs.ts';
import { ChangePayload } from './change.types.ts';

@InputType({ description: 'A relation to make through a change.' })
class ChangedCiRelationInput {
  @Field(() => ID, { description: 'The item that e.g. runs on.' }) sourceId!: string;
  @Field(() => String, { description: 'Type, e.g. runs_on.' }) type!: string;
  @Field(() => ID, { description: 'The item that it e.g. runs on.' }) targetId!: string;
}

@InputType({ description: 'How many of what it has an item needs, set through a change.' })
class ChangedCiRedundancyInput {
  @Field(() => ID, { description: 'The item.' }) ciId!: string;
  @Field(() => String, { description: 'Type of relation.' }) type!: string;
  @Field(() => Int, { nullable: true, description: 'How many must stand; null: all.' }) required?: number | null;
}

@InputType({ description: 'Relations to make and end through a change, all or none, 1–100 in all; those to end go first.' })
class AlterCiRelationsByChangeInput extends ChangeCommandInput {
  @Field(() => [ChangedCiRelationInput], { nullable: true, description: 'To make.' }) relate?: ChangedCiRelationInput[] | null;
  @Field(() => [ID], { nullable: true, description: 'To end, by the relation\'s id.' }) end?: string[] | null;
  @Field(() => [ChangedCiRedundancyInput], { nullable: true, description: 'What items need.' }) redundancy?: ChangedCiRedundancyInput[] | null;
}

@Resolver()
export class ChangeRelateResolver {
  @Mutation(() => ChangePayload, { description: 'Makes and ends relations of its CIs in the CMDB through the change (CHG-12, CMDB-06).' })
  alterCiRelationsByChange(@Arg('input', () => AlterCiRelationsByChangeInput) input: AlterCiRelationsByChangeInput, @Ctx() context: RequestContext): Promise<ChangePayload> {
    return answerWith(context, (database, actor) => alterRelationsByChange(database, actor, input));
  }
}
