import { useId } from 'react';
import { Bar, CartesianGrid, ComposedChart, Legend, Line, ReferenceArea, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { labelIn, roughMinutes, shortPeriod, valueText, type Figure, type MetricSpeech, type Part } from './metric-text.ts';

interface Props {
  readonly figure: Figure;
  readonly speech: MetricSpeech;
  readonly onBar: (part: string | null | undefined, period: string) => void;
  /** For a meeting: as large as the screen allows. */
  readonly large?: boolean;
}

export const PALETTE = ['var(--metric-1)', 'var(--metric-2)', 'var(--metric-3)', 'var(--metric-4)', 'var(--metric-5)', 'var(--metric-6)'] as const;
/** From calm to late: the oldest is what the eye shall find. */
const AGES = ['var(--metric-5)', 'var(--metric-3)', 'var(--metric-1)', 'var(--metric-4)', 'var(--metric-2)', 'var(--breached)'] as const;
const colour = (index: number, palette: readonly string[] = PALETTE): string => palette[index % palette.length] ?? PALETTE[0];
const HEIGHT = 230;
const MOST_BARS = 10;
/** As many stand side by side below the bars. */
const LETTERS = 64;
const TOOLTIP = { cursor: { fill: 'var(--raised-2)' }, contentStyle: { background: 'var(--raised)', border: '1px solid var(--line)', color: 'var(--text)' }, labelStyle: { color: 'var(--text)' } } as const;
const axisOf = (large: boolean) => ({ stroke: 'var(--text-3)', tick: { fill: 'var(--text-2)', fontSize: large ? 22 : 12 } }) as const;
const heightOf = (large: boolean): number => (large ? Math.max(320, Math.round(window.innerHeight * 0.58)) : HEIGHT);
/** Lines are told apart without colour too: by their dashes. */
const DASHES = ['', '8 4', '2 4', '12 4 2 4', '5 2', '1 3'] as const;
/** Bars by their hatching, for print and for eyes that see no colour. */
const HATCHES = ['', 'M0 8 8 0', 'M0 4H8', 'M0 0 8 8', 'M4 0V8', 'M0 8 8 0M0 0 8 8'] as const;

function Hatches({ id, palette }: { readonly id: string; readonly palette: readonly string[] }) {
  return (
    <defs>
      {HATCHES.map((path, index) => (
        <pattern key={path} id={`${id}-${index}`} width="8" height="8" patternUnits="userSpaceOnUse">
          <rect width="8" height="8" fill={colour(index, palette)} />
          {path === '' ? null : <path d={path} stroke="var(--raised)" strokeWidth="1.6" fill="none" />}
        </pattern>
      ))}
    </defs>
  );
}

const hatch = (id: string, index: number): string => `url(#${id}-${index % HATCHES.length})`;

/** The chart of a figure. What it says stands in the table below it, for everybody who cannot see or point at it. */
export function MetricChart(props: Props) {
  return props.figure.pareto ? <ParetoChart {...props} /> : <PeriodChart {...props} />;
}

/** What is compared with a target is a line, so that a few percent can be seen; what is counted are bars, which begin at nothing. */
function PeriodChart({ figure, speech, onBar, large = false }: Props) {
  const id = `hatch${useId().replaceAll(/\W/g, '')}`;
  const axis = axisOf(large);
  const parts: readonly Part[] = figure.parts.length > 0 ? figure.parts.slice(0, MOST_BARS) : [figure.overall];
  const rows = figure.overall.values.map(({ period }, index) => ({
    period, name: shortPeriod(period, speech), ...Object.fromEntries(parts.map((part, at) => [`p${at}`, part.values[index]?.value ?? null])),
  }));
  const band = figure.overall.values.at(-1)?.target;
  const targets = [...new Set(parts.flatMap(({ values }) => values.at(-1)?.target?.abovePercent ?? []))];
  const palette = figure.dimension === 'age' ? AGES : PALETTE;
  const lines = targets.length > 0 || band != null;
  const stacked = figure.shape === 'COUNT' || figure.shape === 'AMOUNT';
  const open = (part: Part, index: number | undefined): void => onBar(figure.parts.length > 0 ? part.key : undefined, rows[index ?? -1]?.period ?? '');
  return (
    <ResponsiveContainer width="100%" height={heightOf(large)}>
      <ComposedChart data={rows} margin={{ top: 8, right: (large ? 50 : 0) + (targets.length > 1 ? 76 : targets.length === 1 ? 48 : 12), bottom: 0, left: 0 }} accessibilityLayer={false}>
        {lines ? null : <Hatches id={id} palette={palette} />}
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis dataKey="name" {...axis} tickLine={false} interval={0} scale={lines ? 'point' : 'band'} padding={lines ? { left: 30, right: 30 } : {}} />
        <YAxis {...axis} width={large ? 100 : 56} tickLine={false} axisLine={false} allowDecimals={figure.unit !== 'RECORDS'} domain={lines ? lineDomain(parts, targets, band?.fromPercent ?? null) : [0, 'auto']}
          tickFormatter={(value: number) => (figure.unit === 'MINUTES' ? roughMinutes(value, speech) : figure.unit === 'PERCENT' ? `${value}%` : String(value))} />
        <Tooltip {...TOOLTIP} formatter={(value) => valueText(figure.unit, typeof value === 'number' ? value : null, speech)} />
        {parts.length > 1 ? <Legend iconType={lines ? 'plainline' : 'square'} itemSorter={null} wrapperStyle={{ fontSize: large ? 22 : 12 }} /> : null}
        {band?.fromPercent == null ? null : <ReferenceArea y1={band.fromPercent} y2={band.toPercent ?? 100} fill="var(--good)" fillOpacity={0.16} stroke="var(--good)" strokeOpacity={0.5} />}
        {targets.map((target) => <ReferenceLine key={target} y={target} stroke="var(--good)" strokeDasharray="5 4" label={{ value: targetLabel(target, targets), position: 'right', fill: 'var(--good)', fontSize: large ? 20 : 11 }} />)}
        {parts.map((part, at) => (lines ? (
          <Line key={part.key ?? 'all'} dataKey={`p${at}`} name={labelIn(part.label, speech.locale)} stroke={colour(at)} strokeDasharray={DASHES[at % DASHES.length] ?? ''} strokeWidth={large ? 4 : 2.5} isAnimationActive={false}
            dot={{ r: 4.5, fill: colour(at), strokeWidth: 0, cursor: 'pointer' }} activeDot={{ r: 7, cursor: 'pointer', onClick: (dot) => open(part, 'index' in dot && typeof dot.index === 'number' ? dot.index : undefined) }} />
        ) : (
          <Bar key={part.key ?? 'all'} dataKey={`p${at}`} name={labelIn(part.label, speech.locale)} fill={hatch(id, at)} isAnimationActive={false} maxBarSize={large ? 110 : 44} cursor="pointer"
            {...(stacked ? { stackId: 'all' } : {})} onClick={(_bar, index) => open(part, index)} />
        )))}
      </ComposedChart>
    </ResponsiveContainer>
  );
}

/** Targets that lie too near for a label each share the one of the lowest. */
const NEAR_PERCENT = 12;

function targetLabel(target: number, targets: readonly number[]): string {
  if (targets.some((other) => other < target && target - other < NEAR_PERCENT)) return '';
  const near = targets.filter((other) => other >= target && other - target < NEAR_PERCENT).toSorted((a, b) => a - b);
  return `> ${near.join('/')}%`;
}

/** From the ten below the lowest of values and targets to 100 %; a band shows some air above it. */
function lineDomain(parts: readonly Part[], targets: readonly number[], bandFrom: number | null): [number, number] {
  const values = [...parts.flatMap((part) => part.values.flatMap(({ value }) => value ?? [])), ...targets, ...(bandFrom === null ? [] : [bandFrom])];
  const lowest = Math.min(100, ...values);
  return [Math.max(0, Math.floor((lowest - 3) / 10) * 10), 100];
}

/** The largest first, with the share that they make up together. */
function ParetoChart({ figure, speech, onBar, large = false }: Props) {
  const id = useId();
  const axis = axisOf(large);
  const rows = figure.parts.slice(0, MOST_BARS).map((part) => ({ key: part.key, name: labelIn(part.label, speech.locale), size: part.values.at(-1)?.value ?? 0, sum: part.cumulativePercent }));
  const period = figure.overall.values.at(-1)?.period ?? '';
  const letters = Math.max(9, Math.floor(LETTERS / Math.max(1, rows.length)));
  return (
    <ResponsiveContainer width="100%" height={heightOf(large)} id={id}>
      <ComposedChart data={rows} margin={{ top: 8, right: 8, bottom: 0, left: 0 }} accessibilityLayer={false}>
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis dataKey="name" {...axis} tickLine={false} interval={0} tickFormatter={(name: string) => (name.length > letters ? `${name.slice(0, letters - 1)}…` : name)} />
        <YAxis yAxisId="size" {...axis} width={large ? 100 : 56} tickLine={false} axisLine={false} allowDecimals={false} tickFormatter={(value: number) => (figure.unit === 'MINUTES' ? roughMinutes(value, speech) : String(value))} />
        <YAxis yAxisId="sum" orientation="right" {...axis} width={large ? 84 : 46} tickLine={false} axisLine={false} domain={[0, 100]} tickFormatter={(value: number) => `${value}%`} />
        <Tooltip {...TOOLTIP} formatter={(value, name) => [name === speech.t('table.cumulative') ? `${String(value)}%` : valueText(figure.unit, Number(value), speech), String(name)]} />
        <Bar yAxisId="size" dataKey="size" name={labelIn(figure.name, speech.locale)} fill={colour(0)} isAnimationActive={false} maxBarSize={54} cursor="pointer" onClick={(_bar, index) => onBar(rows[index]?.key ?? null, period)} />
        <Line yAxisId="sum" dataKey="sum" name={speech.t('table.cumulative')} stroke={colour(1)} strokeWidth={2} isAnimationActive={false} dot={{ r: 3, fill: colour(1) }} />
      </ComposedChart>
    </ResponsiveContainer>
  );
}
