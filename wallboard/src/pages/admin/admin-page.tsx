import { useState, type ReactNode } from 'react';
import { Link, useSearchParams } from '../../app/router.tsx';
import { useAdminWords } from './admin-words.ts';

/** A page of the admin area: where one is, its title, and what belongs beside it. */
export function AdminPage({ title, up, badge, aside, children }: { readonly title: string; readonly up?: readonly [path: string, label: string]; readonly badge?: ReactNode; readonly aside?: ReactNode; readonly children: ReactNode }) {
  return (
    <main className="admin-page">
      <header className="admin-head">
        <div>{up === undefined ? null : <p className="admin-up"><Link to={up[0]}>← {up[1]}</Link></p>}<h1>{title} {badge}</h1></div>
        {aside}
      </header>
      {children}
    </main>
  );
}

/** A search that stands in the address, so that it can be sent to somebody. */
export function useSearchText(): readonly [string, ReactNode] {
  const t = useAdminWords();
  const [params, setParams] = useSearchParams();
  const text = params.get('q') ?? '';
  return [text, <input key="search" type="search" className="admin-search" aria-label={t('search')} placeholder={t('search')} value={text} onChange={(event) => setParams(event.target.value === '' ? {} : { q: event.target.value }, { replace: true })} />];
}

/** "New …": a form that is not there until it is asked for. */
export function NewForm({ label, children }: { readonly label: string; readonly children: (close: () => void) => ReactNode }) {
  const [open, setOpen] = useState(false);
  return <>{open ? null : <button type="button" className="main new-record" onClick={() => setOpen(true)}>{label}</button>}{open ? <section className="card new-form">{children(() => setOpen(false))}</section> : null}</>;
}

export function Active({ active }: { readonly active: boolean }) {
  const t = useAdminWords();
  return <span className="badge" data-active={active}>{t(active ? 'active' : 'inactive')}</span>;
}
