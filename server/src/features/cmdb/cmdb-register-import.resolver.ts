import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { payload } from '../../platform/graphql/payload.ts';
import { comparisonPage, registerImports } from './cmdb-register-import.queries.ts';
import { discardRegister, registerFileById } from './cmdb-register-import.service.ts';
import { DiscardRegisterImportInput, RegisterComparisonView, RegisterImportPayload, RegisterImportView } from './cmdb-register-import.types.ts';

@Resolver()
export class CmdbRegisterImportResolver {
  @Query(() => [RegisterImportView], { description: 'Files of the register, the newest first. Needs cmdb.edit.' })
  registerImports(@Ctx() context: RequestContext, @Arg('first', () => Int, { defaultValue: 20, description: '1–100.' }) first: number): Promise<RegisterImportView[]> {
    return registerImports(context.database.em, signedIn(context), first);
  }

  @Query(() => RegisterComparisonView, { nullable: true, description: 'A file with its differences as they are now. Needs cmdb.edit.' })
  registerImport(
    @Ctx() context: RequestContext,
    @Arg('id', () => ID, { description: 'The file.' }) id: string,
    @Arg('outcome', () => String, { nullable: true, description: 'Only differences of this outcome.' }) outcome: string | null,
    @Arg('first', () => Int, { defaultValue: 50, description: '1–100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'endCursor of the page before.' }) after: string | null,
  ): Promise<RegisterComparisonView | null> {
    return comparisonPage(context.database, signedIn(context), { id, outcome, first, after });
  }

  @Mutation(() => RegisterImportPayload, { description: 'Puts a file aside; nothing of it is taken over. Needs cmdb.edit.' })
  discardRegisterImport(@Arg('input', () => DiscardRegisterImportInput) input: DiscardRegisterImportInput, @Ctx() context: RequestContext): Promise<RegisterImportPayload> {
    return payload('file', async () => registerFileById(context.database.em, await discardRegister(context.database, signedIn(context), input)));
  }
}
