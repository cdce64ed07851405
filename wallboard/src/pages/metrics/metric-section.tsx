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
    <section aria-label={t(`section.${section}`)} data-section={section}>
      <StaleNotice lastHeardAt={live.lastHeardAt} detail={live.detail} />
      <h2 className="metric-title">
        {titled ? `${t(`section.${section}`)} · ` : null}{periodText(period.key, speech)}
        <small>{running ? ` ${t('running', { at: fullTime(Date.parse(asOf), { locale, timeZone }) })}` : null} {t('zone', { zone: timeZone })}</small>
      </h2>
      <div className="metric-cards">
        {figures.filter(({ besideOf }) => besideOf === null).map((figure) => (
          <MetricCard key={figure.key} figure={figure} beside={figures.filter(({ besideOf }) => besideOf === figure.key)} speech={speech} onBar={onBar} />
        ))}
      </div>
    </section>
  );
}
