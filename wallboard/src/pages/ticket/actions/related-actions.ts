import {
  AttachToMajorIncidentDocument, ChangeBridgeDocument, ConvertToProblemDocument, DeclareMajorIncidentDocument, NoteChangeMadeDocument,
} from '../../../graphql/generated/desk/graphql.ts';
import { reason } from './action-fields.ts';
import type { TicketAction } from './action-form-types.ts';

export const declareMajorIncident: TicketAction = {
  fields: [{ name: 'bridge', label: 'field.bridge', kind: 'text' }],
  send: (send, base, values) => send(DeclareMajorIncidentDocument, { ...base, bridge: values.maybe('bridge') }, (data) => data.declareMajorIncident.userErrors),
};

export const changeBridge: TicketAction = {
  fields: [{ name: 'bridge', label: 'field.bridge', kind: 'text', required: true }],
  send: (send, base, values) => send(ChangeBridgeDocument, { ...base, bridge: values.text('bridge') }, (data) => data.changeBridge.userErrors),
};

export const attachToMajorIncident: TicketAction = {
  fields: [{ name: 'majorId', label: 'field.majorNumber', kind: 'text', required: true }],
  send: async (send, base, values, context) => send(
    AttachToMajorIncidentDocument, { ...base, majorId: await context.idOfNumber(values.text('majorId')) }, (data) => data.attachToMajorIncident.userErrors,
  ),
};

export const convertToProblem: TicketAction = {
  fields: [reason],
  send: (send, base, values) => send(ConvertToProblemDocument, { ...base, reason: values.text('reason') }, (data) => data.convertToProblem.userErrors),
};

export const noteChangeMade: TicketAction = {
  fields: [{ name: 'text', label: 'field.changeMade', kind: 'long', required: true }],
  send: (send, base, values) => send(NoteChangeMadeDocument, { ...base, text: values.text('text') }, (data) => data.noteChangeMade.userErrors),
};
