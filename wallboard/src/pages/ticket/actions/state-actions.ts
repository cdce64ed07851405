import {
  AcceptSolutionDocument, CloseIncidentDocument, CorrectEntryDocument, ProposeSolutionDocument, RecordConfirmationAttemptDocument, RecordCustomerFeedbackDocument,
  RefuseSolutionDocument, ResumeIncidentDocument, SuspendIncidentDocument,
} from '../../../graphql/generated/desk/graphql.ts';
import { causeClasses, channels, optionalReason, reason, terms } from './action-fields.ts';
import type { TicketAction } from './action-form-types.ts';

export const suspendIncident: TicketAction = {
  fields: [
    { name: 'category', label: 'field.suspensionReason', kind: 'choice', required: true, options: terms(({ vocabulary }) => vocabulary.suspensionReasons) },
    { name: 'text', label: 'field.text', kind: 'long' },
    { name: 'expectedEndAt', label: 'field.expectedEndAt', kind: 'instant', required: true },
    { name: 'pastedMail', label: 'field.pastedMail', kind: 'long' },
  ],
  send: (send, base, values) => send(
    SuspendIncidentDocument,
    {
      ...base, category: values.text('category'), text: values.maybe('text'), expectedEndAt: values.instant('expectedEndAt'),
      pastedMail: values.maybe('pastedMail'),
    },
    (data) => data.suspendIncident.userErrors,
  ),
};

export const resumeIncident: TicketAction = {
  fields: [{ name: 'workLog', label: 'field.workLog', kind: 'long', required: true }],
  send: (send, base, values) => send(ResumeIncidentDocument, { ...base, workLog: values.text('workLog') }, (data) => data.resumeIncident.userErrors),
};

export const recordCustomerFeedback: TicketAction = {
  fields: [{ name: 'text', label: 'field.text', kind: 'long', required: true }, { name: 'channel', label: 'field.channel', kind: 'choice', required: true, options: channels }],
  send: (send, base, values) => send(
    RecordCustomerFeedbackDocument, { ...base, text: values.text('text'), channel: values.text('channel') },
    (data) => data.recordCustomerFeedback.userErrors,
  ),
};

export const proposeSolution: TicketAction = {
  fields: [
    { name: 'solution', label: 'field.solution', kind: 'long', required: true },
    { name: 'causeClass', label: 'field.causeClass', kind: 'choice', options: causeClasses },
  ],
  send: (send, base, values) => send(
    ProposeSolutionDocument,
    { ...base, solution: values.text('solution'), causeClass: values.maybe('causeClass') },
    (data) => data.proposeSolution.userErrors,
  ),
};

export const acceptSolution: TicketAction = {
  fields: [{ name: 'note', label: 'field.note', kind: 'long' }],
  send: (send, base, values) => send(AcceptSolutionDocument, { ...base, note: values.maybe('note') }, (data) => data.acceptSolution.userErrors),
};

export const refuseSolution: TicketAction = {
  fields: [reason],
  send: (send, base, values) => send(RefuseSolutionDocument, { ...base, reason: values.text('reason') }, (data) => data.refuseSolution.userErrors),
};

export const closeIncident: TicketAction = {
  fields: [
    { name: 'closureCode', label: 'field.closureCode', kind: 'choice', required: true, options: terms(({ vocabulary }) => vocabulary.closureCodes) },
    { name: 'solution', label: 'field.solution', kind: 'long' },
    { name: 'causeClass', label: 'field.causeClass', kind: 'choice', options: causeClasses },
    optionalReason,
  ],
  send: (send, base, values) => send(
    CloseIncidentDocument,
    {
      ...base, closureCode: values.text('closureCode'), solution: values.maybe('solution'), causeClass: values.maybe('causeClass'),
      reason: values.maybe('reason'),
    },
    (data) => data.closeIncident.userErrors,
  ),
};

export const recordConfirmationAttempt: TicketAction = {
  fields: [{ name: 'text', label: 'field.text', kind: 'long', required: true }],
  send: (send, base, values) => send(
    RecordConfirmationAttemptDocument, { ...base, text: values.text('text') }, (data) => data.recordConfirmationAttempt.userErrors,
  ),
};

export const correctEntry: TicketAction = {
  fields: [
    {
      name: 'kind', label: 'field.correction', kind: 'choice', required: true,
      options: ({ locale }) => CORRECTIONS.map(([key, chinese, english]) => [key, locale === 'zh-CN' ? chinese : english]),
    },
    {
      name: 'suspensionId', label: 'field.entry', kind: 'choice',
      options: ({ ticket, locale }) => ticket.suspensions.map((one) => [one.id, `${locale === 'zh-CN' ? one.categoryZh : one.categoryEn} ${one.from}`]),
    },
    { name: 'at', label: 'field.correctedAt', kind: 'instant' },
    reason,
  ],
  send: (send, base, values) => send(
    CorrectEntryDocument,
    { ...base, kind: values.text('kind'), suspensionId: values.maybe('suspensionId'), at: values.instant('at'), reason: values.text('reason') },
    (data) => data.correctEntry.userErrors,
  ),
};

/** What a lead may correct (INC-22): the start of a suspension, its end, or when the response was given. */
const CORRECTIONS = [['suspension', '挂起', 'A suspension'], ['resume', '恢复', 'A resume'], ['response', '响应', 'The response']] as const;
