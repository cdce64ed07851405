import { cleanup, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import { renderDesk } from '../../app/desk.fixture.tsx';
import { createTranslate } from '../../lib/messages/translator.ts';
import { metricsChinese } from '../../lib/messages/metrics/zh-CN.ts';
import { metricsEnglish } from '../../lib/messages/metrics/en.ts';
import { MetricCard } from './metric-card.tsx';
import type { Figure, Part, Value } from './metric-text.ts';

afterEach(cleanup);

const value = (facts: Partial<Value>): Value => ({
  period: '2026-Q3', numerator: 9, denominator: 10, value: 90, reason: null, median: null, p90: null, met: null, target: null, ...facts,
});
const part = (key: string | null, name: string, values: Value[]): Part => ({
  key, label: { zh: name, en: name }, sharePercent: null, cumulativePercent: null, values,
});
const label = (zh: string, en: string) => ({ zh, en });
const target = { abovePercent: 90, fromPercent: null, toPercent: null };
const figure = (facts: Partial<Figure>): Figure => ({
  key: 'change-success', name: label('变更成功率', 'Change success rate'), definition: label('成功 ÷ 全部', 'Successful ÷ all'), shape: 'RATE', unit: 'PERCENT',
  dimension: 'category', pareto: false, snapshot: false, besideOf: null, overall: part(null, 'All', [value({})]), parts: [part('major', 'Major', [value({ target, met: false })])], ...facts,
});

function show(shown: Figure, locale: 'zh-CN' | 'en' = 'en') {
  const opened: unknown[] = [];
  const t = createTranslate(locale, locale === 'en' ? metricsEnglish : metricsChinese);
  renderDesk(<MetricCard figure={shown} beside={[]} speech={{ t, locale }} onBar={(...bar) => opened.push(bar)} />);
  return opened;
}

describe('MET-03 a figure on its page', () => {
  test('MET-03 has its definition beside it, its fraction, and the verdict in words', () => {
    show(figure({}));
    screen.getByText('Successful ÷ all');
    const row = screen.getByRole('row', { name: /^Major/ });
    expect(row.textContent).toContain('target > 90%');
    expect(row.textContent).toContain('✕ 90%');
    expect(row.textContent).toContain('9 / 10');
  });

  test('MET-03 what cannot be divided says so and opens nothing', () => {
    const nothing = value({ numerator: 0, denominator: 0, value: null, reason: 'NOTHING_TO_DIVIDE_BY' });
    show(figure({ overall: part(null, 'All', [nothing]), parts: [] }));
    expect(screen.getAllByText('nothing to divide by').length).toBeGreaterThan(0);
    expect(screen.queryByText('0%')).toBeNull();
    expect(within(screen.getByRole('row', { name: /^All/ })).getByRole<HTMLButtonElement>('button').disabled).toBe(true);
  });

  test('MET-01 a cell opens the records of its part and period', () => {
    const opened = show(figure({}));
    within(screen.getByRole('row', { name: /^Major/ })).getByRole('button', { name: /^Records behind Change success rate Major, Q3 2026: .*90%/ }).click();
    screen.getAllByRole('button', { name: /^Records behind Change success rate, Q3 2026: .*90%/ })[0]?.click();
    expect(opened).toEqual([['change-success', 'major', '2026-Q3'], ['change-success', undefined, '2026-Q3']]);
  });

  test('MET-02 a time is told as people say it, with its exact minutes, median and 90th percentile', () => {
    show(figure({ shape: 'DURATION', unit: 'MINUTES', dimension: null, parts: [], overall: part(null, 'All', [value({ numerator: 1194.62, denominator: 1, value: 1194.62, median: 90, p90: 3000 })]) }), 'zh-CN');
    expect(screen.getByRole('region', { name: '变更成功率' }).textContent).toContain('19.9 小时');
    expect(screen.getByRole('region', { name: '变更成功率' }).textContent).toContain('平均 1,194.62 分钟 · 中位数 90 分钟 · P90 2.1 天 · n 1');
  });
});
