import { useQuery } from '@apollo/client/react';
import { useSearchParams } from '../../app/router.tsx';
import { QueryState } from '../../components/page-state/query-state.tsx';
import { CustomerReportPeriodsDocument, CustomerServiceReportDocument, MyWhoDocument } from '../../graphql/generated/desk/graphql.ts';
import { useRecordsFeed } from '../../lib/feed/records-feed.ts';
import { useDeskWords } from '../../app/desk-words.tsx';
import { ReportDispute } from './report-dispute.tsx';
import { ServiceReport } from './service-report.tsx';
import { useMyWords } from './my-words.ts';

/** WBD-12, SLM-06: the customer's own report, a quarter or a month; frozen once issued, live until then. */
export function MyReportPage() {
  const result = useQuery(MyWhoDocument);
  return <QueryState result={result}>{({ viewer }) => (viewer?.customer == null ? null : <CustomerReport customerId={viewer.customer.id} />)}</QueryState>;
}

function CustomerReport({ customerId }: { readonly customerId: string }) {
  const t = useMyWords();
  const { locale } = useDeskWords();
  const [search, setSearch] = useSearchParams();
  const period = search.get('period');
  const result = useQuery(CustomerServiceReportDocument, { variables: { customerId, period }, fetchPolicy: 'cache-and-network' });
  const live = useRecordsFeed('INCIDENT', null, result.refetch);
  const shown = result.data?.customerReport.period.key ?? period ?? '';
  const file = (format: string): string => `/downloads/customer-report?${new URLSearchParams({ customer: customerId, period: shown, format, lang: locale })}`;
  return (
    <main className="my-page my-sla" data-live={live.state ?? ''}>
      <div className="my-tools no-print">
        <PeriodChoice chosen={shown} onChoose={(key) => setSearch({ period: key })} />
        <span className="my-files">
          <a className="button" href={file('csv')} download>CSV</a><a className="button" href={file('xlsx')} download>XLSX</a>
          <button type="button" onClick={() => window.print()}>{t('sla.print')}</button>
        </span>
      </div>
      <QueryState result={result}>
        {({ customerReport }) => <ServiceReport report={customerReport}>{customerReport.issued === null ? null : <ReportDispute report={customerReport} />}</ServiceReport>}
      </QueryState>
    </main>
  );
}

/** Quarters and months that have begun, by the organisation's calendar. */
export function PeriodChoice({ chosen, onChoose }: { readonly chosen: string; readonly onChoose: (key: string) => void }) {
  const t = useMyWords();
  const quarters = useQuery(CustomerReportPeriodsDocument, { variables: { length: 'QUARTER' } }).data?.metricPeriods ?? [];
  const months = useQuery(CustomerReportPeriodsDocument, { variables: { length: 'MONTH' } }).data?.metricPeriods ?? [];
  return (
    <label>{t('sla.period')}{' '}
      <select value={chosen} onChange={(event) => onChoose(event.target.value)}>
        {chosen === '' ? <option value="">…</option> : null}
        <optgroup label={t('sla.quarters')}>{quarters.map(({ key }) => <option key={key} value={key}>{key}</option>)}</optgroup>
        <optgroup label={t('sla.months')}>{months.map(({ key }) => <option key={key} value={key}>{key}</option>)}</optgroup>
      </select>
    </label>
  );
}
