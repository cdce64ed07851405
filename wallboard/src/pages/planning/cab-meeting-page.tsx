import { useQuery } from '@apollo/client/react';
import { useCallback } from 'react';
import { Link, useParams } from '../../app/router.tsx';
import { PageMissing } from '../../components/page-state/page-state.tsx';
import { QueryNotice } from '../../components/page-state/query-state.tsx';
import { RecordActions } from '../../components/record-actions/record-actions.tsx';
import { StaleNotice } from '../../components/stale-notice.tsx';
import { When } from '../../components/when.tsx';
import { CabMeetingDocument, CabWaitingDocument, type CabWaitingQuery } from '../../graphql/generated/desk/graphql.ts';
import { useRecordsFeed } from '../../lib/feed/records-feed.ts';
import { circulate, meetingActions, putOnAgenda, type Meeting } from './cab-actions.ts';
import { CabItem, ChangeFacts, CommandButton } from './cab-item.tsx';
import { usePlanningWords } from './planning-words.ts';

/** CHG-05: agenda, papers, votes, decisions and minutes of one meeting; live while it sits. */
export function CabMeetingPage() {
  const t = usePlanningWords();
  const { number = '' } = useParams();
  const { data, refetch, error } = useQuery(CabMeetingDocument, { variables: { number }, fetchPolicy: 'cache-and-network' });
  const meeting = data?.cabMeeting ?? null;
  const waiting = useQuery(CabWaitingDocument, { variables: { meetingId: meeting?.id ?? null }, skip: meeting === null || meeting.state !== 'PLANNED', fetchPolicy: 'cache-and-network' });
  const { refetch: refetchWaiting } = waiting;
  const planned = meeting?.state === 'PLANNED';
  // The meeting first: a button of the list must not carry the version before.
  const reload = useCallback(async (): Promise<unknown> => {
    await refetch();
    return planned ? refetchWaiting() : null;
  }, [refetch, refetchWaiting, planned]);
  const live = useRecordsFeed('CHANGE', null, reload);
  if (data === undefined) return <QueryNotice error={error} known={false} retry={refetch} />;
  if (meeting === null) return <PageMissing>{t('cab.notFound')}</PageMissing>;
  return (
    <section className="cab">
      <StaleNotice lastHeardAt={live.lastHeardAt} detail={live.detail} />
      <MeetingHead meeting={meeting} />
      <RecordActions record={meeting} actions={meetingActions(t, meeting)} reload={reload} />
      <div className="ticket-columns">
        <div className="ticket-main">
          <h2>{t('cab.agenda')}</h2>
          {meeting.items.length === 0 ? <p className="quiet">{t('cab.agendaEmpty')}</p> : null}
          {meeting.items.map((item) => <CabItem key={item.id} meeting={meeting} item={item} reload={reload} />)}
          {meeting.minutes === null ? null : <div className="card"><h2>{t('cab.minutes')}</h2><p className="entry-body">{meeting.minutes}</p></div>}
        </div>
        <div className="ticket-side">
          <Seats meeting={meeting} />
          {planned ? <Waiting meeting={meeting} changes={waiting.data?.changesForCab ?? null} reload={reload} /> : null}
        </div>
      </div>
    </section>
  );
}

function MeetingHead({ meeting }: { readonly meeting: Meeting }) {
  const t = usePlanningWords();
  return (
    <header>
      <p className="ticket-number"><Link to="/planning/cab">‹ {t('cab.back')}</Link> <b>{meeting.number}</b> <span className="badge" data-meeting={meeting.state}>{t(`meeting.${meeting.state}`)}</span> <span>{t('cab.quorum', { percent: meeting.quorumPercent })}</span></p>
      <h1>{meeting.title}</h1>
      <p className="ticket-sub"><When at={meeting.startsAt} />{meeting.place === null ? '' : ` · ${meeting.place}`} · {t('cab.chair')} {meeting.chair.name}</p>
      {meeting.cancelReason === null ? null : <p className="notice">{meeting.cancelReason}</p>}
    </header>
  );
}

function Seats({ meeting }: { readonly meeting: Meeting }) {
  const t = usePlanningWords();
  return (
    <div className="card">
      <h2>{t('cab.seats')} <small>{meeting.seats.length}</small></h2>
      <ul className="members">
        {meeting.seats.map(({ person, present }) => (
          <li key={person.id}><b>{person.name}</b>{present === null ? null : <span className="badge" data-present={present}>{t(present ? 'cab.present' : 'cab.absent')}</span>}</li>
        ))}
      </ul>
    </div>
  );
}

function Waiting({ meeting, changes, reload }: { readonly meeting: Meeting; readonly changes: CabWaitingQuery['changesForCab'] | null; readonly reload: () => Promise<unknown> }) {
  const t = usePlanningWords();
  const may = (action: string): boolean => meeting.availableActions.some((one) => one.action === action && one.allowed);
  return (
    <div className="card">
      <h2>{t('cab.waiting')} <small>{changes?.length ?? ''}</small></h2>
      {changes?.length === 0 ? <p className="quiet">{t('cab.waitingNone')}</p> : null}
      <ul className="entries">
        {(changes ?? []).map((change) => (
          <li key={change.id}>
            <ChangeFacts change={change} />
            <div className="action-buttons">
              {may('circulateCabPapers') ? <CommandButton meeting={meeting} action={circulate(t, change.id)} label={t(change.circulation === null ? 'cab.circulate' : 'cab.circulateAgain')} about={change.number} reload={reload} /> : null}
              {may('addCabItem') && (!change.needsPapers || change.circulation !== null) ? <CommandButton meeting={meeting} action={putOnAgenda(t, change.id)} about={change.number} reload={reload} /> : null}
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}
