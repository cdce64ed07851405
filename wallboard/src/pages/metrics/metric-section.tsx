import { StaleNotice } from '../../components/stale-notice.tsx';
import { useDeskWords } from '../../app/desk-words.tsx';
import type { MetricSection } from '../../graphql/generated/desk/graphql.ts';
import { fullTime } from '../../lib/time/format-time.ts';
import type { MetricAddress } from './metric-address.ts';
import { MetricCard } from './metric-card.tsx';
import { periodText, type MetricSpeech } from './metric-text.ts';
import { useMetrics } from './use-metrics.ts';

interface Props {
  readonly section: MetricSection;
  readonly address: MetricAddress;
  readonly speech: MetricSpeech;
  /** More than one section stands on the page. */
  readonly titled: boolean;
  readonly onBar: (figure: string, part: string | null | undefined, period: string) => void;
}

/** The cards of a section; what is shown beside another figure stands in its card. */
export function MetricSectionCards({ section, address, speech, titled, onBar }: Props) {
  const { t } = speech;
  const { locale } = useDeskWords();
  const { page, error, live } = useMetrics(section, address);
  if (error !== undefined) return <p className="page-error" role="alert">{`${t('refused')}: ${error.message}`}</p>;
  if (page === undefined) return <p className="page-wait">…</p>;
  const { figures, period, timeZone, asOf } = page;
  const running = Date.parse(period.to) > Date.parse(asOf);
  return (
    <section className="metric-section" aria-label={t(`section.${section}`)} data-section={section}>
      <PrintMargins page={section} title={`${t('title')} · ${titled ? t(`section.${section}`) : ''} ${periodText(period.key, speech)}`} asOf={`${t('asOf', { at: fullTime(Date.parse(asOf), { locale, timeZone }) })} ${t('zone', { zone: timeZone })}`} />
      <StaleNotice lastHeardAt={live.lastHeardAt} detail={live.detail} />
      <h2 className="metric-title">
        {titled ? `${t(`section.${section}`)} · ` : null}{periodText(period.key, speech)}
        <small> {running ? t('running', { at: fullTime(Date.parse(asOf), { locale, timeZone }) }) : t('asOf', { at: fullTime(Date.parse(asOf), { locale, timeZone }) })} {t('zone', { zone: timeZone })}</small>
      </h2>
      <div className="metric-cards">
        {figures.filter(({ besideOf }) => besideOf === null).map((figure) => (
          <MetricCard key={figure.key} figure={figure} beside={figures.filter(({ besideOf }) => besideOf === figure.key)} speech={speech} onBar={onBar} />
        ))}
      </div>
    </section>
  );
}

/** Every printed page says of which section and period it is, and of what moment. */
function PrintMargins({ page, title, asOf }: { readonly page: MetricSection; readonly title: string; readonly asOf: string }) {
  const text = (words: string): string => JSON.stringify(words.replaceAll(/[<>\\]/g, ' '));
  return <style media="print">{`[data-section=${page}] { page: ${page}; } @page ${page} { size: A4 landscape; margin: 14mm 10mm 12mm; @top-left { content: ${text(title)}; font: 9pt sans-serif; } @top-right { content: ${text(asOf)}; font: 9pt sans-serif; } @bottom-right { content: counter(page) " / " counter(pages); font: 9pt sans-serif; } }`}</style>;
}
