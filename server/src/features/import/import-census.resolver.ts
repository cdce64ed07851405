import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { payload } from '../../platform/graphql/payload.ts';
import { CensusItemPayload, CensusResolution } from '../cmdb/cmdb-census.types.ts';
import { resolveCensusDifference } from './import-register.service.ts';

@InputType({ description: 'How a difference of a census is resolved (CMDB-08).' })
export class ResolveCensusDifferenceInput {
  @Field(() => ID, { description: 'The item of the census.' }) itemId!: string;
  @Field(() => CensusResolution, { description: 'By a change, by correcting the register, or by putting the thing right.' }) by!: (typeof CensusResolution)[keyof typeof CensusResolution];
  @Field(() => String, { nullable: true, description: 'With CHANGE: its number.' }) changeNumber?: string | null;
  @Field(() => String, { nullable: true, description: 'With THING: what was put right.' }) text?: string | null;
  @Field(() => String, { nullable: true, description: 'With REGISTER, for a controlled item: why without a change. Needs cmdb.control.' }) exceptionReason?: string | null;
  @Field(() => String, { nullable: true, description: 'With REGISTER, for what the register did not know: its class.' }) ciClass?: string | null;
}

@Resolver()
export class ImportCensusResolver {
  @Mutation(() => CensusItemPayload, { description: 'Resolves a difference of a census by a change or a correction. Needs cmdb.edit.' })
  resolveCensusDifference(@Arg('input', () => ResolveCensusDifferenceInput) input: ResolveCensusDifferenceInput, @Ctx() context: RequestContext): Promise<CensusItemPayload> {
    return payload('itemId', () => resolveCensusDifference(context.database, signedIn(context), input));
  }
}
