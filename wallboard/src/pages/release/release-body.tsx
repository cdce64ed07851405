import { useQuery } from '@apollo/client/react';
import { RecordActions } from '../../components/record-actions/record-actions.tsx';
import { ReleaseChangesDocument, ReleaseChoicesDocument } from '../../graphql/generated/desk/graphql.ts';
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

interface Props {
  readonly release: Release;
  /** Differs after every change of the release. */
  readonly changed: string;
  readonly reload: () => Promise<unknown>;
}

/** A release as it is now: where it stands, what one may do, and everything that is on record. */
export function ReleaseBody({ release, changed, reload }: Props) {
  const t = useReleaseWords();
  const choices = useQuery(ReleaseChoicesDocument);
  const changes = useQuery(ReleaseChangesDocument, { variables: { customerId: release.customer.id } });
  const words = {
    t, release, people: (choices.data?.people ?? []).map(({ id, name }): [string, string] => [id, name]),
    changes: (changes.data?.changes.edges ?? []).map(({ node }): [string, string] => [node.id, `${node.number} ${node.title}`]),
  };
  // What the stage does not know would only hide what it lacks.
  const offered = new Set(release.availableActions.filter(({ allowed, lacks }) => allowed || lacks.every(({ code }) => code !== 'MOVE_NOT_ALLOWED' && code !== 'FORBIDDEN')).map(({ action }) => action));
  const inTurn = release.state === 'PLANNING' ? [planActions(words), stageActions(words), deployActions(words)] : [stageActions(words), deployActions(words), planActions(words)];
  const actions = inTurn.flat().filter(({ name }) => offered.has(name));
  return (
    <>
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
          <ReleaseTimeline number={release.number} changed={changed} />
        </div>
      </div>
    </>
  );
}
