import {
  AcceptChangeDocument, AssignChangeDocument, CancelChangeDocument, EditChangeDocument, NoteOnChangeDocument, PlanChangeDocument, ProposeWindowDocument, RecategoriseChangeDocument,
  RefuseChangeDocument, ReplanChangeDocument, RescheduleChangeDocument, ScheduleChangeDocument, SubmitChangeDocument,
} from '../../graphql/generated/desk/graphql.ts';
import type { RecordField } from '../../components/record-actions/record-action.ts';
import { action, ownCis, people, reasonField, tell, termOptions, type ActionContext, type RecordAction } from './change-action-context.ts';
import { splitNames, wordOf } from './change-input.ts';
import { CATEGORIES } from './change-view.ts';

/** What moves a change from its draft to its window. */
export function lifeActions(context: ActionContext): readonly RecordAction[] {
  const { t, change } = context;
  const who: readonly RecordField[] = [
    { name: 'ownerId', label: t('field.owner'), kind: 'choice', options: people(context), ...(change.owner ? { value: change.owner.id } : {}) },
    { name: 'implementerId', label: t('field.implementer'), kind: 'choice', options: people(context), ...(change.implementer ? { value: change.implementer.id } : {}) },
  ];
  const window: readonly RecordField[] = [
    { name: 'windowStartAt', label: t('field.windowStart'), kind: 'instant', required: true, value: change.windowStartAt ?? '' },
    { name: 'windowEndAt', label: t('field.windowEnd'), kind: 'instant', required: true, value: change.windowEndAt ?? '' },
  ];
  return [
    action('submitChange', t('action.submitChange'), [], (send, base) => tell(send, 'submitChange', SubmitChangeDocument, base)),
    action('acceptChange', t('action.acceptChange'), who, (send, base, values) => tell(send, 'acceptChange', AcceptChangeDocument, { ...base, ownerId: values.maybe('ownerId'), implementerId: values.maybe('implementerId') })),
    action('refuseChange', t('action.refuseChange'), [reasonField(context)], (send, base, values) => tell(send, 'refuseChange', RefuseChangeDocument, { ...base, reason: values.text('reason') })),
    action('planChange', t('action.planChange'), [], (send, base) => tell(send, 'planChange', PlanChangeDocument, base)),
    action('proposeWindow', t('action.proposeWindow'), window, (send, base, values) => tell(send, 'proposeWindow', ProposeWindowDocument, {
      ...base, windowStartAt: values.instant('windowStartAt') ?? '', windowEndAt: values.instant('windowEndAt') ?? '',
    })),
    action('scheduleChange', t('action.scheduleChange'), window, (send, base, values) => tell(send, 'scheduleChange', ScheduleChangeDocument, {
      ...base, windowStartAt: values.instant('windowStartAt') ?? '', windowEndAt: values.instant('windowEndAt') ?? '',
    })),
    action('rescheduleChange', t('action.rescheduleChange'), [...window, { ...reasonField(context), required: false }], (send, base, values) => tell(send, 'rescheduleChange', RescheduleChangeDocument, {
      ...base, windowStartAt: values.instant('windowStartAt') ?? '', windowEndAt: values.instant('windowEndAt') ?? '', reason: values.maybe('reason'),
    })),
    action('replanChange', t('action.replanChange'), [reasonField(context)], (send, base, values) => tell(send, 'replanChange', ReplanChangeDocument, { ...base, reason: values.text('reason') })),
    ...factActions(context),
    action('assignChange', t('action.assignChange'), who, (send, base, values) => tell(send, 'assignChange', AssignChangeDocument, { ...base, ownerId: values.maybe('ownerId'), implementerId: values.maybe('implementerId') }), true),
    action('recategoriseChange', t('action.recategoriseChange'), [
      { name: 'category', label: t('field.category'), kind: 'choice', required: true, value: change.category, options: CATEGORIES.map((word) => [word, t(`category.${word}`)]) }, reasonField(context),
    ], (send, base, values) => tell(send, 'recategoriseChange', RecategoriseChangeDocument, { ...base, category: wordOf(CATEGORIES, values.text('category')) ?? change.category, reason: values.text('reason') }), true),
    action('noteOnChange', t('action.noteOnChange'), [{ name: 'text', label: t('field.text'), kind: 'long', required: true, mentions: true }, { name: 'customerVisible', label: t('field.visible'), kind: 'flag' }],
      (send, base, values) => tell(send, 'noteOnChange', NoteOnChangeDocument, { ...base, text: values.text('text'), customerVisible: values.flag('customerVisible') }), true),
    action('cancelChange', t('action.cancelChange'), [reasonField(context)], (send, base, values) => tell(send, 'cancelChange', CancelChangeDocument, { ...base, reason: values.text('reason') }), true),
  ];
}

/** What it is and what it affects (CHG-02). */
function factActions(context: ActionContext): readonly RecordAction[] {
  const { t, locale, change, choices } = context;
  const terms = choices?.changeTerms;
  const cis = change.cis.map(({ id }) => id);
  return [
    action('editChange', t('action.editChange'), [
      { name: 'title', label: t('field.title'), kind: 'text', required: true, value: change.subject },
      { name: 'description', label: t('field.description'), kind: 'long', required: true, value: change.description },
      { name: 'type', label: t('field.type'), kind: 'choice', value: change.type, options: termOptions(terms?.types, locale) },
      { name: 'risk', label: t('field.risk'), kind: 'choice', value: change.risk, options: termOptions(terms?.risks, locale) },
      { name: 'priority', label: t('field.priority'), kind: 'choice', value: change.priority, options: termOptions(terms?.priorities, locale) },
      { name: 'businessSystems', label: t('field.systems'), kind: 'text', value: change.businessSystems.join(', '), hint: t('raise.hint') },
      { name: 'departments', label: t('field.departments'), kind: 'text', value: change.departments.join(', '), hint: t('raise.hint') },
      { name: 'keptCis', label: t('field.keptCis'), kind: 'choices', value: cis.join(','), options: ownCis(context) },
      { name: 'ciIds', label: t('field.addCi'), kind: 'ci' },
      { name: 'expectedResult', label: t('field.expected'), kind: 'long', value: change.expectedResult ?? '' },
      { name: 'software', label: t('field.software'), kind: 'flag', value: String(change.software) },
    ], (send, base, values) => tell(send, 'editChange', EditChangeDocument, {
      ...base, title: values.text('title'), description: values.text('description'), type: values.maybe('type'), risk: values.maybe('risk'), priority: values.maybe('priority'),
      businessSystems: splitNames(values.text('businessSystems')), departments: splitNames(values.text('departments')), expectedResult: values.text('expectedResult'), software: values.flag('software'),
      ciIds: [...new Set([...values.all('keptCis'), ...values.all('ciIds')])],
    })),
  ];
}
