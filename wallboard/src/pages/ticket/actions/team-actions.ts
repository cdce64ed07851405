import {
  AcceptHandoffDocument, AcknowledgeEscalationDocument, AttachDuplicateDocument, LinkCiDocument, LinkTicketDocument, RaiseEscalationDocument, RecallHandoffDocument, RejectHandoffDocument,
  RequestHandoffDocument,
} from '../../../graphql/generated/desk/graphql.ts';
import { labelOf } from '../../../app/desk-words.tsx';
import { people, reason, teams, terms } from './action-fields.ts';
import type { TicketAction } from './action-form-types.ts';

export const requestHandoff: TicketAction = {
  fields: [
    { name: 'toTeamId', label: 'field.toTeam', kind: 'choice', required: true, options: teams },
    { name: 'toPersonId', label: 'field.toPerson', kind: 'choice', options: people },
    reason,
    { name: 'tried', label: 'field.tried', kind: 'long', required: true },
    { name: 'requestedAction', label: 'field.requestedAction', kind: 'long', required: true },
  ],
  send: (send, base, values) => send(
    RequestHandoffDocument,
    {
      ...base, toTeamId: values.text('toTeamId'), toPersonId: values.maybe('toPersonId'), reason: values.text('reason'),
      tried: values.text('tried'), requestedAction: values.text('requestedAction'),
    },
    (data) => data.requestHandoff.userErrors,
  ),
};

export const acceptHandoff: TicketAction = {
  fields: [{ name: 'holderId', label: 'field.holder', kind: 'choice', options: people }],
  send: (send, base, values) => send(AcceptHandoffDocument, { ...base, holderId: values.maybe('holderId') }, (data) => data.acceptHandoff.userErrors),
};

export const rejectHandoff: TicketAction = {
  fields: [reason],
  send: (send, base, values) => send(
    RejectHandoffDocument, { ...base, reason: values.text('reason') }, (data) => data.rejectHandoff.userErrors,
  ),
};

export const recallHandoff: TicketAction = {
  fields: [reason],
  send: (send, base, values) => send(
    RecallHandoffDocument, { ...base, reason: values.text('reason') }, (data) => data.recallHandoff.userErrors,
  ),
};

export const raiseEscalation: TicketAction = {
  fields: [{ name: 'step', label: 'field.step', kind: 'choice', required: true, options: terms(({ vocabulary }) => vocabulary.escalationSteps) }, reason],
  send: (send, base, values) => send(
    RaiseEscalationDocument, { ...base, step: values.text('step'), reason: values.text('reason') }, (data) => data.raiseEscalation.userErrors,
  ),
};

export const acknowledgeEscalation: TicketAction = {
  fields: [{
    name: 'escalationId', label: 'field.step', kind: 'choice', required: true,
    options: ({ ticket, vocabulary, locale }) => ticket.escalations.filter(({ acknowledgedAt }) => acknowledgedAt === null)
      .map(({ id, step }) => [id, labelOf(vocabulary.escalationSteps, step, locale)]),
  }],
  send: (send, base, values) => send(
    AcknowledgeEscalationDocument, { ...base, escalationId: values.text('escalationId') }, (data) => data.acknowledgeEscalation.userErrors,
  ),
};

export const linkCi: TicketAction = {
  fields: [{ name: 'ciId', label: 'field.ci', kind: 'ci', required: true }, { name: 'cause', label: 'field.cause', kind: 'flag' }],
  send: (send, base, values) => send(LinkCiDocument, { ...base, ciId: values.text('ciId'), cause: values.flag('cause') }, (data) => data.linkCi.userErrors),
};

export const attachDuplicate: TicketAction = {
  fields: [{ name: 'duplicateOfId', label: 'field.otherNumber', kind: 'text', required: true }],
  send: async (send, base, values, context) => send(
    AttachDuplicateDocument, { ...base, duplicateOfId: await context.idOfNumber(values.text('duplicateOfId')) }, (data) => data.attachDuplicate.userErrors,
  ),
};

/** What a person says of two records; the other links are made by what a process does. */
const BY_HAND = ['recurrence-of', 'related', 'caused-by'];

export const linkTicket: TicketAction = {
  fields: [
    { name: 'otherId', label: 'field.otherNumber', kind: 'text', required: true },
    { name: 'kind', label: 'field.linkKind', kind: 'choice', required: true, options: terms(({ vocabulary }) => vocabulary.linkKinds.filter(({ key }) => BY_HAND.includes(key))) },
  ],
  send: async (send, base, values, context) => send(
    LinkTicketDocument, { ...base, otherId: await context.idOfNumber(values.text('otherId')), kind: values.text('kind') }, (data) => data.linkTicket.userErrors,
  ),
};
