import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { figuresOf, signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { payload } from '../../platform/graphql/payload.ts';
import { policiesAt } from '../service-level/service-level.service.ts';
import { customerReport, issueCustomerReport, issuedReports, noteCustomerReport, type CustomerReportPage } from './customer-report.service.ts';
import { CustomerReportPayload, CustomerServiceReport, IssueCustomerReportInput, IssuedCustomerReport, NoteCustomerReportInput } from './customer-report.types.ts';
import { frozenViews } from './metric-view.rules.ts';

/** The service report of one customer (SLM-06, WBD-12). */
@Resolver()
export class CustomerReportResolver {
  @Query(() => CustomerServiceReport, { description: 'The service report of a customer: for its own people, and with metrics.read for the customer.' })
  customerReport(
    @Ctx() context: RequestContext, @Arg('customerId', () => ID, { description: 'Whose.' }) customerId: string,
    @Arg('period', () => String, { nullable: true, description: '"2026-11" or "2026-Q4"; left out: the quarter that runs.' }) period: string | null,
  ): Promise<CustomerServiceReport> {
    return figuresOf(context).read((database) => readReport({ ...context, database }, customerId, period));
  }

  @Query(() => [IssuedCustomerReport], { description: 'Reports that were issued to a customer, newest first; at most 60.' })
  customerReports(@Ctx() context: RequestContext, @Arg('customerId', () => ID, { description: 'Whose.' }) customerId: string): Promise<IssuedCustomerReport[]> {
    return issuedReports(context.database, signedIn(context), customerId);
  }

  @Mutation(() => CustomerReportPayload, { description: 'Issues and freezes the report of a period that is over. Needs metrics.issue for the customer.' })
  issueCustomerReport(@Arg('input', () => IssueCustomerReportInput) input: IssueCustomerReportInput, @Ctx() context: RequestContext): Promise<CustomerReportPayload> {
    return carriedOut(context, input, () => issueCustomerReport(context.database, signedIn(context), input));
  }

  @Mutation(() => CustomerReportPayload, { description: 'Adds a correction, dispute or exclusion to an issued report, which itself stays as it is. A customer disputes; the rest needs metrics.issue.' })
  noteCustomerReport(@Arg('input', () => NoteCustomerReportInput) input: NoteCustomerReportInput, @Ctx() context: RequestContext): Promise<CustomerReportPayload> {
    return carriedOut(context, input, () => noteCustomerReport(context.database, signedIn(context), input));
  }
}

function carriedOut(context: RequestContext, { customerId, period }: { customerId: string; period: string }, command: () => Promise<void>): Promise<CustomerReportPayload> {
  return payload('report', async () => {
    await command();
    return readReport(context, customerId, period);
  });
}

async function readReport(context: RequestContext, customerId: string, period: string | null): Promise<CustomerServiceReport> {
  const report = await customerReport(context.database, signedIn(context), { customerId, period });
  return { ...report, figures: frozenViews(report.period.key, report.figures), tier: await tierLabel(context, report) };
}

async function tierLabel({ database }: RequestContext, { tier, asOf }: CustomerReportPage): Promise<CustomerServiceReport['tier']> {
  if (tier === null) return null;
  const found = (await policiesAt(database, database.em, asOf)).policies['tier-table'].tiers.find(({ key }) => key === tier);
  return { zh: found?.nameZh ?? tier, en: found?.name ?? tier };
}
