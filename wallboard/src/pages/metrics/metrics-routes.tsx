import { useMetricsWords } from './metrics-words.ts';

/** Everything below /metrics. */
export function MetricsRoutes() {
  const t = useMetricsWords();
  return <main className="ticket"><h1>{t('title')}</h1></main>;
}
