import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { Link, useNavigate } from '../../app/router.tsx';
import { RecordForm } from '../../components/record-actions/record-form.tsx';
import type { RecordAction } from '../../components/record-actions/record-action.ts';
import { useRecordAction } from '../../components/record-actions/use-record-action.ts';
import { When } from '../../components/when.tsx';
import { CabMeetingsDocument, CabMembersDocument, CabPeopleDocument, type CabMembersQuery } from '../../graphql/generated/desk/graphql.ts';
import { useRecordsFeed } from '../../lib/feed/records-feed.ts';
import { appointMember, callMeeting, removeMember } from './cab-actions.ts';
import { usePlanningWords } from './planning-words.ts';
import { useViewer } from './use-viewer.ts';

type Member = CabMembersQuery['cabMembers'][number];

/** CHG-05: meetings of the change advisory board, and who sits on it. */
export function CabPage() {
  const t = usePlanningWords();
  const { may } = useViewer();
  const navigate = useNavigate();
  const meetings = useQuery(CabMeetingsDocument, { variables: { after: null }, fetchPolicy: 'cache-and-network' });
  const members = useQuery(CabMembersDocument, { fetchPolicy: 'cache-and-network' });
  useRecordsFeed('CHANGE', null, meetings.refetch);
  const [calling, setCalling] = useState(false);
  const page = meetings.data?.cabMeetings;
  const list = page?.edges ?? [];
  const older = (): void => {
    void meetings.fetchMore({ variables: { after: page?.pageInfo.endCursor ?? null }, updateQuery: (before, { fetchMoreResult }) => ({
      cabMeetings: { ...fetchMoreResult.cabMeetings, edges: [...before.cabMeetings.edges, ...fetchMoreResult.cabMeetings.edges] },
    }) });
  };
  const standing = members.data?.cabMembers ?? [];
  return (
    <section className="cab">
      <div className="calendar-bar">
        <h1>{t('cab.title')}</h1>
        {may('change.approve') ? <button type="button" className="main" onClick={() => setCalling(!calling)} aria-expanded={calling}>{t('cab.call')}</button> : null}
      </div>
      {calling ? (
        <Form action={callMeeting(t, standing, (number) => void navigate(`/planning/cab/${number}`))} id="" reload={meetings.refetch} onDone={() => setCalling(false)} />
      ) : null}
      <div className="ticket-columns">
        <div className="card">
          {meetings.data !== undefined && list.length === 0 ? <p className="quiet">{t('cab.none')}</p> : null}
          <ul className="entries">
            {list.map(({ node }) => (
              <li key={node.id} data-open={node.state === 'OPEN'}>
                <div className="entry-head"><b><When at={node.startsAt} /></b><span className="badge" data-meeting={node.state}>{t(`meeting.${node.state}`)}</span><span>{t('cab.items', { items: node.itemCount, approved: node.approvedCount })}</span></div>
                <Link to={`/planning/cab/${node.number}`}>{node.number} {node.title}</Link>
                <p className="quiet">{t('cab.chair')} {node.chair}{node.place === null ? '' : ` · ${node.place}`}</p>
              </li>
            ))}
          </ul>
          {page?.pageInfo.hasNextPage === true ? <button type="button" onClick={older}>{t('cab.more')}</button> : null}
        </div>
        <Members members={standing} mayEdit={may('change.approve')} reload={members.refetch} />
      </div>
    </section>
  );
}

function Members({ members, mayEdit, reload }: { readonly members: readonly Member[]; readonly mayEdit: boolean; readonly reload: () => Promise<unknown> }) {
  const t = usePlanningWords();
  const [open, setOpen] = useState(false);
  const people = useQuery(CabPeopleDocument, { skip: !open });
  const others = (people.data?.people ?? []).filter(({ id }) => !members.some(({ person }) => person.id === id));
  return (
    <div className="card">
      <h2>{t('cab.members')} <small>{members.length}</small></h2>
      {members.length === 0 ? <p className="quiet">{t('cab.noMembers')}</p> : null}
      <ul className="members">
        {members.map((member) => (
          <li key={member.id}><b>{member.person.name}</b><span className="quiet">{member.speaksFor}</span>{mayEdit ? <RemoveButton member={member} reload={reload} /> : null}</li>
        ))}
      </ul>
      {mayEdit ? <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>{t('cab.appoint')}</button> : null}
      {open ? <Form action={appointMember(t, others.map(({ id, name }) => [id, name]))} id="" reload={reload} onDone={() => setOpen(false)} /> : null}
    </div>
  );
}

function RemoveButton({ member, reload }: { readonly member: Member; readonly reload: () => Promise<unknown> }) {
  const t = usePlanningWords();
  const { submit, errors, busy } = useRecordAction({ action: removeMember(t), record: { id: member.id, version: 0 }, reload, onDone: () => undefined });
  return (
    <>
      <button type="button" className="plain" disabled={busy} aria-label={`${t('cab.remove')} ${member.person.name}`} onClick={() => void submit(NO_VALUES)}>{t('cab.remove')}</button>
      {errors.map(({ message }) => <p key={message} className="refusal" role="alert">{message}</p>)}
    </>
  );
}

/** For a command that asks nothing more. */
export const NO_VALUES = { text: () => '', maybe: () => undefined, all: () => [], flag: () => false, number: () => undefined, instant: () => undefined };

function Form({ action, id, reload, onDone }: { readonly action: RecordAction; readonly id: string; readonly reload: () => Promise<unknown>; readonly onDone: () => void }) {
  const { submit, errors, busy } = useRecordAction({ action, record: { id, version: 0 }, reload, onDone });
  return <RecordForm title={action.label} fields={action.fields} errors={errors} busy={busy} onSubmit={(values) => void submit(values)} onCancel={onDone} />;
}
