import { term } from './metric-term.rules.ts';
import type { MetricDefinition } from './metric-figure.rules.ts';

const base = { section: 'problems', dimension: 'severity' } as const;

/** MET-02 for problems: opened, ended, waiting, known, come back. */
export const PROBLEM_METRICS: readonly MetricDefinition[] = [
  {
    ...base, key: 'problem-opened', shape: 'count', unit: 'records', name: term('新开问题', 'Problems opened'),
    definition: term('本期登记的问题。', 'Problems recorded in the period.'),
  },
  {
    ...base, key: 'problem-closed', shape: 'count', unit: 'records', name: term('关闭问题', 'Problems closed'),
    definition: term('本期关闭的问题。', 'Problems closed in the period.'),
  },
  {
    ...base, key: 'problem-known-errors', shape: 'count', unit: 'records', name: term('已知错误', 'Known errors'),
    definition: term('本期成为已知错误的问题。', 'Problems that became known errors in the period.'),
  },
  {
    ...base, key: 'problem-recurred', shape: 'rate', unit: 'percent', name: term('问题复发率', 'Recurrence'),
    definition: term(
      '解决后又有关联事件发生的问题 ÷ 本期解决的全部问题。',
      'Problems that a linked incident was reported of after they were resolved ÷ all problems resolved in the period.',
    ),
  },
  {
    ...base, key: 'problem-time', shape: 'duration', unit: 'minutes', name: term('问题解决时间', 'Time to resolve'),
    definition: term('本期解决的问题：从登记到解决。', 'Of the problems resolved in the period: from recording to resolution.'),
  },
  {
    ...base, key: 'problem-backlog', dimension: 'age', shape: 'count', unit: 'records', snapshot: true, name: term('未关闭问题的账龄', 'Backlog by age'),
    definition: term('期末（或现在）未关闭的问题，按登记以来的天数。', 'Problems not closed at the end of the period, or now, by days since they were recorded.'),
  },
];
