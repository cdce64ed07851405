import { useQuery } from '@apollo/client/react';
import { useParams } from 'react-router';
import { StaleNotice } from '../../components/stale-notice.tsx';
import { ReleaseByNumberDocument } from '../../graphql/generated/desk/graphql.ts';
import { useRecordsFeed } from '../../lib/feed/records-feed.ts';
import { ReleaseBody } from './release-body.tsx';
import type { Release } from './release-view.ts';
import { useReleaseWords } from './release-words.ts';

/** Everything of one release, and what one may do with it now; live. */
export function ReleasePage() {
  const t = useReleaseWords();
  const number = useParams()['number'] ?? '';
  const { data, error, refetch } = useQuery(ReleaseByNumberDocument, { variables: { number } });
  const release = data?.release ?? null;
  if (error !== undefined && release === null) return <p className="page-error" role="alert">{error.message}</p>;
  if (data === undefined) return <p className="page-wait">{t('page.loading')}</p>;
  if (release === null) return <p className="page-error" role="alert">{t('page.notFound', { number })}</p>;
  return <LiveRelease key={release.id} release={release} reload={refetch} />;
}

function LiveRelease({ release, reload }: { readonly release: Release; readonly reload: () => Promise<unknown> }) {
  const live = useRecordsFeed('RELEASE', release.id, reload);
  return (
    <main className="ticket releases">
      <StaleNotice lastHeardAt={live.lastHeardAt} detail={live.detail} />
      <ReleaseBody release={release} reload={reload} changed={`${release.version} ${live.state ?? ''}`} />
    </main>
  );
}
