import { useApolloClient } from '@apollo/client/react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useDeskWords } from '../../app/desk-words.tsx';
import { Link, useLocation } from '../../app/router.tsx';
import { MarkNoticesReadDocument, type NoticeFieldsFragment } from '../../graphql/generated/desk/graphql.ts';
import { useNoticeFeed, type Bell } from './notice-feed.ts';
import { NoticeItem } from './notice-item.tsx';
import { noticeLine } from './notice-line.ts';
import './notices.css';
import { announceIn, withCount } from './title-count.ts';

/** The bell of the desk: an exact number, the newest notices in a panel, a word to screen readers, the count in the title (WBD-13). */
export function NoticeBell() {
  const t = useDeskWords().notices;
  const { state } = useNoticeFeed();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const { pathname } = useLocation();
  const unread = state?.unread ?? 0;
  useEffect(() => setOpen(false), [pathname]);
  useEffect(() => { document.title = withCount(document.title, unread); }, [unread, pathname]);
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !open) return;
    setOpen(false);
    button.current?.focus();
  };
  return (
    <div className="bell" role="group" aria-label={t('title')} onKeyDown={onKey}>
      <button ref={button} type="button" className="plain" aria-label={t('bell', { count: unread })} title={t('title')} aria-expanded={open} aria-controls="notice-panel" onClick={() => setOpen(!open)} data-unread={unread}>
        <svg aria-hidden="true" viewBox="0 0 20 20" width="18" height="18"><path d="M10 2a5 5 0 0 0-5 5v3.5L3.5 13v1h13v-1L15 10.500V7a5 5 0 0 0-5-5Zm-2 13.500a2 2 0 0 0 4 0Z" fill="currentColor" /></svg>
        {unread === 0 ? null : <b aria-hidden="true">{unread > 999 ? '999+' : unread}</b>}
      </button>
      {open && state !== null ? <Panel bell={state} /> : null}
      <Announcer bell={state} />
    </div>
  );
}

function Panel({ bell }: { readonly bell: Bell }) {
  const t = useDeskWords().notices;
  const client = useApolloClient();
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => { panel.current?.querySelector<HTMLElement>('a, button')?.focus(); }, []);
  const mark = (ids: readonly string[] | null): void => {
    // What was pressed goes away: the focus stays in the panel, or Escape would be heard by nobody.
    panel.current?.focus();
    void client.mutate({ mutation: MarkNoticesReadDocument, variables: { input: { ids } } });
  };
  return (
    <div tabIndex={-1} id="notice-panel" className="notice-panel" role="dialog" aria-label={t('title')} ref={panel}>
      <header><h2>{t('title')}</h2>{bell.unread === 0 ? null : <button type="button" onClick={() => mark(null)}>{t('markAll')}</button>}</header>
      {bell.notices.length === 0 ? <p className="quiet">{t('none')}</p> : <ul>{bell.notices.map((notice) => <NoticeItem key={notice.id} notice={notice} onRead={() => mark([notice.id])} />)}</ul>}
      <footer><Link to="/notices">{t('all')}</Link></footer>
    </div>
  );
}

/** Says the newest unread notice politely, at most every 15 s. */
function Announcer({ bell }: { readonly bell: Bell | null }) {
  const t = useDeskWords().notices;
  const words = useDeskWords();
  const [said, setSaid] = useState('');
  const last = useRef<{ at: number | null; key: string | null }>({ at: null, key: null });
  const newest = bell?.notices.find(({ readAt }) => readAt === null);
  const key = newest === undefined ? null : keyOf(newest);
  useEffect(() => {
    // What was there when the page came is no news.
    if (last.current.key === null || newest === undefined || bell === null) { last.current.key ??= bell === null ? null : (key ?? 'none'); return undefined; }
    if (key === last.current.key) return undefined;
    const timer = setTimeout(() => {
      last.current = { at: performance.now(), key };
      setSaid(t('announce', { count: bell.unread, line: `${newest.number ?? ''} ${noticeLine(newest, t, words)}`.trim() }));
    }, announceIn(last.current.at, performance.now()));
    return () => clearTimeout(timer);
    // oxlint-disable-next-line react/exhaustive-deps -- spoken once for each newest notice, whatever language comes after
  }, [key, bell?.unread]);
  return <p className="spoken" role="status" aria-live="polite">{said}</p>;
}

const keyOf = ({ id, count }: NoticeFieldsFragment): string => `${id} ${count}`;
