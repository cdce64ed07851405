import { useApolloClient, useMutation, useQuery } from '@apollo/client/react';
import { useEffect, useState } from 'react';
import { useDeskWords } from '../../app/desk-words.tsx';
import { useSearchParams } from '../../app/router.tsx';
import { useNoticeFeed } from '../../components/notices/notice-feed.ts';
import { NoticeItem } from '../../components/notices/notice-item.tsx';
import '../../components/notices/notices.css';
import { QueryState } from '../../components/page-state/query-state.tsx';
import { StaleNotice } from '../../components/stale-notice.tsx';
import { MarkNoticesReadDocument, NoticeListDocument, NoticeSettingsDocument, SetNoticeKindDocument } from '../../graphql/generated/desk/graphql.ts';
import { FRESH_QUERY } from '../../lib/feed/fresh-query.ts';
import './notices-page.css';

/** All that one was told in the last 90 days, live; and what one wants to be told (WBD-13). */
export function NoticesPage() {
  const t = useDeskWords().notices;
  const [search, setSearch] = useSearchParams();
  const unreadOnly = search.get('view') === 'unread';
  const list = useQuery(NoticeListDocument, { variables: { unreadOnly, after: null }, fetchPolicy: 'cache-and-network', context: FRESH_QUERY });
  const live = useNoticeFeed();
  const client = useApolloClient();
  const [loading, setLoading] = useState(false);
  const { refetch, fetchMore } = list;
  const newest = `${live.state?.unread} ${live.state?.notices[0]?.id} ${live.state?.notices[0]?.count}`;
  useEffect(() => { void refetch(); }, [newest, refetch]);
  const mark = async (ids: readonly string[] | null): Promise<void> => {
    await client.mutate({ mutation: MarkNoticesReadDocument, variables: { input: { ids } } });
    await refetch();
  };
  const more = async (after: string | null): Promise<void> => {
    setLoading(true);
    await fetchMore({ variables: { after }, updateQuery: (before, { fetchMoreResult: { notices } }) => ({ notices: { ...notices, edges: [...before.notices.edges, ...notices.edges] } }) });
    setLoading(false);
  };
  return (
    <main className="ticket notices-page">
      <StaleNotice lastHeardAt={live.lastHeardAt} detail={live.detail} />
      <header className="notices-head">
        <h1>{t('title')}</h1>
        <div className="chips">{(['all', 'unread'] as const).map((view) => <button key={view} type="button" aria-pressed={unreadOnly === (view === 'unread')} onClick={() => setSearch({ view })}>{t(`view.${view}`)}</button>)}</div>
        <button type="button" onClick={() => void mark(null)} disabled={(list.data?.notices.unread ?? 0) === 0}>{t('markAll')}</button>
      </header>
      <div className="notices-columns">
        <QueryState result={list} isEmpty={({ notices }) => notices.edges.length === 0} empty={t(unreadOnly ? 'noneUnread' : 'none')}>
          {({ notices }) => (
            <section className="card">
              <ul>{notices.edges.map(({ node }) => <NoticeItem key={node.id} notice={node} onRead={() => void mark([node.id])} />)}</ul>
              {notices.pageInfo.hasNextPage ? <button type="button" disabled={loading} onClick={() => void more(notices.pageInfo.endCursor)}>{t('more')}</button> : null}
            </section>
          )}
        </QueryState>
        <Settings />
      </div>
    </main>
  );
}

function Settings() {
  const t = useDeskWords().notices;
  const settings = useQuery(NoticeSettingsDocument);
  const [set] = useMutation(SetNoticeKindDocument, { refetchQueries: [NoticeSettingsDocument] });
  return (
    <aside className="card notice-settings">
      <h2>{t('settings.title')}</h2>
      <QueryState result={settings}>
        {({ noticeSettings }) => (
          <ul>{noticeSettings.map(({ kind, inApp, fixed }) => (
            <li key={kind}><label><input type="checkbox" checked={inApp} disabled={fixed} onChange={(event) => void set({ variables: { input: { kind, inApp: event.target.checked } } })} /> {t(`kind.${kind}`)}</label></li>
          ))}</ul>
        )}
      </QueryState>
      <p className="quiet"><small>{t('settings.hint')}</small></p>
    </aside>
  );
}
