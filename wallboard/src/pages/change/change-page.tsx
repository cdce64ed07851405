import { useApolloClient, useQuery } from '@apollo/client/react';
import { useMemo } from 'react';
import { useParams } from '../../app/router.tsx';
import { PageFailed, PageLoading, PageMissing } from '../../components/page-state/page-state.tsx';
import { useDeskWords } from '../../app/desk-words.tsx';
import { LinkedRecords } from '../../components/linked-records.tsx';
import { RecordActions } from '../../components/record-actions/record-actions.tsx';
import { RecordFiles } from '../../components/record-files.tsx';
import { StaleNotice } from '../../components/stale-notice.tsx';
import { ChangeByNumberDocument, ChangeChoicesDocument, CiVersionDocument, RecordIdDocument, type ChangeFieldsFragment } from '../../graphql/generated/desk/graphql.ts';
import { FRESH_QUERY } from '../../lib/feed/fresh-query.ts';
import { useRecordsFeed } from '../../lib/feed/records-feed.ts';
import { ConflictList } from '../planning/conflict-list.tsx';
import type { ActionContext } from './change-action-context.ts';
import { approvalActions } from './change-approval-actions.ts';
import { ChangeFacts } from './change-facts.tsx';
import { ChangeHead } from './change-head.tsx';
import { lifeActions } from './change-life-actions.ts';
import { ChangeNotices } from './change-notices.tsx';
import { ChangePapers } from './change-papers.tsx';
import { ChangeReach } from './change-reach.tsx';
import { ChangeTimeline } from './change-timeline.tsx';
import { workActions } from './change-work-actions.ts';
import { ChangeWork } from './change-work.tsx';
import { useChangeWords } from './change-words.ts';

/** Everything of one change, and what one may do with it now. */
export function ChangePage() {
  const t = useChangeWords();
  const number = useParams()['number'] ?? '';
  const { data, error, refetch } = useQuery(ChangeByNumberDocument, { variables: { number }, context: FRESH_QUERY });
  const change = data?.change ?? null;
  if (error !== undefined && change === null) return <PageFailed error={error} retry={refetch} />;
  if (data === undefined) return <PageLoading />;
  if (change === null) return <PageMissing>{t('page.notFound', { number })}</PageMissing>;
  return <OpenChange key={change.id} change={change} reload={refetch} />;
}

interface Props {
  readonly change: ChangeFieldsFragment;
  readonly reload: () => Promise<unknown>;
}

function OpenChange({ change, reload }: Props) {
  const t = useChangeWords();
  const live = useRecordsFeed('CHANGE', change.id, reload);
  const context = useActionContext(change);
  const actions = useMemo(() => [...lifeActions(context), ...approvalActions(context), ...workActions(context)], [context]);
  const papers = (['change-plan', 'implementation-application', 'completion-report'] as const).map((key) => [key, t(`paper.${key}`)] as const);
  return (
    <main className="ticket change-page">
      <StaleNotice lastHeardAt={live.lastHeardAt} detail={live.detail} />
      <ChangeHead change={change} />
      <RecordActions record={change} actions={actions} reload={reload} />
      <div className="ticket-columns">
        <div className="ticket-main">
          {change.conflicts.length === 0 ? null : (
            <section className="card"><h2>{t('card.conflicts')}<small>{change.conflicts.length}</small></h2><ConflictList changeId={change.id} count={change.conflicts.length} /></section>
          )}
          <ChangePapers change={change} />
          <ChangeWork change={change} />
          <RecordFiles ticketId={change.id} files={change.attachments} papers={papers} reload={reload} />
        </div>
        <div className="ticket-side">
          <ChangeFacts change={change} />
          <ChangeReach change={change} />
          {change.links.length === 0 ? null : <section className="card"><h2>{t('card.links')}<small>{change.links.length}</small></h2><LinkedRecords links={change.links} /></section>}
          <ChangeNotices change={change} />
          <ChangeTimeline number={change.number} changed={`${change.version} ${live.state ?? ''}`} />
        </div>
      </div>
    </main>
  );
}

function useActionContext(change: ChangeFieldsFragment): ActionContext {
  const t = useChangeWords();
  const { locale } = useDeskWords();
  const client = useApolloClient();
  const choices = useQuery(ChangeChoicesDocument).data;
  return useMemo(() => ({
    t, locale, change, choices,
    idOf: async (number) => (await client.query({ query: RecordIdDocument, variables: { number: number.trim() } })).data?.recordByNumber?.id ?? null,
    // What the form was filled in on is what the page shows; the version is asked for when it is sent.
    ciVersion: async (id) => (await client.query({ query: CiVersionDocument, variables: { id }, fetchPolicy: 'network-only' })).data?.ci?.version ?? 0,
  }), [t, locale, change, choices, client]);
}
