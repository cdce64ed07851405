import type { ChangeReportPartsFragment } from '../../graphql/generated/desk/graphql.ts';
import { labelIn, numberText, targetText, valueText, type MetricSpeech } from './metric-text.ts';
import { Verdict } from './metric-card.tsx';

export type ReportFigure = ChangeReportPartsFragment['figures'][number];

/** The figures of a report as one table: a report is read and printed, not clicked. */
export function ReportFigures({ figures, speech }: { readonly figures: readonly ReportFigure[]; readonly speech: MetricSpeech }) {
  const { t, locale } = speech;
  return (
    <table className="report-figures">
      <tbody>
        {figures.map(({ figure, part, name, label, definition, unit, value }, index) => (
          <tr key={`${figure} ${part ?? ''}`} data-figure={figure} data-part={part ?? ''} data-first={figures[index - 1]?.figure !== figure}>
            <th scope="row">{part === null ? <>{labelIn(name, locale)}<small>{labelIn(definition, locale)}</small></> : <span className="quiet">{labelIn(label, locale)}</span>}</th>
            <td className="figure" data-value={value.value ?? ''}><b>{valueText(unit, value.value, speech)}</b></td>
            <td className="figure quiet">{value.denominator === null ? '' : `${numberText(value.numerator, locale)} / ${numberText(value.denominator, locale)}`}</td>
            <td>{targetText(value, speech)} {value.met === null ? null : <Verdict met={value.met} speech={speech} />}{value.reason === null ? null : <small>{t('value.none')}</small>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
