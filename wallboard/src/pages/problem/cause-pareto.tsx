import { Bar, CartesianGrid, ComposedChart, Line, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { labelOf, useDeskWords } from '../../app/desk-words.tsx';
import type { ParetoBar } from './cause-drawing.ts';
import { useProblemWords } from './problem-words.ts';

const HEIGHT = 260;

/** PRB-02: incidents counted, most frequent first, with the cumulative share; the same figures as a table beside it. */
export function ParetoChart({ bars, by }: { readonly bars: readonly ParetoBar[]; readonly by: string }) {
  const t = useProblemWords();
  const { locale, vocabulary } = useDeskWords();
  const terms = by.toLowerCase() === 'cause' ? vocabulary.causeClasses : by.toLowerCase() === 'category' ? vocabulary.technicalClasses : [];
  const rows = bars.map((bar) => ({ ...bar, label: bar.value === '' ? t('pareto.unknown') : labelOf(terms, bar.label, locale) }));
  if (rows.length === 0) return <p className="quiet">{t('incidents.none')}</p>;
  return (
    <div className="pareto">
      <div aria-hidden="true">
        <ResponsiveContainer width="100%" height={HEIGHT}>
          <ComposedChart data={rows} accessibilityLayer={false} margin={{ top: 10, right: 8, bottom: 4, left: 0 }}>
            <CartesianGrid stroke="var(--raised-2)" vertical={false} />
            <XAxis dataKey="label" tick={{ fill: 'var(--text-2)', fontSize: 12 }} stroke="var(--line)" interval={0} tickFormatter={(label: string) => (label.length > 14 ? `${label.slice(0, 13)}…` : label)} />
            <YAxis yAxisId="count" allowDecimals={false} tick={{ fill: 'var(--text-2)', fontSize: 12 }} stroke="var(--line)" width={34} />
            <YAxis yAxisId="share" orientation="right" domain={[0, 100]} unit="%" tick={{ fill: 'var(--text-2)', fontSize: 12 }} stroke="var(--line)" width={46} />
            <Tooltip contentStyle={{ background: 'var(--raised)', border: '1px solid var(--line)' }} cursor={{ fill: 'var(--raised-2)' }} />
            <Bar yAxisId="count" dataKey="count" name={t('pareto.count')} fill="var(--suspended)" maxBarSize={72} isAnimationActive={false} />
            <Line yAxisId="share" dataKey="cumulativePercent" name={t('pareto.share')} stroke="var(--due15)" strokeWidth={2} isAnimationActive={false} />
          </ComposedChart>
        </ResponsiveContainer>
      </div>
      <table>
        <thead><tr><th>{t('pareto.what')}</th><th className="figure">{t('pareto.count')}</th><th className="figure">{t('pareto.share')}</th></tr></thead>
        <tbody>{rows.map((row) => <tr key={row.value}><td>{row.label}</td><td className="figure">{row.count}</td><td className="figure">{row.cumulativePercent} %</td></tr>)}</tbody>
      </table>
    </div>
  );
}
