import { useAreaWords } from '../../app/area-words.ts';
import { metricsEnglish } from '../../lib/messages/metrics/en.ts';
import { metricsChinese, type MetricsMessageKey } from '../../lib/messages/metrics/zh-CN.ts';
import type { Translate } from '../../lib/messages/translator.ts';

/** The texts of these pages. */
export function useMetricsWords(): Translate<MetricsMessageKey> {
  return useAreaWords({ chinese: metricsChinese, english: metricsEnglish });
}
