import { GraphQLJSON } from 'graphql-scalars';
import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { payload } from '../../platform/graphql/payload.ts';
import type { CiStatusReportContent } from './cmdb-report.rules.ts';
import { issuedReports, issueReport, previewReport } from './cmdb-report.service.ts';
import { CiStatusReportPayload, CiStatusReportView, IssueCiStatusReportInput } from './cmdb-report.types.ts';

@Resolver()
export class CmdbReportResolver {
  @Query(() => [CiStatusReportView], { description: 'Issued configuration status reports, the newest month first; a customer sees its own (CMDB-10). Needs cmdb.read.' })
  ciStatusReports(@Ctx() context: RequestContext, @Arg('first', () => Int, { defaultValue: 20, description: '1–100.' }) first: number): Promise<CiStatusReportView[]> {
    return issuedReports(context.database.em, signedIn(context), { first });
  }

  @Query(() => CiStatusReportView, { nullable: true, description: 'One report, or null when there is none that you may see. Needs cmdb.read.' })
  async ciStatusReport(@Ctx() context: RequestContext, @Arg('id', () => ID, { description: 'Its id.' }) id: string): Promise<CiStatusReportView | null> {
    return (await issuedReports(context.database.em, signedIn(context), { id, first: 1 }))[0] ?? null;
  }

  @Query(() => GraphQLJSON, { description: 'What the report of a month would say as things stand. Needs cmdb.edit.' })
  ciStatusReportPreview(
    @Ctx() context: RequestContext,
    @Arg('month', () => String, { description: 'e.g. 2026-10.' }) month: string,
    @Arg('customerId', () => ID, { nullable: true, description: 'Whose items; left out: the whole register.' }) customerId: string | null,
  ): Promise<CiStatusReportContent> {
    return previewReport(context.database, signedIn(context), { customerId, month });
  }

  @Mutation(() => CiStatusReportPayload, { description: 'Issues the report of a month that is over; it stays as it is. Needs cmdb.control.' })
  issueCiStatusReport(@Arg('input', () => IssueCiStatusReportInput) input: IssueCiStatusReportInput, @Ctx() context: RequestContext): Promise<CiStatusReportPayload> {
    return payload('report', async () => {
      const id = await issueReport(context.database, signedIn(context), { customerId: input.customerId ?? null, month: input.month });
      return (await issuedReports(context.database.em, signedIn(context), { id, first: 1 }))[0] ?? null;
    });
  }
}
