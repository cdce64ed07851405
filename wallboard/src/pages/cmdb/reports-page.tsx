import { useQuery } from '@apollo/client/react';
import { useDeskWords } from '../../app/desk-words.tsx';
import { Link, useNavigate } from '../../app/router.tsx';
import { CiStatusReportPreviewDocument, CiStatusReportsDocument, CmdbCustomersDocument, IssueCiStatusReportDocument } from '../../graphql/generated/desk/graphql.ts';
import { fullTime } from '../../lib/time/format-time.ts';
import { useAddressFilter } from './address-filter.ts';
import { useMay } from './cmdb-may.ts';
import { useCmdbWords } from './cmdb-words.ts';
import { Refusals } from './refusals.tsx';
import { isReportContent } from './report-content.ts';
import { ReportView } from './report-view.tsx';
import { useSend } from './use-send.ts';

/** Configuration status reports (CMDB-10): those issued, and what the next one says. */
export function ReportsPage() {
  const t = useCmdbWords();
  const { locale, timeZone } = useDeskWords();
  const may = useMay();
  const { data } = useQuery(CiStatusReportsDocument, { fetchPolicy: 'cache-and-network' });
  const customers = useQuery(CmdbCustomersDocument).data?.customers.edges ?? [];
  const nameOf = (id: string | null): string => (id === null ? t('report.whole') : (customers.find(({ node }) => node.id === id)?.node.name ?? ''));
  return (
    <main className="cmdb-page">
      <h1>{t('report.title')}</h1>
      <section className="card"><h2>{t('report.issued')}</h2>
        {data?.ciStatusReports.length === 0 ? <p className="quiet">{t('none')}</p> : null}
        <table className="cmdb-table"><tbody>{(data?.ciStatusReports ?? []).map((report) => (
          <tr key={report.id}><td><Link to={`/cmdb/reports/${report.id}`}>{report.number}</Link></td><td>{report.month}</td><td>{nameOf(report.customerId)}</td><td>{t('report.by', { name: report.issuedByName, at: fullTime(Date.parse(report.issuedAt), { locale, timeZone }) })}</td></tr>
        ))}</tbody></table>
      </section>
      {may('cmdb.edit') ? <Draft customers={customers.map(({ node }) => node)} /> : null}
    </main>
  );
}

function Draft({ customers }: { readonly customers: readonly { readonly id: string; readonly name: string }[] }) {
  const t = useCmdbWords();
  const may = useMay();
  const navigate = useNavigate();
  const filter = useAddressFilter();
  const { send, errors, busy } = useSend();
  const month = filter.get('month');
  const customerId = filter.get('customer') || null;
  const { data, error } = useQuery(CiStatusReportPreviewDocument, { variables: { month, customerId }, skip: !/^\d{4}-\d{2}$/.test(month), fetchPolicy: 'cache-and-network' });
  const content: unknown = data?.ciStatusReportPreview;
  const issue = async (): Promise<void> => {
    let id: string | undefined;
    const done = await send(IssueCiStatusReportDocument, { month, customerId }, (answer) => {
      id = answer.issueCiStatusReport.report?.id;
      return answer.issueCiStatusReport.userErrors;
    });
    if (done && id !== undefined) void navigate(`/cmdb/reports/${id}`);
  };
  return (
    <>
      <div className="filter-line">
        <label className="cmdb-choice">{t('report.month')}<input type="month" value={month} onChange={(event) => filter.set('month', event.target.value)} /></label>
        <label className="cmdb-choice">{t('customer')}<select value={filter.get('customer')} onChange={(event) => filter.set('customer', event.target.value)}><option value="">{t('report.whole')}</option>{customers.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}</select></label>
        {isReportContent(content) && may('cmdb.control') ? <button type="button" className="main" disabled={busy} title={t('report.once')} onClick={() => void issue()}>{t('report.issue')}</button> : null}
        <span className="quiet">{t('report.once')}</span>
      </div>
      <Refusals errors={errors} />
      {error === undefined ? null : <p className="refusal" role="alert">{error.message}</p>}
      {isReportContent(content) ? <><h2>{t('report.draft', { month: content.month })}</h2><ReportView content={content} /></> : null}
    </>
  );
}
