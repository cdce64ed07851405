import type { Options, RecordAction } from '../../components/record-actions/record-action.ts';
import {
  AddCabItemDocument, AddCabMemberDocument, CallCabMeetingDocument, CancelCabMeetingDocument, CastCabVoteDocument, CirculateCabPapersDocument, CloseCabMeetingDocument, DecideCabItemDocument,
  EditCabMeetingDocument, OpenCabMeetingDocument, RemoveCabItemDocument, RemoveCabMemberDocument, type CabDecision, type CabMeetingQuery, type CabMembersQuery, type CabVoteWord,
} from '../../graphql/generated/desk/graphql.ts';
import type { PlanningMessageKey } from '../../lib/messages/planning/zh-CN.ts';
import type { Translate } from '../../lib/messages/translator.ts';

type T = Translate<PlanningMessageKey>;
export type Meeting = NonNullable<CabMeetingQuery['cabMeeting']>;
export type MeetingItem = Meeting['items'][number];

const membersAsOptions = (members: CabMembersQuery['cabMembers']): Options => members.map(({ person, speaksFor }) => [person.id, `${person.name} · ${speaksFor}`]);

export function callMeeting(t: T, members: CabMembersQuery['cabMembers'], onCalled: (number: string) => void): RecordAction {
  return {
    name: 'callCabMeeting', label: t('cab.call'),
    fields: [
      { name: 'title', label: t('cab.meetingTitle'), kind: 'text', required: true }, { name: 'startsAt', label: t('cab.starts'), kind: 'instant', required: true },
      { name: 'place', label: t('cab.place'), kind: 'text' }, { name: 'memberIds', label: t('cab.called'), kind: 'choices', options: membersAsOptions(members) },
    ],
    run: (send, { idempotencyKey }, values) => {
      const memberIds = [...values.all('memberIds')];
      const input = { title: values.text('title'), place: values.maybe('place') ?? null, startsAt: values.instant('startsAt') ?? '', memberIds: memberIds.length === 0 ? null : memberIds, idempotencyKey };
      return send(CallCabMeetingDocument, input, ({ callCabMeeting }) => {
        if (callCabMeeting.meeting !== null) onCalled(callCabMeeting.meeting.number);
        return callCabMeeting.userErrors;
      });
    },
  };
}

export function appointMember(t: T, people: Options): RecordAction {
  return {
    name: 'addCabMember', label: t('cab.appoint'),
    fields: [{ name: 'personId', label: t('cab.person'), kind: 'choice', required: true, options: people }, { name: 'speaksFor', label: t('cab.speaksFor'), kind: 'text', required: true }],
    run: (send, _, values) => send(AddCabMemberDocument, { personId: values.text('personId'), speaksFor: values.text('speaksFor') }, (data) => data.addCabMember.userErrors),
  };
}

export function removeMember(t: T): RecordAction {
  return { name: 'removeCabMember', label: t('cab.remove'), fields: [], run: (send, { id }) => send(RemoveCabMemberDocument, { id }, (data) => data.removeCabMember.userErrors) };
}

/** What the change manager does with a meeting, in the order of its life. */
export function meetingActions(t: T, meeting: Meeting): RecordAction[] {
  const seats = meeting.seats.map(({ person }) => [person.id, person.name] as const);
  return [
    {
      name: 'openCabMeeting', label: t('cab.open'), fields: [{ name: 'presentIds', label: t('cab.presentNow'), kind: 'choices', options: seats }],
      run: (send, base, values) => send(OpenCabMeetingDocument, { ...base, presentIds: [...values.all('presentIds')] }, (data) => data.openCabMeeting.userErrors),
    },
    {
      name: 'closeCabMeeting', label: t('cab.close'), fields: [{ name: 'minutes', label: t('cab.minutes'), kind: 'long', required: true }],
      run: (send, base, values) => send(CloseCabMeetingDocument, { ...base, minutes: values.text('minutes') }, (data) => data.closeCabMeeting.userErrors),
    },
    {
      name: 'editCabMeeting', label: t('cab.edit'), fields: [
        { name: 'title', label: t('cab.meetingTitle'), kind: 'text', required: true, value: meeting.title }, { name: 'startsAt', label: t('cab.starts'), kind: 'instant', required: true, value: meeting.startsAt },
        { name: 'place', label: t('cab.place'), kind: 'text', ...(meeting.place === null ? {} : { value: meeting.place }) },
      ],
      run: (send, base, values) => send(EditCabMeetingDocument, { ...base, title: values.text('title'), place: values.text('place'), startsAt: values.instant('startsAt') ?? '' }, (data) => data.editCabMeeting.userErrors),
    },
    {
      name: 'cancelCabMeeting', label: t('cab.cancel'), seldom: true, fields: [{ name: 'reason', label: t('cab.cancelReason'), kind: 'long', required: true }],
      run: (send, base, values) => send(CancelCabMeetingDocument, { ...base, reason: values.text('reason') }, (data) => data.cancelCabMeeting.userErrors),
    },
  ];
}

/** Commands about one change or item, each a button. */
export function circulate(t: T, changeId: string): RecordAction {
  return { name: 'circulateCabPapers', label: t('cab.circulate'), fields: [], run: (send, base) => send(CirculateCabPapersDocument, { ...base, changeId }, (data) => data.circulateCabPapers.userErrors) };
}

export function putOnAgenda(t: T, changeId: string): RecordAction {
  return { name: 'addCabItem', label: t('cab.add'), fields: [], run: (send, base) => send(AddCabItemDocument, { ...base, changeId }, (data) => data.addCabItem.userErrors) };
}

export function takeOff(t: T, itemId: string): RecordAction {
  return { name: 'removeCabItem', label: t('cab.removeItem'), fields: [], run: (send, base) => send(RemoveCabItemDocument, { ...base, itemId }, (data) => data.removeCabItem.userErrors) };
}

export function castVote(t: T, item: MeetingItem, vote: CabVoteWord, comment: string): RecordAction {
  return {
    name: 'castCabVote', label: t(`vote.${vote}`), fields: [],
    run: (send, { id, idempotencyKey }) => send(CastCabVoteDocument, { meetingId: id, itemId: item.id, vote, comment: comment === '' ? null : comment, idempotencyKey }, (data) => data.castCabVote.userErrors),
  };
}

const DECISIONS = ['APPROVED', 'REFUSED', 'DEFERRED'] as const satisfies readonly CabDecision[];

export function decide(t: T, item: MeetingItem): RecordAction {
  const proposed = item.tally.quorate ? (item.tally.carried ? 'APPROVED' : 'REFUSED') : 'DEFERRED';
  return {
    name: 'decideCabItem', label: t('cab.decide'),
    fields: [
      { name: 'decision', label: t('cab.decision'), kind: 'choice', required: true, value: proposed, options: DECISIONS.map((word) => [word, t(`decision.${word}`)]) },
      { name: 'note', label: t('cab.note'), kind: 'long' },
    ],
    run: (send, base, values) => send(
      DecideCabItemDocument, { ...base, itemId: item.id, decision: DECISIONS.find((word) => word === values.text('decision')) ?? 'DEFERRED', note: values.maybe('note') ?? null }, (data) => data.decideCabItem.userErrors,
    ),
  };
}
