import { labelIn, minutesText, numberText, periodText, roughMinutes, shortPeriod, targetText, valueText, type Figure, type MetricSpeech, type Part, type Value } from './metric-text.ts';

interface Props {
  readonly figure: Figure;
  readonly speech: MetricSpeech;
  readonly onBar: (part: string | null | undefined, period: string) => void;
}

/** The figures of a chart as text; each opens the records behind it. */
export function MetricTable({ figure, speech, onBar }: Props) {
  const { t, locale } = speech;
  const rows = [...figure.parts.map((part) => ({ part, overall: false })), { part: figure.overall, overall: true }];
  // Parts of a Pareto are counted in the newest period only.
  const periods = figure.pareto ? figure.overall.values.slice(-1) : figure.overall.values;
  return (
    <div className="metric-table">
      <table>
        <caption>{t('table.caption', { name: labelIn(figure.name, locale) })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('table.part')}</th>
            {periods.map(({ period }) => <th key={period} scope="col" className="figure">{shortPeriod(period, speech)}</th>)}
            {figure.pareto ? <><th scope="col" className="figure">{t('table.share')}</th><th scope="col" className="figure">{t('table.cumulative')}</th></> : null}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ part, overall }) => (
            <tr key={overall ? 'overall' : part.key ?? '-'} data-part={overall ? '' : part.key ?? '-'} data-overall={overall}>
              <th scope="row">{labelIn(part.label, locale)}{overall ? null : <TargetOf part={part} speech={speech} />}</th>
              {part.values.slice(-periods.length).map((value) => (
                <td key={value.period} className="figure" data-period={value.period} data-met={value.met ?? ''}>
                  <button type="button" className="metric-cell" data-value={value.value ?? ''} disabled={value.denominator === 0}
                    title={value.value === null ? t('value.none') : undefined} onClick={() => onBar(overall ? undefined : part.key, value.period)}>
                    <span className="metric-of">{t('open.records', { figure: labelIn(figure.name, locale), part: overall ? '' : ` ${labelIn(part.label, locale)}`, period: periodText(value.period, speech) })}: </span>
                    <CellText figure={figure} value={value} speech={speech} />
                  </button>
                </td>
              ))}
              {figure.pareto && !overall ? <><Share value={part.sharePercent} speech={speech} /><Share value={part.cumulativePercent} speech={speech} /></> : null}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Share({ value, speech }: { readonly value: number | null; readonly speech: MetricSpeech }) {
  return <td className="figure">{value === null ? '—' : `${numberText(value, speech.locale)}%`}</td>;
}

function TargetOf({ part, speech }: { readonly part: Part; readonly speech: MetricSpeech }) {
  const newest = part.values.at(-1);
  const target = newest === undefined ? null : targetText(newest, speech);
  return target === null ? null : <small>{target}</small>;
}

function CellText({ figure, value, speech }: { readonly figure: Figure; readonly value: Value; readonly speech: MetricSpeech }) {
  if (value.value === null) return <span className="quiet">—</span>;
  const mark = value.met === null ? '' : value.met ? '✓ ' : '✕ ';
  return (
    <>
      <b title={figure.shape === 'DURATION' ? minutesText(value.value, speech) : undefined}>{mark}{figure.shape === 'DURATION' ? roughMinutes(value.value, speech) : valueText(figure.unit, value.value, speech)}</b>
      {figure.shape === 'DURATION' && value.p90 !== null ? <><small>{`P90 ${roughMinutes(value.p90, speech)}`}</small><small>{`n ${numberText(value.denominator ?? 0, speech.locale)}`}</small></> : null}
      {figure.shape === 'RATE' ? <small>{`${numberText(value.numerator, speech.locale)} / ${numberText(value.denominator ?? 0, speech.locale)}`}</small> : null}
    </>
  );
}
