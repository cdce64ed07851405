import {
  ApproveChangeDocument, AskCiOwnersDocument, AssessChangeDocument, ConfirmChangeDocument, EditChangePlanDocument, ExcuseReleaseDocument, RecordCabDecisionDocument, RecordConsentDocument,
  RequestApprovalDocument, StateOnChangeDocument, SteerChangeDocument, TrimChangePlanDocument, type ChangeAssessmentSection,
} from '../../graphql/generated/desk/graphql.ts';
import type { FormValues, RecordField } from '../../components/record-actions/record-action.ts';
import { action, people, reasonField, tell, type ActionContext, type RecordAction } from './change-action-context.ts';
import { PHASES, PLAN_FIELD_WORDS, PLAN_FIELDS, SECTIONS, wordOf } from './change-input.ts';

/** Plans, papers and everybody's word. */
export function approvalActions(context: ActionContext): readonly RecordAction[] {
  const { t, change } = context;
  const word: readonly RecordField[] = [{ name: 'approved', label: t('field.approved'), kind: 'flag', value: 'true' }, { name: 'note', label: t('field.rejectNote'), kind: 'long' }];
  const said = (values: FormValues) => ({ approved: values.flag('approved'), note: values.maybe('note') });
  return [
    action('editChangePlan', t('action.editChangePlan'), PLAN_FIELDS.map((name) => ({ name, label: t(`plan.${name}`), kind: 'long', value: change.plan[name] })),
      (send, base, values) => tell(send, 'editChangePlan', EditChangePlanDocument, { ...base, ...Object.fromEntries(PLAN_FIELDS.map((name) => [name, values.text(name)])) })),
    action('assessChange', t('action.assessChange'), assessFields(context), (send, base, values) => tell(send, 'assessChange', AssessChangeDocument, {
      ...base, phase: wordOf(PHASES, values.text('phase')) ?? 'BEFORE', sections: SECTIONS.flatMap((section) => (values.text(section) === '' ? [] : [{ section, text: values.text(section) }])),
    })),
    action('askCiOwners', t('action.askCiOwners'), [], (send, base) => tell(send, 'askCiOwners', AskCiOwnersDocument, base)),
    action('requestApproval', t('action.requestApproval'), [], (send, base) => tell(send, 'requestApproval', RequestApprovalDocument, base)),
    action('steerChange', t('action.steerChange'), word, (send, base, values) => tell(send, 'steerChange', SteerChangeDocument, { ...base, ...said(values) })),
    action('recordCabDecision', t('action.recordCabDecision'), [...word, { name: 'givenAt', label: t('field.givenAt'), kind: 'instant' }],
      (send, base, values) => tell(send, 'recordCabDecision', RecordCabDecisionDocument, { ...base, ...said(values), givenAt: values.instant('givenAt') })),
    action('confirmChange', t('action.confirmChange'), [...word, ...proofFields(context)], (send, base, values) => tell(send, 'confirmChange', ConfirmChangeDocument, {
      ...base, ...said(values), given: wordOf(['SIGNATURE', 'MAIL'] as const, values.maybe('given')), personName: values.maybe('personName'), attachmentId: values.maybe('attachmentId'), givenAt: values.instant('givenAt'),
    })),
    action('approveChange', t('action.approveChange'), word, (send, base, values) => tell(send, 'approveChange', ApproveChangeDocument, { ...base, ...said(values) })),
    action('recordConsent', t('action.recordConsent'), [{ name: 'personId', label: t('field.consentBy'), kind: 'choice', options: people(context) }, ...word, { name: 'givenAt', label: t('field.givenAt'), kind: 'instant' }],
      (send, base, values) => tell(send, 'recordConsent', RecordConsentDocument, { ...base, ...said(values), personId: values.maybe('personId'), givenAt: values.instant('givenAt') })),
    action('stateOnChange', t('action.stateOnChange'), [
      { name: 'ciId', label: t('field.ci'), kind: 'choice', required: true, options: change.statements.map(({ ciId, ciName }) => [ciId, ciName]) },
      { name: 'agrees', label: t('field.agrees'), kind: 'flag', value: 'true' }, { name: 'text', label: t('field.text'), kind: 'long', required: true },
    ], (send, base, values) => tell(send, 'stateOnChange', StateOnChangeDocument, { ...base, ciId: values.text('ciId'), agrees: values.flag('agrees'), text: values.text('text') }), true),
    action('trimChangePlan', t('action.trimChangePlan'), [
      { name: 'field', label: t('field.planField'), kind: 'choice', required: true, options: PLAN_FIELDS.map((name) => [PLAN_FIELD_WORDS[name], t(`plan.${name}`)]) }, reasonField(context),
    ], (send, base, values) => tell(send, 'trimChangePlan', TrimChangePlanDocument, { ...base, field: wordOf(Object.values(PLAN_FIELD_WORDS), values.text('field')) ?? 'STEPS', reason: values.text('reason') }), true),
    action('excuseRelease', t('action.excuseRelease'), [reasonField(context)], (send, base, values) => tell(send, 'excuseRelease', ExcuseReleaseDocument, { ...base, reason: values.text('reason') }), true),
  ];
}

/** What is there already stands in the form; blank sections are left as they are. */
function assessFields({ t, change }: ActionContext): readonly RecordField[] {
  const phase = change.implementationEndedAt === null ? 'BEFORE' : 'AFTER';
  const written = (section: ChangeAssessmentSection): string => change.assessments.find((row) => row.phase === phase && row.section === section)?.text ?? '';
  return [
    { name: 'phase', label: t('field.phase'), kind: 'choice', required: true, value: phase, options: [['BEFORE', t('card.before')], ['AFTER', t('card.after')]] },
    ...SECTIONS.map((section): RecordField => ({ name: section, label: t(`section.${sectionKey(section)}`), kind: 'long', value: written(section) })),
  ];
}

const SECTION_KEYS = { CAPACITY: 'capacity', AVAILABILITY: 'availability', CONTINUITY: 'continuity', SLA: 'sla', COST: 'cost' } as const;
export const sectionKey = (section: ChangeAssessmentSection) => SECTION_KEYS[section];

/** The customer clicks; whoever enters it for them names paper and person. */
function proofFields({ t, change }: ActionContext): readonly RecordField[] {
  return [
    { name: 'given', label: t('field.given'), kind: 'choice', options: [['SIGNATURE', t('given.SIGNATURE')], ['MAIL', t('given.MAIL')]] },
    { name: 'personName', label: t('field.personName'), kind: 'text' },
    { name: 'attachmentId', label: t('field.proof'), kind: 'choice', options: change.attachments.map(({ id, name }) => [id, name]) },
    { name: 'givenAt', label: t('field.givenAt'), kind: 'instant' },
  ];
}
