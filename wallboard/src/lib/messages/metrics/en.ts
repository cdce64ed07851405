import type { MetricsMessageKey } from './zh-CN.ts';

export const metricsEnglish: Readonly<Record<MetricsMessageKey, string>> = {
  'title': 'Metrics',
};
