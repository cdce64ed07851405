import {
  AttachToMajorIncidentDocument, ChangeBridgeDocument, ConvertToProblemDocument, DeclareMajorIncidentDocument, NoteChangeMadeDocument,
  RaiseChangeForIncidentDocument,
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

const CATEGORIES = ['emergency', 'general', 'important', 'major'] as const;
const TYPES = ['system', 'business', 'management'] as const;

export const raiseChangeForIncident: TicketAction = {
  fields: [
    { name: 'title', label: 'field.changeTitle', kind: 'text', required: true },
    { name: 'description', label: 'field.changeWhy', kind: 'long', required: true },
    { name: 'category', label: 'field.changeCategory', kind: 'choice', options: ({ locale }) => CATEGORIES.map((key) => [key, CATEGORY_LABELS[key][locale]]) },
    { name: 'type', label: 'field.changeType', kind: 'choice', required: true, options: ({ locale }) => TYPES.map((key) => [key, TYPE_LABELS[key][locale]]) },
    { name: 'recordedAfterwards', label: 'field.recordedAfterwards', kind: 'long' },
  ],
  send: (send, base, values) => send(
    RaiseChangeForIncidentDocument,
    { ...base, title: values.text('title'), description: values.text('description'), category: values.maybe('category'), type: values.text('type'), recordedAfterwards: values.maybe('recordedAfterwards') },
    (data) => data.raiseChangeForIncident.userErrors,
  ),
};

const CATEGORY_LABELS = {
  emergency: { 'zh-CN': '紧急变更', en: 'Emergency' }, general: { 'zh-CN': '一般变更', en: 'General' }, important: { 'zh-CN': '重要变更', en: 'Important' }, major: { 'zh-CN': '重大变更', en: 'Major' },
} as const;
const TYPE_LABELS = {
  system: { 'zh-CN': '系统变更', en: 'System' }, business: { 'zh-CN': '业务变更', en: 'Business' }, management: { 'zh-CN': '管理变更', en: 'Management' },
} as const;

export const noteChangeMade: TicketAction = {
  fields: [{ name: 'text', label: 'field.changeMade', kind: 'long', required: true }],
  send: (send, base, values) => send(NoteChangeMadeDocument, { ...base, text: values.text('text') }, (data) => data.noteChangeMade.userErrors),
};
