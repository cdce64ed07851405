import { useQuery } from '@apollo/client/react';
import { useSearchParams } from 'react-router';
import { useDeskWords } from '../../app/desk-words.tsx';
import { StaleNotice } from '../../components/stale-notice.tsx';
import { useDeskTicker } from '../../components/use-desk-ticker.ts';
import { QueueChoicesDocument, QueueFeedDocument } from '../../graphql/generated/desk/graphql.ts';
import { queueMark, reduceQueue } from '../../lib/feed/queue-reducer.ts';
import { useLive } from '../../lib/feed/use-live.ts';
import { TickerProvider } from '../../lib/ticking/live-text.tsx';
import { readQueueView } from './queue-filter.ts';
import { QueueFilters } from './queue-filters.tsx';
import { QueueGrid } from './queue-grid.tsx';
import { useSortedKeys } from './use-sorted-keys.ts';

/** The queue of team leads (WBD-04): the address bar holds the filter, the stream holds the order. */
export function QueuePage() {
  const { t } = useDeskWords();
  const [search] = useSearchParams();
  const view = readQueueView(search);
  const choices = useQuery(QueueChoicesDocument);
  const live = useLive({
    document: QueueFeedDocument, variables: { filter: view.filter }, updateOf: (data) => data.queue, markOf: queueMark, reduce: reduceQueue,
  });
  const sorted = useSortedKeys(view.filter, view.sort, live.state);
  const list = view.sort === 'PRIORITY' ? live.state : sorted;
  const ticker = useDeskTicker(live.clock);
  return (
    <TickerProvider ticker={ticker}>
      <main className="queue">
        <StaleNotice lastHeardAt={live.lastHeardAt} detail={live.detail} />
        {view.unknown.length === 0 ? null : <p className="notice" role="status">{t('queue.unknown', { words: view.unknown.join(', ') })}</p>}
        <QueueFilters choices={choices.data} total={live.state?.total ?? null} />
        {list === null ? <p className="page-wait">{t('loading')}</p> : <QueueGrid keys={list.keys} />}
      </main>
    </TickerProvider>
  );
}
