import type { RecordAction } from '../../components/record-actions/record-action.ts';
import {
  MyAcceptanceDocument, MyChangeWordDocument, MyEscalationDocument, MyFeedbackDocument, MyRefusalDocument, MyReleaseWordDocument, MyUpgradeFeedbackDocument, MyUrgeDocument,
} from '../../graphql/generated/desk/graphql.ts';
import type { MyTranslate } from './my-words.ts';

/** What a customer may do with their incident; which of it now is the server's word. The first is the one that is waited for. */
export function ticketActions(t: MyTranslate, { state }: { readonly state: string }): RecordAction[] {
  const accept: RecordAction = {
    name: 'acceptSolution', label: t('action.accept'), fields: [{ name: 'note', label: t('field.note'), kind: 'long' }],
    run: (send, base, values) => send(MyAcceptanceDocument, { ...base, note: values.maybe('note') }, (data) => data.acceptSolution.userErrors),
  };
  const refuse: RecordAction = {
    name: 'refuseSolution', label: t('action.refuse'), fields: [{ name: 'reason', label: t('field.refuseReason'), kind: 'long', required: true }],
    run: (send, base, values) => send(MyRefusalDocument, { ...base, reason: values.text('reason') }, (data) => data.refuseSolution.userErrors),
  };
  const reply: RecordAction = {
    name: 'recordCustomerFeedback', label: t('action.reply'), fields: [{ name: 'text', label: t('field.reply'), kind: 'long', required: true }],
    run: (send, base, values) => send(MyFeedbackDocument, { ...base, text: values.text('text'), channel: 'web' }, (data) => data.recordCustomerFeedback.userErrors),
  };
  const urge: RecordAction = {
    name: 'urgeIncident', label: t('action.urge'), fields: [{ name: 'text', label: t('field.urge'), kind: 'long', required: true }],
    run: (send, base, values) => send(MyUrgeDocument, { ...base, text: values.text('text') }, (data) => data.urgeIncident.userErrors),
  };
  const escalate: RecordAction = {
    name: 'raiseEscalation', label: t('action.escalate'), fields: [{ name: 'reason', label: t('field.escalate'), kind: 'long', required: true, hint: t('hint.escalate') }],
    run: (send, base, values) => send(MyEscalationDocument, { ...base, step: 'manual', to: [], reason: values.text('reason') }, (data) => data.raiseEscalation.userErrors),
  };
  return state === 'AWAITING_FEEDBACK' ? [accept, refuse, reply, urge, escalate] : [reply, accept, refuse, urge, escalate];
}

/** CHG: the customer's word on a change. Yes and no are one command, so each has the name of its own form. */
export function changeActions(t: MyTranslate): { readonly agree: RecordAction; readonly disagree: RecordAction } {
  const word = (approved: boolean, label: string, field: string, required: boolean): RecordAction => ({
    name: 'confirmChange', label, fields: [{ name: 'note', label: field, kind: 'long', required }],
    run: (send, base, values) => send(MyChangeWordDocument, { ...base, approved, note: values.maybe('note') }, (data) => data.confirmChange.userErrors),
  });
  return { agree: word(true, t('action.confirmChange'), t('field.condition'), false), disagree: word(false, t('action.refuseChange'), t('field.why'), true) };
}

export function releaseActions(t: MyTranslate): RecordAction[] {
  return [
    {
      name: 'confirmReleaseBusiness', label: t('action.confirmRelease'), fields: [{ name: 'text', label: t('field.confirmation'), kind: 'long', required: true }],
      run: (send, base, values) => send(MyReleaseWordDocument, { ...base, text: values.text('text') }, (data) => data.confirmReleaseBusiness.userErrors),
    },
    {
      name: 'addUpgradeFeedback', label: t('action.releaseFeedback'),
      fields: [{ name: 'score', label: t('field.score'), kind: 'choice', required: true, options: ['5', '4', '3', '2', '1'].map((score) => [score, score] as const) }, { name: 'text', label: t('field.note'), kind: 'long' }],
      run: (send, base, values) => send(MyUpgradeFeedbackDocument, { ...base, score: values.number('score') ?? 0, text: values.maybe('text') }, (data) => data.addUpgradeFeedback.userErrors),
    },
  ];
}
