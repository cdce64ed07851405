import { MINUTE, toIso } from '../../kernel/instant.ts';
import type { VocabularyWords } from '../service-level/vocabulary.rules.ts';
import type { MissedPromise } from './customer-report.rules.ts';
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
    asOf: 'As of', timeZone: 'Time zone', state: 'State', issuedAt: 'Issued', issuedBy: 'Issued by', analysis: 'Analysis', actions: 'Actions', customer: 'Customer', remark: 'Remarks',
    missed: ['Missed promise', 'Title', 'Level', 'Clock', 'Due', 'Met', 'Late, minutes', 'Suspended, minutes', 'Waited for', 'Cause'],
  },
  'zh-CN': {
    columns: ['指标', '分项', '期间', '分子', '分母', '值', '单位', '中位数', 'P90', '目标', '达标', '说明', '定义', '标识', '分项标识'],
    asOf: '统计时刻', timeZone: '时区', state: '状态', issuedAt: '发布时间', issuedBy: '发布人', analysis: '分析', actions: '措施', customer: '客户', remark: '说明与建议',
    missed: ['未达成的承诺', '标题', '级别', '时钟', '截止时刻', '达成时刻', '超时（分钟）', '挂起（分钟）', '等待原因', '原因分类'],
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

type Words = Pick<VocabularyWords, 'clockKinds' | 'suspensionReasons' | 'causeClasses'>;

/** Missed promises under their own head; times as instants, so that a sheet can sort them. */
export function missedRows(missed: readonly MissedPromise[], words: Words, locale: Locale): Cell[][] {
  const label = (terms: readonly (Term & { readonly key: string })[], key: string): string => {
    const found = terms.find((one) => one.key === key);
    return found === undefined ? key : locale === 'en' ? found.en : found.zh;
  };
  return [[...HEADS[locale].missed], ...missed.map(({ number, title, level, clock, dueAt, metAt, pendingMinutes, pendingReasons, cause }) => [
    number, title, level, label(words.clockKinds, clock), toIso(dueAt), metAt === null ? null : toIso(metAt), metAt === null ? null : Math.round((metAt - dueAt) / MINUTE), pendingMinutes,
    pendingReasons.map((key) => label(words.suspensionReasons, key)).join(', '), cause === null ? null : label(words.causeClasses, cause),
  ])];
}

interface ListedRecord {
  readonly number: string;
  readonly kind: string;
  readonly title: string;
  readonly customerName: string;
  readonly teamName: string | null;
  readonly teamNameZh: string | null;
  readonly at: number;
  readonly hit: boolean;
  readonly amount: number;
  readonly part: string | null;
}

const RECORD_HEADS = {
  en: ['Number', 'Kind', 'Title', 'Customer', 'Team', 'At', 'Time zone', 'Counts above the line', 'Amount', 'Part key'],
  'zh-CN': ['编号', '类别', '标题', '客户', '团队', '时刻', '时区', '计入分子', '数值', '分项标识'],
} as const;

export function recordHead(locale: Locale): readonly string[] {
  return RECORD_HEADS[locale];
}

/** A record behind a bar as a line of a file; its instant as ISO text, with the zone of the periods in a column of its own. */
export function recordRow({ number, kind, title, customerName, teamName, teamNameZh, at, hit, amount, part }: ListedRecord, { timeZone, locale }: { readonly timeZone: string; readonly locale: Locale }): string[] {
  return [number, kind, title, customerName, (locale === 'en' ? teamName : teamNameZh) ?? '', toIso(at), timeZone, hit ? '1' : '0', String(amount), part ?? ''];
}

/** "> 90 %" or "30–50 %". */
export function targetText(target: MetricTarget): string {
  switch (target.kind) {
    case 'above': return `> ${target.percent} %`;
    case 'within': return `${target.fromPercent}–${target.toPercent} %`;
  }
}
