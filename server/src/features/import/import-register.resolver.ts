import { Arg, Ctx, Field, ID, InputType, Int, Mutation, Resolver } from 'type-graphql';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { payload } from '../../platform/graphql/payload.ts';
import { RegisterImportPayload } from '../cmdb/cmdb-register-import.types.ts';
import { takeRegisterOver } from './import-register.service.ts';

@InputType({ description: 'Takes over a file whose differences were looked at (CMDB-06, CMDB-07).' })
export class ApplyRegisterImportInput {
  @Field(() => ID, { description: 'The file.' }) id!: string;
  @Field(() => Int, { description: 'The version that was looked at.' }) expectedVersion!: number;
  @Field(() => String, { description: 'Digest of the differences that were looked at.' }) digest!: string;
  @Field(() => Boolean, { nullable: true, description: 'Also retire items, or end cables, that the file lacks; no when left out.' }) retireGone?: boolean | null;
  @Field(() => String, { nullable: true, description: 'Number of a change in implementation that names the controlled items.' }) changeNumber?: string | null;
  @Field(() => String, { nullable: true, description: 'Or why they are altered without one; recorded. Needs cmdb.control.' }) exceptionReason?: string | null;
}

@Resolver()
export class ImportRegisterResolver {
  @Mutation(() => RegisterImportPayload, { description: 'Takes a file of the register over, all of it or nothing. Needs cmdb.edit.' })
  applyRegisterImport(@Arg('input', () => ApplyRegisterImportInput) input: ApplyRegisterImportInput, @Ctx() context: RequestContext): Promise<RegisterImportPayload> {
    return payload('file', () => takeRegisterOver(context.database, signedIn(context), input));
  }
}
