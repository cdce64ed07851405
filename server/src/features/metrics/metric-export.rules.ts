import type { MetricTarget, MetricUnit, MetricValue } from './metric-figure.rules.ts';
import type { Term } from './metric-term.rules.ts';

export type Cell = string | number | null;
type Locale = 'zh-CN' | 'en';

interface ExportedValue {
  readonly figure: string;
  readonly name: Term;
  readonly definition: Term;
  readonly unit: MetricUnit;
  readonly part: string | null;
  readonly label: Term;
  readonly period: string;
  readonly value: MetricValue;
}

const HEADS = {
  en: {
    columns: ['Figure', 'Part', 'Period', 'Numerator', 'Denominator', 'Value', 'Unit', 'Median', 'P90', 'Target', 'Met', 'Note', 'Definition', 'Key', 'Part key'],
    asOf: 'As of', timeZone: 'Time zone', state: 'State', issuedAt: 'Issued', issuedBy: 'Issued by', analysis: 'Analysis', actions: 'Actions',
  },
  'zh-CN': {
    columns: ['指标', '分项', '期间', '分子', '分母', '值', '单位', '中位数', 'P90', '目标', '达标', '说明', '定义', '标识', '分项标识'],
    asOf: '统计时刻', timeZone: '时区', state: '状态', issuedAt: '发布时间', issuedBy: '发布人', analysis: '分析', actions: '措施',
  },
} as const;

const UNITS = { percent: { zh: '%', en: '%' }, records: { zh: '条', en: 'records' }, minutes: { zh: '分钟', en: 'minutes' } } as const satisfies Record<MetricUnit, Term>;
const WORDS = {
  met: { zh: '达标', en: 'met' }, missed: { zh: '未达标', en: 'not met' }, undefined: { zh: '无可计算的记录', en: 'nothing to divide by' },
} as const satisfies Record<string, Term>;

export function exportHead(locale: Locale) {
  return HEADS[locale];
}

/** One row a figure, part and period, with the very numbers that the API answers. */
export function exportRows(values: readonly ExportedValue[], locale: Locale): Cell[][] {
  const text = (term: Term): string => (locale === 'en' ? term.en : term.zh);
  return values.map(({ figure, name, definition, unit, part, label, period, value }) => [
    text(name), text(label), period, value.numerator, value.denominator, value.value, text(UNITS[unit]), value.median, value.p90,
    value.target === null ? null : targetText(value.target), value.met === null ? null : text(value.met ? WORDS.met : WORDS.missed),
    value.reason === null ? null : text(WORDS.undefined), text(definition), figure, part,
  ]);
}

/** "> 90 %" or "30–50 %". */
export function targetText(target: MetricTarget): string {
  switch (target.kind) {
    case 'above': return `> ${target.percent} %`;
    case 'within': return `${target.fromPercent}–${target.toPercent} %`;
  }
}
