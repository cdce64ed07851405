import { useQuery } from '@apollo/client/react';
import { Link, useSearchParams } from '../../app/router.tsx';
import { QueryState } from '../../components/page-state/query-state.tsx';
import { When } from '../../components/when.tsx';
import { CustomerServiceReportDocument, IssuedCustomerReportsDocument, MetricChoicesDocument, ViewerDocument } from '../../graphql/generated/desk/graphql.ts';
import { useDeskWords } from '../../app/desk-words.tsx';
import { ServiceReport } from '../my/service-report.tsx';
import { periodText } from './metric-text.ts';
import { useMetricsWords } from './metrics-words.ts';
import { ServiceReportIssue } from './service-report-issue.tsx';
import { usePeriods } from './use-metrics.ts';

/** A customer's service report as the provider sees it: looked at, issued, and where it is to be found then (SLM-06, WBD-12). */
export function ServiceReportsPage() {
  const t = useMetricsWords();
  const { locale } = useDeskWords();
  const [search, setSearch] = useSearchParams();
  const customers = useQuery(MetricChoicesDocument).data?.customers.edges.map(({ node }) => node) ?? [];
  const [quarters, months] = [usePeriods('QUARTER'), usePeriods('MONTH')];
  // The quarter before is the one that is to be reported.
  const customerId = search.get('customer') ?? customers[0]?.id ?? '';
  const period = search.get('period') ?? quarters[1] ?? '';
  const choose = (key: 'customer' | 'period', value: string): void => setSearch({ customer: customerId, period, [key]: value });
  const group = (label: string, keys: readonly string[]) => <optgroup label={label}>{keys.map((key) => <option key={key} value={key}>{periodText(key, { t, locale })}</option>)}</optgroup>;
  return (
    <div className="metric-reports">
      <div className="filter-line metric-filters">
        <select aria-label={t('filter.customer')} value={customerId} onChange={(event) => choose('customer', event.target.value)}>{customers.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}</select>
        <select aria-label={t('filter.period')} value={period} onChange={(event) => choose('period', event.target.value)}>{group(t('filter.quarter'), quarters)}{group(t('filter.month'), months)}</select>
      </div>
      {customerId === '' || period === '' ? null : <OneReport key={`${customerId} ${period}`} customerId={customerId} period={period} />}
    </div>
  );
}

function OneReport({ customerId, period }: { readonly customerId: string; readonly period: string }) {
  const t = useMetricsWords();
  const { locale } = useDeskWords();
  const result = useQuery(CustomerServiceReportDocument, { variables: { customerId, period }, fetchPolicy: 'cache-and-network' });
  const issued = useQuery(IssuedCustomerReportsDocument, { variables: { customerId }, fetchPolicy: 'cache-and-network' });
  const mayIssue = useQuery(ViewerDocument).data?.viewer?.permissions.includes('metrics.issue') ?? false;
  const file = (format: string): string => `/downloads/customer-report?${new URLSearchParams({ customer: customerId, period, format, lang: locale })}`;
  return (
    <>
      <QueryState result={result}>{({ customerReport }) => (
        <>
          <div className="filter-line metric-filters">
            {mayIssue && customerReport.issued === null ? <ServiceReportIssue report={customerReport} onDone={() => Promise.all([result.refetch(), issued.refetch()])} /> : null}
            {customerReport.issued === null ? null : <p className="notice" role="status">{t('service.issued', { by: customerReport.issued.issuedBy })} <When at={customerReport.issued.issuedAt} /> · {t('service.there')} <code>{`/my/report?period=${period}`}</code></p>}
            <span className="metric-exports"><a className="button" href={file('csv')} download>{t('export.csv')}</a><a className="button" href={file('xlsx')} download>{t('export.xlsx')}</a><button type="button" onClick={() => window.print()}>{t('export.print')}</button></span>
          </div>
          <ServiceReport report={customerReport} />
        </>
      )}</QueryState>
      <section className="card metric-filters"><h3>{t('service.list')}</h3>
        {issued.data?.customerReports.length === 0 ? <p className="quiet">{t('service.none')}</p> : null}
        <table><tbody>{(issued.data?.customerReports ?? []).map((one) => <tr key={one.period}><td><Link to={{ search: new URLSearchParams({ customer: customerId, period: one.period }).toString() }}>{one.period}</Link></td><td>{one.issuedBy}</td><td><When at={one.issuedAt} /></td></tr>)}</tbody></table>
      </section>
    </>
  );
}
