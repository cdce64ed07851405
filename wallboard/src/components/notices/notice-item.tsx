import { useDeskWords } from '../../app/desk-words.tsx';
import { Link } from '../../app/router.tsx';
import type { NoticeFieldsFragment } from '../../graphql/generated/desk/graphql.ts';
import { When } from '../when.tsx';
import { noticeLine, noticePath } from './notice-line.ts';

/** One notice: what it is about, of which record, when; opening it is reading it. */
export function NoticeItem({ notice, onRead }: { readonly notice: NoticeFieldsFragment; readonly onRead: () => void }) {
  const words = useDeskWords();
  const { notices: t } = words;
  const unread = notice.readAt === null;
  return (
    <li className="notice-item" data-unread={unread} data-kind={notice.kind}>
      <Link to={noticePath(notice)} onClick={() => { if (unread) onRead(); }}>
        <span className="notice-head"><span className="badge">{t(`kind.${notice.kind}`)}</span>{unread ? <span className="unread-dot" role="img" aria-label={t('unread')} /> : null}{notice.count > 1 ? <span className="badge">{t('times', { count: notice.count })}</span> : null}<When at={notice.at} /></span>
        <b>{noticeLine(notice, t, words)}</b>
        <span className="notice-record">{notice.number === null ? t('shiftHandover') : `${notice.number} ${notice.title ?? ''}`}</span>
        {notice.excerpt === null ? null : <q>{notice.excerpt}</q>}
      </Link>
      {unread ? <button type="button" className="plain" onClick={onRead} aria-label={t('markOne')} title={t('markOne')}>✓</button> : null}
    </li>
  );
}
