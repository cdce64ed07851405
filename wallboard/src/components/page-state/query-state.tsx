import type { ReactNode } from 'react';
import { PageEmpty, PageFailed, PageLoading, PageStale } from './page-state.tsx';

interface Asked<Data> {
  readonly data?: Data | undefined;
  readonly previousData?: Data | undefined;
  readonly error?: unknown;
  readonly refetch?: () => unknown;
}

interface Props<Data> {
  /** What `useQuery` answered. */
  readonly result: Asked<Data>;
  readonly isEmpty?: (data: Data) => boolean;
  /** Shown instead of `children` when `isEmpty`. */
  readonly empty?: ReactNode;
  readonly children: (data: Data) => ReactNode;
}

interface Notice {
  readonly error: unknown;
  /** Whether something is shown beside it. */
  readonly known: boolean;
  readonly retry?: () => unknown;
}

/** What is to be said above a list that stands by itself: that it loads, failed, or is old; nothing when all is well. */
export function QueryNotice({ error, known, retry }: Notice) {
  const again = retry === undefined ? {} : { retry };
  if (error === undefined) return known ? null : <PageLoading />;
  return known ? <PageStale error={error} {...again} /> : <PageFailed error={error} {...again} />;
}

/** One of the states of a page, by what a query answered; a failed refresh leaves what was known, and says that it is old. */
export function QueryState<Data>({ result, isEmpty, empty, children }: Props<Data>) {
  const { error, refetch } = result;
  const data = result.data ?? result.previousData;
  return (
    <>
      <QueryNotice error={error} known={data !== undefined} {...(refetch === undefined ? {} : { retry: refetch })} />
      {data === undefined ? null : isEmpty?.(data) === true ? <PageEmpty>{empty}</PageEmpty> : children(data)}
    </>
  );
}
