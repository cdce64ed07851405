import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { Link, useSearchParams } from '../../app/router.tsx';
import { QueryNotice } from '../../components/page-state/query-state.tsx';
import { useDeskWords } from '../../app/desk-words.tsx';
import { StaleNotice } from '../../components/stale-notice.tsx';
import { ComingDeploymentsDocument, ReleaseYearPlanDocument } from '../../graphql/generated/desk/graphql.ts';
import { useRecordsFeed } from '../../lib/feed/records-feed.ts';
import type { Planned } from './release-view.ts';
import { useReleaseWords } from './release-words.ts';
import { WindowText } from './window-text.tsx';

const MONTHS = Array.from({ length: 12 }, (_, index) => String(index + 1).padStart(2, '0'));
const COMING_DAYS = 30;
const DAY_MS = 86_400_000;

/** REL-08: what is planned for the year, month by month, and the next deployments; the desk sees it as well. */
export function YearPlanPage() {
  const t = useReleaseWords();
  const [search] = useSearchParams();
  const [now] = useState(() => Date.now());
  const year = yearOf(search.get('year'), now);
  const plan = useQuery(ReleaseYearPlanDocument, { variables: { year }, fetchPolicy: 'cache-and-network' });
  const coming = useQuery(ComingDeploymentsDocument, { variables: { from: new Date(now).toISOString(), to: new Date(now + COMING_DAYS * DAY_MS).toISOString() }, fetchPolicy: 'cache-and-network' });
  const live = useRecordsFeed('RELEASE', null, () => Promise.all([plan.refetch(), coming.refetch()]));
  const planned = (plan.data ?? plan.previousData)?.releaseYearPlan ?? [];
  const error = plan.error ?? coming.error;
  return (
    <main className="ticket releases">
      <StaleNotice lastHeardAt={live.lastHeardAt} detail={live.detail} />
      <header className="releases-head">
        <h1>{t('plan.year', { year: String(year) })}</h1>
        <nav>
          <Link className="button" to={`/releases/plan?year=${year - 1}`}>{t('plan.previous')}</Link><Link className="button" to={`/releases/plan?year=${year + 1}`}>{t('plan.next')}</Link>
          <Link className="button" to="/releases">{t('list.back')}</Link>
        </nav>
      </header>
      <QueryNotice error={error} known={(plan.data ?? plan.previousData) !== undefined} retry={() => Promise.all([plan.refetch(), coming.refetch()])} />
      <Coming planned={(coming.data ?? coming.previousData)?.comingDeployments ?? []} />
      <ol className="year-plan">{MONTHS.map((month) => <Month key={month} month={`${year}-${month}`} planned={planned.filter((one) => one.month === `${year}-${month}`)} />)}</ol>
    </main>
  );
}

function yearOf(text: string | null, now: number): number {
  const year = Number(text);
  return Number.isInteger(year) && year >= 2000 && year <= 2099 ? year : new Date(now).getFullYear();
}

function Month({ month, planned }: { readonly month: string; readonly planned: readonly Planned[] }) {
  const t = useReleaseWords();
  const { locale } = useDeskWords();
  const name = new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' }).format(new Date(`${month}-15T00:00:00Z`));
  return (
    <li className="card" data-empty={planned.length === 0}>
      <h2>{name}<small>{planned.length === 0 ? t('month.none') : planned.length}</small></h2>
      <ul className="entries">{planned.map((one) => <Deployment key={one.id} one={one} />)}</ul>
    </li>
  );
}

function Coming({ planned }: { readonly planned: readonly Planned[] }) {
  const t = useReleaseWords();
  return (
    <section className="card">
      <h2>{t('plan.coming')}<small>{planned.length}</small></h2>
      {planned.length === 0 ? <p className="quiet">{t('plan.nothing')}</p> : <ul className="entries coming">{planned.map((one) => <Deployment key={one.id} one={one} />)}</ul>}
    </section>
  );
}

function Deployment({ one }: { readonly one: Planned }) {
  const t = useReleaseWords();
  return (
    <li data-open={one.deployedAt === null && one.rolledBackAt === null}>
      <p className="entry-head"><Link to={`/releases/${one.number}`}>{one.number}</Link> <b>{one.title}</b> {one.releaseVersion} <span className="badge" data-release={one.state}>{t(`state.${one.state}`)}</span></p>
      <p className="quiet">{one.customerName} · {one.windowStartAt === null ? t('plan.unscheduled') : <WindowText from={one.windowStartAt} to={one.windowEndAt} />}</p>
    </li>
  );
}
