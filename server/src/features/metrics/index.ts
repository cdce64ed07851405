import type { Chore, Download, FeatureManifest } from '../../kernel/feature.ts';
import type { Database } from '../../platform/db/database.ts';
import type { RequestContext } from '../../platform/graphql/context.ts';
import { CustomerReportResolver } from './customer-report.resolver.ts';
import { exportCustomerReport, exportMetrics, exportRecords, exportReport } from './metric-export.service.ts';
import { followZone, foldMonths } from './metric-sums.service.ts';
import { ChangeReportResolver, MetricsResolver } from './metrics.resolver.ts';

const chore = (name: string, everyMinutes: number, run: (database: Database) => Promise<void>): Chore => ({ name, everyMinutes, run: (database) => run(database as Database) });
const download = (name: string, make: (context: RequestContext, query: Readonly<Record<string, string>>) => ReturnType<Download['make']>): Download => ({
  name, make: (context, query) => make(context as RequestContext, query),
});

export const metricsFeature: FeatureManifest = {
  name: 'metrics',
  resolvers: [MetricsResolver, ChangeReportResolver, CustomerReportResolver],
  chores: [chore('fold-metric-months', 15, foldMonths), chore('follow-metric-zone', 1, followZone)],
  downloads: [download('metrics', exportMetrics), download('change-report', exportReport), download('customer-report', exportCustomerReport), download('metric-records', exportRecords)],
};
