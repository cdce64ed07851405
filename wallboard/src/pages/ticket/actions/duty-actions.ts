import {
  ConfirmExecutionDocument, NoticeAbnormalEventDocument, NoticeVisitDelayDocument, PassAbnormalEventDocument, RedispatchVisitDocument,
} from '../../../graphql/generated/desk/graphql.ts';
import type { ActionField, TicketAction } from './action-form-types.ts';

/** SLA-08: what the desk owes by itself, and what makes it owe that. */
const text: ActionField = { name: 'text', label: 'field.dutyText', kind: 'long', required: true };
const FAULT_LABELS = { DELAYED: { 'zh-CN': '会迟到', en: 'Delayed' }, MISSED: { 'zh-CN': '未到', en: 'Missed' } } as const;

export const confirmExecution: TicketAction = {
  fields: [text],
  send: (send, base, values) => send(ConfirmExecutionDocument, { ...base, text: values.text('text') }, (data) => data.confirmExecution.userErrors),
};

export const noticeVisitDelay: TicketAction = {
  fields: [
    { name: 'fault', label: 'field.visitFault', kind: 'choice', required: true, options: ({ locale }) => [['DELAYED', FAULT_LABELS.DELAYED[locale]], ['MISSED', FAULT_LABELS.MISSED[locale]]] },
    text,
  ],
  send: (send, base, values) => send(
    NoticeVisitDelayDocument, { ...base, fault: values.text('fault') === 'MISSED' ? 'MISSED' : 'DELAYED', text: values.text('text') }, (data) => data.noticeVisitDelay.userErrors,
  ),
};

export const redispatchVisit: TicketAction = {
  fields: [{ name: 'contact', label: 'field.visitContact', kind: 'long', required: true }, { name: 'dispatch', label: 'field.visitDispatch', kind: 'long', required: true }],
  send: (send, base, values) => send(
    RedispatchVisitDocument, { ...base, contact: values.text('contact'), dispatch: values.text('dispatch') }, (data) => data.redispatchVisit.userErrors,
  ),
};

export const noticeAbnormalEvent: TicketAction = {
  fields: [text],
  send: (send, base, values) => send(NoticeAbnormalEventDocument, { ...base, text: values.text('text') }, (data) => data.noticeAbnormalEvent.userErrors),
};

export const passAbnormalEvent: TicketAction = {
  fields: [text],
  send: (send, base, values) => send(PassAbnormalEventDocument, { ...base, text: values.text('text') }, (data) => data.passAbnormalEvent.userErrors),
};
