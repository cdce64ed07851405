import { useQuery } from '@apollo/client/react';
import { useParams } from '../../app/router.tsx';
import { PageLoading, PageMissing } from '../../components/page-state/page-state.tsx';
import { useDeskWords } from '../../app/desk-words.tsx';
import { CiStatusReportDocument } from '../../graphql/generated/desk/graphql.ts';
import { fullTime } from '../../lib/time/format-time.ts';
import { useCmdbWords } from './cmdb-words.ts';
import { isReportContent } from './report-content.ts';
import { ReportView } from './report-view.tsx';

/** One report as it was issued (CMDB-10). */
export function ReportPage() {
  const t = useCmdbWords();
  const { locale, timeZone } = useDeskWords();
  const { id = '' } = useParams();
  const { data } = useQuery(CiStatusReportDocument, { variables: { id } });
  if (data === undefined) return <PageLoading />;
  const report = data.ciStatusReport;
  if (report === null) return <PageMissing>{t('ci.missing')}</PageMissing>;
  const content: unknown = report.content;
  const file = (format: string): string => `/downloads/ci-status-report?${new URLSearchParams({ id, format, lang: locale }).toString()}`;
  return (
    <main className="cmdb-page">
      <h1>{report.number} · {report.month} <small>{isReportContent(content) ? (content.customerName ?? t('report.whole')) : ''}</small></h1>
      <p className="cmdb-exports">{t('report.by', { name: report.issuedByName, at: fullTime(Date.parse(report.issuedAt), { locale, timeZone }) })} <span>{t('register.export')} <a href={file('xlsx')} download>XLSX</a> <a href={file('csv')} download>CSV</a></span> <small>sha256 {report.digest.slice(0, 16)}</small></p>
      {isReportContent(content) ? <ReportView content={content} /> : null}
    </main>
  );
}
