import { Link } from '../../app/router.tsx';
import type { Release } from './release-view.ts';
import { useReleaseWords } from './release-words.ts';
import { WindowText } from './window-text.tsx';

/** Number, stage, version and window, above everything else. */
export function ReleaseHead({ release }: { readonly release: Release }) {
  const t = useReleaseWords();
  return (
    <header className="ticket-head">
      <div>
        <p className="ticket-number">
          <b>{release.number}</b> <span className="badge" data-release={release.state}>{t(`state.${release.state}`)}</span>
          {release.closedAt === null ? null : <span className="badge" data-outcome={release.outcome}>{t(`outcome.${release.outcome}`)}</span>}
          <Link to="/releases">{t('list.back')}</Link>
        </p>
        <h1>{release.title} <small>{release.releaseVersion}</small></h1>
        <p className="ticket-sub">{release.customer.name} · {t('column.owner')} {release.owner?.name ?? '—'}</p>
      </div>
      <div className="release-window">
        <small>{t('column.window')}</small>
        <p>{release.windowStartAt === null ? (release.plannedMonth ?? t('plan.unscheduled')) : <WindowText from={release.windowStartAt} to={release.windowEndAt} />}</p>
      </div>
    </header>
  );
}
