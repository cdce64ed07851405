import type { ReactNode } from 'react';
import { useDeskWords } from '../../app/desk-words.tsx';
import { describeFault } from './describe-fault.ts';
import './page-state.css';

/*
 * The states of a page, or of a part of one, beside *ready*: loading, empty, missing, forbidden, failed, stale.
 * Each says what is so in words, and what one can do about it.
 */

/** The first answer is on its way. */
export function PageLoading() {
  const { t } = useDeskWords();
  return <p className="page-state page-wait" role="status" data-page-state="loading">{t('loading')}</p>;
}

/** The answer came and holds nothing; `children` says of what, and what one might do. */
export function PageEmpty({ children }: { readonly children: ReactNode }) {
  return <div className="page-state" data-page-state="empty">{children}</div>;
}

/** There is no such thing, or none that one may see: the server does not tell which. */
export function PageMissing({ children }: { readonly children: ReactNode }) {
  return <div className="page-state" role="alert" data-page-state="missing">{children}</div>;
}

/** One is signed in and may not see this. */
export function PageForbidden({ detail }: { readonly detail?: string }) {
  const { t } = useDeskWords();
  return (
    <div className="page-state" role="alert" data-page-state="forbidden">
      <p>{t('state.forbidden')}</p>
      {detail === undefined ? null : <p className="quiet" lang="en">{detail}</p>}
    </div>
  );
}

/** No answer, and nothing known from before. `retry` asks again. */
export function PageFailed({ error, retry }: { readonly error: unknown; readonly retry?: () => unknown }) {
  const { t } = useDeskWords();
  const fault = describeFault(error);
  if (fault.kind === 'forbidden') return <PageForbidden detail={fault.message} />;
  return (
    <div className="page-state page-error" role="alert" data-page-state="failed" data-fault={fault.kind}>
      <p>{t(`state.failed.${fault.kind}`)}</p>
      {fault.kind === 'away' ? null : <p className="quiet" lang="en">{fault.message}</p>}
      {retry === undefined ? null : <button type="button" onClick={() => void retry()}>{t('state.retry')}</button>}
    </div>
  );
}

/** What is shown stands as it was: asking again failed. */
export function PageStale({ error, retry }: { readonly error: unknown; readonly retry?: () => unknown }) {
  const { t } = useDeskWords();
  return (
    <p className="notice stale" role="alert" data-page-state="stale">
      {t('state.stale')} {t(`state.failed.${describeFault(error).kind}`)}
      {retry === undefined ? null : <> <button type="button" onClick={() => void retry()}>{t('state.retry')}</button></>}
    </p>
  );
}
