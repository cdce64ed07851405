import type { MetricFigurePartsFragment, MetricPartValuesFragment } from '../../graphql/generated/desk/graphql.ts';
import type { MetricsMessageKey } from '../../lib/messages/metrics/zh-CN.ts';
import type { Locale, Translate } from '../../lib/messages/translator.ts';

export type Figure = MetricFigurePartsFragment;
export type Part = MetricPartValuesFragment;
export type Value = Part['values'][number];

export interface MetricSpeech {
  readonly t: Translate<MetricsMessageKey>;
  readonly locale: Locale;
}

export const labelIn = (label: { readonly zh: string; readonly en: string }, locale: Locale): string => (locale === 'en' ? label.en : label.zh);

const numbers = { 'zh-CN': new Intl.NumberFormat('zh-CN', { maximumFractionDigits: 2 }), en: new Intl.NumberFormat('en', { maximumFractionDigits: 2 }) } as const;
export const numberText = (value: number, locale: Locale): string => numbers[locale].format(value);

/** The value as it is shown; an undefined one in words, never as 0 (MET-03). */
export function valueText(unit: Figure['unit'], value: number | null, { t, locale }: MetricSpeech): string {
  if (value === null) return t('value.none');
  switch (unit) {
    case 'PERCENT': return `${numberText(value, locale)}%`;
    case 'RECORDS': return numberText(value, locale);
    case 'MINUTES': return minutesText(value, { t, locale });
  }
}

/** Minutes as they are; hours and days beside them only where they read better, in the axis and titles. */
export function minutesText(value: number, { t, locale }: MetricSpeech): string {
  return t('unit.minutes', { value: numberText(value, locale) });
}

const HOUR = 60;
const DAY = 24 * HOUR;

/** "2.4 d", "6.5 h", "12 min": short, for the eye only. */
export function roughMinutes(value: number, { t }: MetricSpeech): string {
  if (isRough(value)) return value >= 2 * DAY ? t('unit.days', { value: (value / DAY).toFixed(1) }) : t('unit.hours', { value: (value / HOUR).toFixed(1) });
  return t('unit.minutes', { value: Math.round(value) });
}

/** So long that hours or days read better than minutes. */
export function isRough(value: number): boolean {
  return value >= 2 * HOUR;
}

export function targetText({ target }: Value, { t }: MetricSpeech): string | null {
  if (target === null) return null;
  if (target.abovePercent !== null) return t('target.above', { percent: target.abovePercent });
  return t('target.within', { from: target.fromPercent ?? 0, to: target.toPercent ?? 0 });
}

/** "Q4 2026" or "2026-11". */
export function periodText(key: string, { t }: MetricSpeech): string {
  const [year = '', rest = ''] = key.split('-');
  return rest.startsWith('Q') ? t('quarter.name', { year, n: rest.slice(1) }) : t('month.name', { year, n: rest });
}

/** "2026 Q4" or "2026-11": for an axis or the head of a column. */
export function shortPeriod(key: string, speech: MetricSpeech): string {
  const [year = '', rest = ''] = key.split('-');
  return rest.startsWith('Q') ? speech.t('quarter.short', { year, n: rest.slice(1) }) : key;
}
