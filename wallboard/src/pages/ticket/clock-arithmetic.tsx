import { labelOf, useDeskWords } from '../../app/desk-words.tsx';
import { When } from '../../components/when.tsx';
import type { DeskMessageKey } from '../../lib/messages/desk/zh-CN.ts';
import type { Translate } from '../../lib/messages/translator.ts';
import { spanText } from '../../lib/time/span-text.ts';
import type { Ticket } from './actions/action-form-types.ts';

type Explanation = Ticket['clocks'][number]['explanation'];

const STRETCHES = ['counted', 'closed-hours', 'holiday', 'suspended', 'stopped'] as const;

function stretchText(reason: string, t: Translate<DeskMessageKey>): string {
  const known = STRETCHES.find((one) => one === reason);
  return known === undefined ? reason : t(`stretch.${known}`);
}

/** SLA-09: which intervals counted, which did not and why, and their sum; as a bar to scale and as a table. */
export function ClockArithmetic({ explanation }: { readonly explanation: Explanation }) {
  const { t, locale, vocabulary } = useDeskWords();
  const detail = (text: string | null): string => (text === null ? '' : labelOf(vocabulary.suspensionReasons, text, locale));
  const total = explanation.intervals.reduce((sum, { seconds }) => sum + seconds, 0);
  return (
    <div className="arithmetic">
      <div className="arithmetic-bar" role="img" aria-label={t('clocks.arithmetic')}>
        {explanation.intervals.map((interval) => (
          <i key={interval.from} data-counted={interval.reason === 'counted'} data-reason={interval.reason} title={`${stretchText(interval.reason, t)} ${spanText(t, interval.seconds)}`}
            style={{ flexGrow: total === 0 ? 1 : Math.max(interval.seconds / total, 0.004) }} />
        ))}
      </div>
      <table>
        <thead><tr><th>{t('clocks.from')}</th><th>{t('clocks.to')}</th><th>{t('clocks.why')}</th><th className="figure">{t('clocks.counted')}</th></tr></thead>
        <tbody>
          {explanation.intervals.map((interval) => (
            <tr key={interval.from} data-counted={interval.reason === 'counted'}>
              <td><When at={interval.from} /></td>
              <td><When at={interval.to} /></td>
              <td>{[stretchText(interval.reason, t), detail(interval.detail)].filter((part) => part !== '').join(' · ')}</td>
              <td className="figure">{interval.reason === 'counted' ? spanText(t, interval.seconds) : '—'}</td>
            </tr>
          ))}
        </tbody>
        <tfoot><tr><td colSpan={3}>{t(explanation.truncated ? 'clocks.sumTruncated' : 'clocks.sum')}</td><td className="figure"><b>{spanText(t, explanation.countedSeconds)}</b></td></tr></tfoot>
      </table>
    </div>
  );
}
