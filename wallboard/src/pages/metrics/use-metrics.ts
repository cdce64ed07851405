import { useQuery } from '@apollo/client/react';
import { useCallback, useEffect, useRef } from 'react';
import { MetricPeriodsDocument, MetricsPageDocument, type MetricPeriodLength, type MetricSection, type TicketKind } from '../../graphql/generated/desk/graphql.ts';
import { useRecordsFeed } from '../../lib/feed/records-feed.ts';
import type { MetricAddress } from './metric-address.ts';

const KIND_OF: Readonly<Record<MetricSection, TicketKind>> = { CHANGES: 'CHANGE', RELEASES: 'RELEASE', INCIDENTS: 'INCIDENT', PROBLEMS: 'PROBLEM' };
/** A busy desk changes many records a second; a page of figures is counted anew at most this often. */
const RELOAD_EVERY_MS = 1500;

/** The figures of a section, counted again when a record of its kind changes (MET-05). */
export function useMetrics(section: MetricSection, { period, customerId, teamId }: MetricAddress) {
  const query = useQuery(MetricsPageDocument, { variables: { section, period, customerId, teamId }, fetchPolicy: 'no-cache' });
  const { refetch } = query;
  const reload = useAtMostEvery(RELOAD_EVERY_MS, useCallback(() => refetch(), [refetch]));
  const live = useRecordsFeed(KIND_OF[section], null, reload);
  return { page: query.data?.metrics ?? query.previousData?.metrics, error: query.error, live };
}

/** Quarters or months that can be chosen, the one that runs first; by the organisation's calendar, which the server knows. */
export function usePeriods(length: MetricPeriodLength): readonly string[] {
  return useQuery(MetricPeriodsDocument, { variables: { length } }).data?.metricPeriods.map(({ key }) => key) ?? [];
}

/** Does the work now, or once at the end of the span that runs since it was last done. */
function useAtMostEvery(spanMs: number, work: () => Promise<unknown>): () => Promise<void> {
  const last = useRef(Number.NEGATIVE_INFINITY);
  const waiting = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(() => () => {
    if (waiting.current !== null) clearTimeout(waiting.current);
  }, []);
  return useCallback(async () => {
    if (waiting.current !== null) return;
    const run = (): void => {
      waiting.current = null;
      last.current = performance.now();
      void work();
    };
    const wait = last.current + spanMs - performance.now();
    if (wait <= 0) run();
    else waiting.current = setTimeout(run, wait);
  }, [spanMs, work]);
}
