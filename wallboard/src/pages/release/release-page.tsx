import { useQuery } from '@apollo/client/react';
import { useParams } from 'react-router';
import { RecordActions } from '../../components/record-actions/record-actions.tsx';
import { StaleNotice } from '../../components/stale-notice.tsx';
import { ReleaseByNumberDocument, ReleaseChangesDocument, ReleaseChoicesDocument } from '../../graphql/generated/desk/graphql.ts';
import { useRecordsFeed } from '../../lib/feed/records-feed.ts';
import { ReleaseCauses } from './release-causes.tsx';
import { deployActions } from './release-deploy-actions.ts';
import { ReleaseHead } from './release-head.tsx';
import { planActions } from './release-plan-actions.ts';
import { ReleasePlans } from './release-plans.tsx';
import { ReleaseSections } from './release-sections.tsx';
import { ReleaseSide } from './release-side.tsx';
import { stageActions } from './release-stage-actions.ts';
import { ReleaseTimeline } from './release-timeline.tsx';
import { ReleaseTrack } from './release-track.tsx';
import type { Release } from './release-view.ts';
import { useReleaseWords } from './release-words.ts';

/** Everything of one release, and what one may do with it now. */
export function ReleasePage() {
  const t = useReleaseWords();
  const number = useParams()['number'] ?? '';
  const { data, error, refetch } = useQuery(ReleaseByNumberDocument, { variables: { number } });
  const release = data?.release ?? null;
  if (error !== undefined && release === null) return <p className="page-error" role="alert">{error.message}</p>;
  if (data === undefined) return <p className="page-wait">{t('page.loading')}</p>;
  if (release === null) return <p className="page-error" role="alert">{t('page.notFound', { number })}</p>;
  return <OpenRelease key={release.id} release={release} reload={refetch} />;
}

function OpenRelease({ release, reload }: { readonly release: Release; readonly reload: () => Promise<unknown> }) {
  const t = useReleaseWords();
  const choices = useQuery(ReleaseChoicesDocument);
  const changes = useQuery(ReleaseChangesDocument, { variables: { customerId: release.customer.id } });
  const live = useRecordsFeed('RELEASE', release.id, reload);
  const words = {
    t, release, people: (choices.data?.people ?? []).map(({ id, name }): [string, string] => [id, name]),
    changes: (changes.data?.changes.edges ?? []).map(({ node }): [string, string] => [node.id, `${node.number} ${node.title}`]),
  };
  // What the stage does not know would only hide what it lacks.
  const offered = new Set(release.availableActions.filter(({ allowed, lacks }) => allowed || lacks.every(({ code }) => code !== 'MOVE_NOT_ALLOWED' && code !== 'FORBIDDEN')).map(({ action }) => action));
  const actions = [...stageActions(words), ...deployActions(words), ...planActions(words)].filter(({ name }) => offered.has(name));
  return (
    <main className="ticket releases">
      <StaleNotice lastHeardAt={live.lastHeardAt} detail={live.detail} />
      <ReleaseHead release={release} />
      <ReleaseTrack release={release} />
      <RecordActions record={release} actions={actions} reload={reload} />
      <div className="ticket-columns">
        <div className="ticket-main">
          <ReleaseCauses release={release} reload={reload} />
          <ReleasePlans release={release} />
          <ReleaseSections release={release} reload={reload} />
        </div>
        <div className="ticket-side">
          <ReleaseSide release={release} reload={reload} />
          <ReleaseTimeline number={release.number} changed={`${release.version} ${live.state ?? ''}`} />
        </div>
      </div>
    </main>
  );
}
