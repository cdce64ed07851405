import { useRef } from 'react';
import { chartPng, chartSvg, saveFile } from './chart-image.ts';
import { MetricChart } from './metric-chart.tsx';
import { MetricTable } from './metric-table.tsx';
import { isRough, labelIn, minutesText, numberText, periodText, roughMinutes, targetText, valueText, type Figure, type MetricSpeech, type Value } from './metric-text.ts';

interface Props {
  readonly figure: Figure;
  /** Shown beside it, e.g. what is not decided yet. */
  readonly beside: readonly Figure[];
  readonly speech: MetricSpeech;
  readonly onBar: (figure: string, part: string | null | undefined, period: string) => void;
}

/** A figure: its newest value large enough for a meeting, what it means, its chart and its table. */
export function MetricCard({ figure, beside, speech, onBar }: Props) {
  const { t, locale } = speech;
  const chart = useRef<HTMLDivElement>(null);
  const name = labelIn(figure.name, locale);
  const newest = figure.overall.values.at(-1);
  const picture = (): string | null => {
    const svg = chart.current?.querySelector('svg.recharts-surface');
    return svg instanceof SVGSVGElement ? chartSvg(svg, `${name} · ${periodText(newest?.period ?? '', speech)}`) : null;
  };
  const save = async (kind: 'svg' | 'png'): Promise<void> => {
    const svg = picture();
    if (svg !== null) saveFile(`${figure.key}-${newest?.period ?? ''}.${kind}`, kind === 'svg' ? new Blob([svg], { type: 'image/svg+xml' }) : await chartPng(svg));
  };
  return (
    <section className="card metric-card" data-figure={figure.key} aria-label={name}>
      <header>
        <h3>{name}{figure.snapshot ? <small>{t('snapshot')}</small> : null}</h3>
        {newest === undefined ? null : (
          <button type="button" className="metric-value" data-value={newest.value ?? ''} data-met={newest.met ?? ''} onClick={() => onBar(figure.key, undefined, newest.period)}>
            <span className="metric-of">{t('open.records', { figure: name, part: '', period: periodText(newest.period, speech) })}: </span>
            <b data-empty={newest.value === null}>{figure.shape === 'DURATION' && newest.value !== null ? roughMinutes(newest.value, speech) : valueText(figure.unit, newest.value, speech)}</b>
            <NewestDetail figure={figure} value={newest} speech={speech} />
          </button>
        )}
        {beside.map((other) => {
          const value = other.overall.values.at(-1);
          return value === undefined ? null : (
            <button key={other.key} type="button" className="metric-beside" data-figure={other.key} data-value={value.value ?? ''} title={labelIn(other.definition, locale)} onClick={() => onBar(other.key, undefined, value.period)}>
              {labelIn(other.name, locale)} <b>{valueText(other.unit, value.value, speech)}</b>
            </button>
          );
        })}
      </header>
      <p className="metric-definition">{labelIn(figure.definition, locale)}</p>
      <div ref={chart} className="metric-chart" role="img" aria-label={t('open.chart', { name })}>
        <MetricChart figure={figure} speech={speech} onBar={(part, period) => onBar(figure.key, part, period)} />
      </div>
      <MetricTable figure={figure} speech={speech} onBar={(part, period) => onBar(figure.key, part, period)} />
      <p className="metric-files">
        <button type="button" className="plain" onClick={() => void save('svg')}>{t('export.svg')}</button>
        <button type="button" className="plain" onClick={() => void save('png')}>{t('export.png')}</button>
      </p>
    </section>
  );
}

/** The fraction, the verdict in words as well as in colour, median and 90th percentile. */
export function NewestDetail({ figure, value, speech }: { readonly figure: Figure; readonly value: Value; readonly speech: MetricSpeech }) {
  const { t, locale } = speech;
  const target = targetText(value, speech);
  if (figure.shape === 'DURATION') {
    if (value.value === null) return null;
    return <small>{`${t('duration.mean')} ${minutesText(value.value, speech)} · ${t('duration.median', { value: roughMinutes(value.median ?? 0, speech) })} · ${t('duration.p90', { value: roughMinutes(value.p90 ?? 0, speech) })} · n ${numberText(value.denominator ?? 0, locale)}`}</small>;
  }
  if (figure.shape === 'AMOUNT' && figure.unit === 'MINUTES') return !isRough(value.numerator) ? null : <small>{`≈ ${roughMinutes(value.numerator, speech)}`}</small>;
  return (
    <small>
      {value.denominator === null ? null : t('value.of', { numerator: value.numerator.toLocaleString(locale), denominator: value.denominator.toLocaleString(locale) })}
      {target === null ? null : ` · ${target}`}
      {value.met === null ? null : <Verdict met={value.met} speech={speech} />}
    </small>
  );
}

export function Verdict({ met, speech: { t } }: { readonly met: boolean; readonly speech: MetricSpeech }) {
  return <span className="verdict" data-met={met}>{met ? `✓ ${t('value.met')}` : `✕ ${t('value.missed')}`}</span>;
}
