import { useApolloClient, useQuery } from '@apollo/client/react';
import { lazy, Suspense, useState } from 'react';
import { useDeskWords } from '../../app/desk-words.tsx';
import { Link, Navigate, useNavigate, useParams, useSearchParams } from '../../app/router.tsx';
import { PageLoading, PageMissing } from '../../components/page-state/page-state.tsx';
import { StaleNotice } from '../../components/stale-notice.tsx';
import { useDeskTicker } from '../../components/use-desk-ticker.ts';
import { useKeysOn, useLetterKeys } from '../../components/use-letter-keys.ts';
import { ChooseDefaultViewDocument, QueueChoicesDocument, QueueFeedDocument, ViewerDocument } from '../../graphql/generated/desk/graphql.ts';
import { queueMark, reduceQueue } from '../../lib/feed/queue-reducer.ts';
import { useLive } from '../../lib/feed/use-live.ts';
import { TickerProvider } from '../../lib/ticking/live-text.tsx';
import { keptColumns, switchPages, wantsPages } from './queue-choices.ts';
import { readQueueView } from './queue-filter.ts';
import { QueueBar } from './queue-bar.tsx';
import { QueueFilters } from './queue-filters.tsx';
import { QueueList } from './queue-list.tsx';
import { useQueueWords } from './queue-words.ts';
import { useLiveSummary } from './use-live-summary.ts';
import { QueueSearchContext, useQueueSearch, useSearchOf } from './use-queue-search.ts';
import { useOpenView, type OpenView, type SavedView } from './use-saved-views.ts';
import './queue.css';

// What is not needed for the first rows comes after them.
const FilterBar = lazy(async () => ({ default: (await import('./filter-bar.tsx')).FilterBar }));
const ViewList = lazy(async () => ({ default: (await import('./view-list.tsx')).ViewList }));
const ViewEditor = lazy(async () => ({ default: (await import('./view-editor.tsx')).ViewEditor }));
const KeyHelp = lazy(async () => ({ default: (await import('./key-help.tsx')).KeyHelp }));
const PlainPages = lazy(async () => ({ default: (await import('./plain-pages.tsx')).PlainPages }));
const FILTER_INPUT = 'queue-text';

/** The queue of team leads (WBD-04): the address bar holds the filter, the stream holds the order. */
export function QueuePage() {
  const slug = useParams()['slug'] ?? null;
  const { size } = useSearchParams()[0];
  const t = useQueueWords();
  const { views, preferred, open, refetch } = useOpenView(slug, size === 0);
  const search = useSearchOf(slug, open);
  if (preferred !== null) return <Navigate replace to={`/queue/v/${preferred.slug}`} />;
  if (open.state === 'waiting') return <PageLoading />;
  if (open.state === 'missing') return <PageMissing><p>{t('view.missing', { slug: slug ?? '' })}</p><Link to="/queue/v/all">{t('view.toAll')}</Link></PageMissing>;
  return <QueueSearchContext value={search}><OpenQueue views={views} open={open} refetch={refetch} /></QueueSearchContext>;
}

interface OpenProps {
  readonly views: readonly SavedView[];
  readonly open: OpenView;
  readonly refetch: () => Promise<unknown>;
}

type Dialog = 'save' | 'edit' | 'keys' | null;

function OpenQueue({ views, open, refetch }: OpenProps) {
  const { t: desk } = useDeskWords();
  const t = useQueueWords();
  const navigate = useNavigate();
  const client = useApolloClient();
  const [search] = useQueueSearch();
  const view = readQueueView(search);
  const columns = view.columns.length > 0 ? view.columns : keptColumns();
  const choices = useQuery(QueueChoicesDocument).data;
  const permissions = useQuery(ViewerDocument).data?.viewer?.permissions ?? [];
  const [pages, setPages] = useState(wantsPages);
  const [dialog, setDialog] = useState<Dialog>(null);
  const live = useLive({
    document: QueueFeedDocument, variables: { filter: view.filter, sort: view.sort, group: view.group, grouped: view.group !== null }, updateOf: (data) => data.queue, markOf: queueMark, reduce: reduceQueue,
  });
  const ticker = useDeskTicker(live.clock);
  const keysOn = useKeysOn();
  const summary = useLiveSummary(live.state?.keys ?? null);
  useLetterKeys({
    '/': () => document.getElementById(FILTER_INPUT)?.focus(), '?': () => setDialog('keys'),
    'g q': () => void navigate('/queue'), 'g b': () => window.location.assign('/board'), 'g m': () => void navigate('/my-work'),
  });
  const prefer = async (id: string | null): Promise<void> => {
    await client.mutate({ mutation: ChooseDefaultViewDocument, variables: { input: { id } } });
    await refetch();
  };
  const saved = async (slug: string | null): Promise<void> => {
    setDialog(null);
    await refetch();
    void navigate(slug === null ? '/queue/v/all' : `/queue/v/${slug}`);
  };
  return (
    <TickerProvider ticker={ticker}>
      <main className="queue">
        <Suspense fallback={<nav className="view-list" />}>
          <ViewList views={views} open={open.view} changed={open.view !== null && search.toString() !== open.search.toString()} onSave={() => setDialog('save')} onEdit={() => setDialog('edit')} onPrefer={(id) => void prefer(id)} />
        </Suspense>
        <div className="queue-main">
          <StaleNotice lastHeardAt={live.lastHeardAt} detail={live.detail} />
          {view.unknown.length === 0 ? null : <p className="notice" role="status">{desk('queue.unknown', { words: view.unknown.join(', ') })}</p>}
          <Suspense fallback={<div className="filter-bar"><div className="bar-line" /></div>}><FilterBar choices={choices} /></Suspense>
          <QueueFilters choices={choices} />
          <QueueBar view={view} columns={columns} total={live.state?.total ?? null} pages={pages} onPages={(on) => { switchPages(on); setPages(on); }} onHelp={() => setDialog('keys')} />
          {pages ? <Suspense fallback={<PageLoading />}><PlainPages key={search.toString()} view={view} columns={columns} /></Suspense>
            : live.state === null ? <PageLoading /> : <QueueList list={live.state} view={view} columns={columns} choices={choices} viewerMay={(permission) => permissions.includes(permission)} />}
          <p className="keys">{t(keysOn ? 'keys.line' : 'keys.off')}</p>
          <p className="unseen" role="status">{summary === null ? '' : t('live.summary', { ...summary })}</p>
        </div>
        <Suspense>
          {dialog === 'keys' ? <KeyHelp onClose={() => setDialog(null)} /> : null}
          {dialog === 'save' || dialog === 'edit' ? (
            <ViewEditor view={view} columns={columns} before={dialog === 'edit' ? open.view : null} choices={choices} onDone={(slug) => void saved(slug)} onClose={() => setDialog(null)} />
          ) : null}
        </Suspense>
      </main>
    </TickerProvider>
  );
}
