import { useQuery } from '@apollo/client/react';
import { useDeskWords } from '../../app/desk-words.tsx';
import { useNavigate, useParams } from '../../app/router.tsx';
import { ChangeReportOfDocument, ChangeReportsDocument, MetricsPageDocument, ViewerDocument } from '../../graphql/generated/desk/graphql.ts';
import { When } from '../../components/when.tsx';
import { periodText, type Figure, type MetricSpeech } from './metric-text.ts';
import { ReportFigures, type ReportFigure } from './report-figures.tsx';
import { ReportForms } from './report-forms.tsx';
import { usePeriods } from './use-metrics.ts';
import { useMetricsWords } from './metrics-words.ts';

/** The monthly change report (CHG-19): figures, the change manager's analysis and actions; frozen once issued. */
export function ReportsPage() {
  const t = useMetricsWords();
  const { locale } = useDeskWords();
  const speech = { t, locale };
  const navigate = useNavigate();
  const months = usePeriods('MONTH');
  // The month before is the one that is to be reported.
  const month = useParams()['month'] ?? months[1] ?? '';
  const list = useQuery(ChangeReportsDocument, { fetchPolicy: 'cache-and-network' });
  const report = useQuery(ChangeReportOfDocument, { variables: { month }, skip: month === '', fetchPolicy: 'cache-and-network' });
  const mayIssue = useQuery(ViewerDocument).data?.viewer?.permissions.includes('metrics.issue') ?? false;
  const shown = report.data?.changeReport;
  const live = useQuery(MetricsPageDocument, { variables: { section: 'CHANGES', period: month }, skip: shown !== null || month === '', fetchPolicy: 'no-cache' });
  if (report.error !== undefined) return <p className="page-error" role="alert">{`${t('reports.cannot')} ${report.error.message}`}</p>;
  if (shown === undefined) return <p className="page-wait">…</p>;
  const figures: readonly ReportFigure[] = shown?.figures ?? liveFigures(live.data?.metrics.figures ?? []);
  return (
    <div className="metric-reports">
      <div className="filter-line metric-filters">
        <select aria-label={t('reports.month')} value={month} onChange={(event) => void navigate(`/metrics/reports/${event.target.value}`)}>
          {(months.includes(month) ? months : [month, ...months]).map((key) => <option key={key} value={key}>{periodText(key, speech)}</option>)}
        </select>
        <ul className="chips" aria-label={t('reports.list')}>
          {(list.data?.changeReports ?? []).slice(0, 12).map((line) => (
            <li key={line.id}><button type="button" aria-pressed={line.month === month} onClick={() => void navigate(`/metrics/reports/${line.month}`)}>{`${line.month} ${t(line.state === 'DRAFT' ? 'reportState.draft' : 'reportState.issued')}`}</button></li>
          ))}
        </ul>
        {shown === null ? null : (
          <span className="metric-exports">
            <a className="button" href={`/downloads/change-report?month=${month}&format=csv&lang=${locale}`} download>{t('export.csv')}</a>
            <a className="button" href={`/downloads/change-report?month=${month}&format=xlsx&lang=${locale}`} download>{t('export.xlsx')}</a>
            <button type="button" onClick={() => window.print()}>{t('export.print')}</button>
          </span>
        )}
      </div>
      <h2 className="metric-title">{`${t('reports.title')} · ${periodText(month, speech)}`}</h2>
      <ReportState report={shown} speech={speech} />
      <ReportForms key={`${month} ${shown?.version ?? 0}`} month={month} report={shown} speech={speech} mayIssue={mayIssue} onDone={() => void Promise.all([report.refetch(), list.refetch()])} />
      <section className="card">
        <h3>{shown?.state === 'ISSUED' ? t('reports.figures') : t('reports.live')}</h3>
        <ReportFigures figures={figures} speech={speech} />
      </section>
    </div>
  );
}

type Shown = { readonly state: 'DRAFT' | 'ISSUED'; readonly issuedAt: string | null; readonly issuedBy: string | null; readonly sha256: string | null; readonly unaltered: boolean } | null;

function ReportState({ report, speech: { t } }: { readonly report: Shown; readonly speech: MetricSpeech }) {
  if (report === null) return <p className="notice">{t('reports.none')}</p>;
  if (report.state === 'DRAFT') return <p className="notice">{t('reports.draft')}</p>;
  return (
    <p className="notice" data-state="ISSUED">
      <b>{t('reports.issued', { by: report.issuedBy ?? '' })}</b> <When at={report.issuedAt} />
      <small className="metric-digest">{` SHA-256 ${report.sha256 ?? ''} · `}<span className={report.unaltered ? undefined : 'refusal'}>{t(report.unaltered ? 'reports.unaltered' : 'reports.altered')}</span></small>
    </p>
  );
}

function liveFigures(figures: readonly Figure[]): ReportFigure[] {
  return figures.flatMap(({ key, name, definition, unit, overall, parts }) =>
    [overall, ...parts].flatMap((part) => part.values.slice(-1).map((value) => ({ figure: key, name, definition, unit, part: part.key, label: part.label, value }))));
}
