import { Arg, Args, ArgsType, Ctx, Field, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import { figuresOf, signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { payload } from '../../platform/graphql/payload.ts';
import type { MetricSplit as Split } from './metric-counts.queries.ts';
import type { MetricSection as Section } from './metric-figure.rules.ts';
import { frozenViews, valueView } from './metric-view.rules.ts';
import { metricBreakdown, metricPeriods, metricsPage, type MetricFigure, type MetricPart, type MetricsPage } from './metric-page.service.ts';
import type { PeriodLength } from './metric-period.rules.ts';
import { metricRecords, type BarRecords } from './metric-records.service.ts';
import type { MetricSide as Side } from './metric-records.queries.ts';
import { isUnaltered, issueReport, listReports, noteReport, reportOf, saveReport, type ReportView } from './metric-report.service.ts';
import {
  ChangeReport, ChangeReportLine, ChangeReportPayload, IssueChangeReportInput, MetricPeriodLength, MetricPeriodView, MetricRecords, Metrics, MetricSection, MetricSide, MetricSplit, NoteChangeReportInput,
  SaveChangeReportInput, type MetricFigureView, type MetricPartView,
} from './metrics.types.ts';

@ArgsType()
class ScopeArgs {
  @Field(() => String, { nullable: true, description: '"2026-Q4" or "2026-11"; left out: the quarter that runs.' }) period?: string | null;
  @Field(() => ID, { nullable: true, description: 'Only this customer.' }) customerId?: string | null;
  @Field(() => ID, { nullable: true, description: 'Only what this team holds.' }) teamId?: string | null;
}

@ArgsType()
class PageArgs extends ScopeArgs {
  @Field(() => Int, { defaultValue: 6, description: 'It and the ones before it, 1–13.' }) periods!: number;
}

@ArgsType()
class BarArgs extends ScopeArgs {
  @Field(() => String, { description: 'Key of the figure.' }) figure!: string;
  @Field(() => MetricSplit, { defaultValue: 'part', description: 'By what it is split.' }) split!: Split;
  @Field(() => Boolean, { defaultValue: true, description: 'All parts together; false: only the part.' }) overall!: boolean;
  @Field(() => String, { nullable: true, description: 'Key of the part when "overall" is false; null: what has no customer or team.' }) part?: string | null;
  @Field(() => MetricSide, { defaultValue: 'all', description: 'All of it, or one side of a rate.' }) side!: Side;
  @Field(() => Int, { defaultValue: 50, description: 'How many, 1–100.' }) first!: number;
  @Field(() => String, { nullable: true, description: 'Cursor of the record after which to go on.' }) after?: string | null;
}

@Resolver()
export class MetricsResolver {
  @Query(() => Metrics, { description: 'The figures of a page in this period and earlier ones (MET-01, MET-02, CHG-14, REL-07). Needs metrics.read.' })
  async metrics(@Ctx() context: RequestContext, @Args(() => PageArgs) args: PageArgs, @Arg('section', () => MetricSection, { description: 'Which page.' }) section: Section): Promise<Metrics> {
    const actor = signedIn(context);
    return pageView(await figuresOf(context).read((database) => metricsPage(database, actor, section, args)));
  }

  @Query(() => [MetricPeriodView], { description: 'Quarters or months that can be asked for, the one that runs first: by the organisation\'s calendar (D-12). Needs metrics.read.' })
  metricPeriods(@Ctx() context: RequestContext, @Arg('length', () => MetricPeriodLength, { description: 'Quarters or months.' }) length: PeriodLength): Promise<MetricPeriodView[]> {
    return metricPeriods(context.database, signedIn(context), length);
  }

  @Query(() => Metrics, { description: 'One figure split by customers or teams, the 20 largest first (MET-01). Needs metrics.read.' })
  async metricBreakdown(
    @Ctx() context: RequestContext, @Args(() => PageArgs) args: PageArgs,
    @Arg('figure', () => String, { description: 'Key of the figure.' }) figure: string, @Arg('by', () => MetricSplit, { description: 'By what.' }) by: Split,
  ): Promise<Metrics> {
    const actor = signedIn(context);
    return pageView(await figuresOf(context).read((database) => metricBreakdown(database, actor, { ...args, figure, by })), by);
  }

  @Query(() => MetricRecords, { description: 'The very records behind a bar (MET-01). Needs metrics.read; lists those that you may read.' })
  async metricRecords(@Ctx() context: RequestContext, @Args(() => BarArgs) { first, after, overall, part, ...bar }: BarArgs): Promise<MetricRecords> {
    const request = overall ? bar : { ...bar, part: part ?? null };
    const actor = signedIn(context);
    return recordsView(await figuresOf(context).read((database) => metricRecords(database, actor, request, { first, after: after ?? null })), context.locale);
  }
}

@Resolver()
export class ChangeReportResolver {
  @Query(() => [ChangeReportLine], { description: 'The newest sixty monthly change reports, newest first (CHG-19). Needs metrics.read for every customer.' })
  changeReports(@Ctx() context: RequestContext): Promise<ChangeReportLine[]> {
    return listReports(context.database, signedIn(context));
  }

  @Query(() => ChangeReport, { nullable: true, description: 'The change report of a month; null before anybody has begun it. Needs metrics.read for every customer.' })
  async changeReport(@Ctx() context: RequestContext, @Arg('month', () => String, { description: '"2026-11".' }) month: string): Promise<ChangeReport | null> {
    return readReport(context, month);
  }

  @Mutation(() => ChangeReportPayload, { description: 'Writes the draft of a month. Needs metrics.issue for every customer.' })
  saveChangeReport(@Ctx() context: RequestContext, @Arg('input', () => SaveChangeReportInput) input: SaveChangeReportInput): Promise<ChangeReportPayload> {
    return carriedOut(context, input.month, () => saveReport(context.database, signedIn(context), input));
  }

  @Mutation(() => ChangeReportPayload, { description: 'Issues and freezes the report of a month that is over. Needs metrics.issue for every customer.' })
  issueChangeReport(@Ctx() context: RequestContext, @Arg('input', () => IssueChangeReportInput) input: IssueChangeReportInput): Promise<ChangeReportPayload> {
    return carriedOut(context, input.month, () => issueReport(context.database, signedIn(context), input));
  }

  @Mutation(() => ChangeReportPayload, { description: 'Adds a correction, dispute or exclusion to an issued report, which itself stays as it is. Needs metrics.issue for every customer.' })
  noteChangeReport(@Ctx() context: RequestContext, @Arg('input', () => NoteChangeReportInput) input: NoteChangeReportInput): Promise<ChangeReportPayload> {
    return carriedOut(context, input.month, () => noteReport(context.database, signedIn(context), input));
  }
}

function carriedOut(context: RequestContext, month: string, command: () => Promise<string>): Promise<ChangeReportPayload> {
  return payload('report', async () => {
    await command();
    return readReport(context, month);
  });
}

async function readReport(context: RequestContext, month: string): Promise<ChangeReport | null> {
  const report = await reportOf(context.database, signedIn(context), month);
  return report === null ? null : reportView(report);
}

function pageView({ figures, ...page }: MetricsPage, by: Split = 'part'): Metrics {
  return { ...page, figures: figures.map((figure) => figureView(figure, by)) };
}

function figureView({ definition, overall, parts }: MetricFigure, by: Split): MetricFigureView {
  const { key, section, name, shape, unit, dimension, pareto = false, snapshot = false, besideOf = null } = definition;
  return {
    key, section, name, definition: definition.definition, shape, unit, dimension: by === 'part' ? dimension : by, pareto, snapshot, besideOf,
    overall: partView(overall), parts: parts.map(partView),
  };
}

function partView(part: MetricPart): MetricPartView {
  return { ...part, values: part.values.map(valueView) };
}

function recordsView({ records, hasNextPage, ...sums }: BarRecords, locale: RequestContext['locale']): MetricRecords {
  return {
    ...sums, pageInfo: { hasNextPage, endCursor: records.at(-1)?.cursor ?? null },
    records: records.map(({ teamName, teamNameZh, ...record }) => ({ ...record, teamName: locale === 'zh-CN' ? teamNameZh : teamName })),
  };
}

function reportView({ figures, ...report }: ReportView): ChangeReport {
  return {
    ...report, unaltered: report.state === 'draft' || isUnaltered({ ...report, figures }), notes: report.notes,
    figures: frozenViews(report.month, figures),
  };
}
