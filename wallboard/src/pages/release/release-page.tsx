import { useQuery } from '@apollo/client/react';
import { useParams } from '../../app/router.tsx';
import { PageFailed, PageLoading, PageMissing } from '../../components/page-state/page-state.tsx';
import { StaleNotice } from '../../components/stale-notice.tsx';
import { ReleaseByNumberDocument } from '../../graphql/generated/desk/graphql.ts';
import { FRESH_QUERY } from '../../lib/feed/fresh-query.ts';
import { useRecordsFeed } from '../../lib/feed/records-feed.ts';
import { ReleaseBody } from './release-body.tsx';
import type { Release } from './release-view.ts';
import { useReleaseWords } from './release-words.ts';

/** Everything of one release, and what one may do with it now; live. */
export function ReleasePage() {
  const t = useReleaseWords();
  const number = useParams()['number'] ?? '';
  const { data, error, refetch } = useQuery(ReleaseByNumberDocument, { variables: { number }, context: FRESH_QUERY });
  const release = data?.release ?? null;
  if (error !== undefined && release === null) return <PageFailed error={error} retry={refetch} />;
  if (data === undefined) return <PageLoading />;
  if (release === null) return <PageMissing>{t('page.notFound', { number })}</PageMissing>;
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
