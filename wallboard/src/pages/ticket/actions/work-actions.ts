import { labelOf } from '../../../app/desk-words.tsx';
import {
  AddWorkLogDocument, AnswerUrgeDocument, AssignIncidentDocument, ConfirmLevelDocument, DecideOnSiteDocument, DecideRegradeDocument, RecordArrivalDocument,
  RecordResponseDocument, RegradeIncidentDocument, StartWorkDocument, TakeIncidentDocument, UrgeIncidentDocument, type WorkLogKind,
} from '../../../graphql/generated/desk/graphql.ts';
import { channels, levelOf, levels, optionalReason, people, reason, teams } from './action-fields.ts';
import type { TicketAction } from './action-form-types.ts';

export const takeIncident: TicketAction = {
  fields: [],
  send: (send, base) => send(TakeIncidentDocument, base, (data) => data.takeIncident.userErrors),
};

export const assignIncident: TicketAction = {
  fields: [
    { name: 'teamId', label: 'field.team', kind: 'choice', options: teams },
    { name: 'holderId', label: 'field.holder', kind: 'choice', options: people },
    optionalReason,
  ],
  send: (send, base, values) => send(
    AssignIncidentDocument, { ...base, teamId: values.maybe('teamId'), holderId: values.maybe('holderId'), reason: values.maybe('reason') },
    (data) => data.assignIncident.userErrors,
  ),
};

export const confirmLevel: TicketAction = {
  fields: [{ name: 'level', label: 'field.level', kind: 'choice', required: true, options: levels }],
  send: (send, base, values) => send(ConfirmLevelDocument, { ...base, level: levelOf(values.text('level')) }, (data) => data.confirmLevel.userErrors),
};

export const startWork: TicketAction = {
  fields: [],
  send: (send, base) => send(StartWorkDocument, base, (data) => data.startWork.userErrors),
};

export const recordResponse: TicketAction = {
  fields: [
    { name: 'channel', label: 'field.channel', kind: 'choice', required: true, options: channels },
    { name: 'reached', label: 'field.reached', kind: 'flag' },
    { name: 'phoneNumber', label: 'field.phoneNumber', kind: 'text' },
    { name: 'note', label: 'field.note', kind: 'long' },
  ],
  send: (send, base, values) => send(
    RecordResponseDocument,
    { ...base, channel: values.text('channel'), reached: values.flag('reached'), phoneNumber: values.maybe('phoneNumber'), note: values.maybe('note') },
    (data) => data.recordResponse.userErrors,
  ),
};

export const recordArrival: TicketAction = {
  fields: [{ name: 'note', label: 'field.note', kind: 'long' }],
  send: (send, base, values) => send(RecordArrivalDocument, { ...base, note: values.maybe('note') }, (data) => data.recordArrival.userErrors),
};

export const decideOnSite: TicketAction = {
  fields: [{ name: 'needed', label: 'field.onSiteNeeded', kind: 'flag' }, reason],
  send: (send, base, values) => send(
    DecideOnSiteDocument, { ...base, needed: values.flag('needed'), reason: values.text('reason') }, (data) => data.decideOnSite.userErrors,
  ),
};

export const regradeIncident: TicketAction = {
  fields: [{ name: 'level', label: 'field.level', kind: 'choice', required: true, options: levels }, reason],
  send: (send, base, values) => send(
    RegradeIncidentDocument, { ...base, level: levelOf(values.text('level')), reason: values.text('reason') }, (data) => data.regradeIncident.userErrors,
  ),
};

export const addWorkLog: TicketAction = {
  fields: [
    {
      name: 'kind', label: 'field.logKind', kind: 'choice', required: true,
      options: ({ vocabulary, locale }) => ENTERED_KINDS.map((kind) => [kind, labelOf(vocabulary.workLogKinds, kind, locale)]),
    },
    { name: 'text', label: 'field.text', kind: 'long', required: true, mentions: true },
    { name: 'customerVisible', label: 'field.customerVisible', kind: 'flag' },
    { name: 'minutes', label: 'field.minutes', kind: 'number' },
  ],
  send: (send, base, values) => send(
    AddWorkLogDocument,
    { ...base, kind: logKindOf(values.text('kind')), text: values.text('text'), customerVisible: values.flag('customerVisible'), minutes: values.number('minutes') },
    (data) => data.addWorkLog.userErrors,
  ),
};

/** What a person enters as such; the other kinds come from their own actions. */
const ENTERED_KINDS: readonly WorkLogKind[] = ['NOTE', 'CALL', 'MAIL', 'VISIT', 'PROGRESS_REPORT'];

function logKindOf(word: string): WorkLogKind {
  return ENTERED_KINDS.find((kind) => kind === word) ?? 'NOTE';
}

export const urgeIncident: TicketAction = {
  fields: [{ name: 'text', label: 'field.text', kind: 'long', required: true }],
  send: (send, base, values) => send(UrgeIncidentDocument, { ...base, text: values.text('text') }, (data) => data.urgeIncident.userErrors),
};

export const answerUrge: TicketAction = {
  fields: [{ name: 'text', label: 'field.text', kind: 'long', required: true }],
  send: (send, base, values) => send(AnswerUrgeDocument, { ...base, text: values.text('text') }, (data) => data.answerUrge.userErrors),
};

export const decideRegrade: TicketAction = {
  fields: [{ name: 'approve', label: 'field.approve', kind: 'flag' }, optionalReason],
  send: (send, base, values) => send(
    DecideRegradeDocument, { ...base, approve: values.flag('approve'), reason: values.maybe('reason') }, (data) => data.decideRegrade.userErrors,
  ),
};
