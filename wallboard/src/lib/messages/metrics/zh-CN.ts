/** What the pages of this area say, as ICU messages. English must have exactly these keys. */
export const metricsChinese = {
  'title': '指标',
} as const satisfies Readonly<Record<string, string>>;

export type MetricsMessageKey = keyof typeof metricsChinese;
