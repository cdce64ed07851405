import {
  AddChangeTaskDocument, AlterCiByChangeDocument, CloseChangeDocument, CompleteChangeDocument, EndChangeTaskDocument, FailChangeDocument, LinkCausedIncidentDocument, RecordCiResultDocument, RecordOutageDocument, RemoveChangeTaskDocument,
  RetryChangeDocument, ReviewChangeDocument, RollBackChangeDocument, SendChangeTasksDocument, StartChangeDocument, StartChangeTaskDocument, StopChangeDocument, VerifyRollbackDocument,
} from '../../graphql/generated/desk/graphql.ts';
import type { Options, RecordField } from '../../components/record-actions/record-action.ts';
import { action, ownCis, people, reasonField, remarkField, tell, type ActionContext, type RecordAction } from './change-action-context.ts';
import { OUTCOMES, wordOf } from './change-input.ts';

/** Carrying a change out, its review and its end. */
export function workActions(context: ActionContext): readonly RecordAction[] {
  const { t, change } = context;
  const late: readonly RecordField[] = change.recordedAfterwards ? [{ name: 'occurredAt', label: t('field.occurredAt'), kind: 'instant' }] : [];
  return [
    ...taskActions(context),
    action('startChange', t('action.startChange'), late, (send, base, values) => tell(send, 'startChange', StartChangeDocument, { ...base, occurredAt: values.instant('occurredAt') })),
    action('completeChange', t('action.completeChange'), [remarkField(context), ...late], (send, base, values) => tell(send, 'completeChange', CompleteChangeDocument, { ...base, remark: values.text('remark'), occurredAt: values.instant('occurredAt') })),
    action('failChange', t('action.failChange'), [remarkField(context)], (send, base, values) => tell(send, 'failChange', FailChangeDocument, { ...base, remark: values.text('remark') })),
    action('rollBackChange', t('action.rollBackChange'), [remarkField(context)], (send, base, values) => tell(send, 'rollBackChange', RollBackChangeDocument, { ...base, remark: values.text('remark') })),
    action('verifyRollback', t('action.verifyRollback'), [{ name: 'passed', label: t('field.passed'), kind: 'flag', value: 'true' }, { name: 'tests', label: t('field.tests'), kind: 'long', required: true }],
      (send, base, values) => tell(send, 'verifyRollback', VerifyRollbackDocument, { ...base, passed: values.flag('passed'), tests: values.text('tests') })),
    action('retryChange', t('action.retryChange'), [], (send, base) => tell(send, 'retryChange', RetryChangeDocument, base)),
    action('stopChange', t('action.stopChange'), [
      { name: 'followedBy', label: t('field.followedBy'), kind: 'choice', required: true, options: [['NEW_CHANGE', t('attempt.NEW_CHANGE')], ['TERMINATE', t('attempt.TERMINATE')]] }, reasonField(context),
    ], (send, base, values) => tell(send, 'stopChange', StopChangeDocument, { ...base, followedBy: wordOf(['NEW_CHANGE', 'TERMINATE'] as const, values.text('followedBy')) ?? 'TERMINATE', reason: values.text('reason') })),
    action('reviewChange', t('action.reviewChange'), reviewFields(context), (send, base, values) => tell(send, 'reviewChange', ReviewChangeDocument, {
      ...base, outcome: wordOf(OUTCOMES, values.text('outcome')) ?? 'FAILED', expectedResultMet: values.flag('expectedResultMet'), text: values.text('text'), stability: values.text('stability'),
      businessSatisfaction: values.number('businessSatisfaction') ?? 0, businessRemark: values.maybe('businessRemark'),
    })),
    action('recordCiResult', t('action.recordCiResult'), [{ name: 'ciId', label: t('field.ci'), kind: 'choice', required: true, options: ownCis(context) }, remarkField(context)],
      (send, base, values) => tell(send, 'recordCiResult', RecordCiResultDocument, { ...base, ciId: values.text('ciId'), remark: values.text('remark') })),
    action('alterCiByChange', t('action.alterCiByChange'), ciFields(context), async (send, base, values) => tell(send, 'alterCiByChange', AlterCiByChangeDocument, {
      ...base, ciId: values.text('ciId'), expectedCiVersion: await context.ciVersion(values.text('ciId')),
      patch: { name: values.maybe('name'), productVersion: values.maybe('productVersion'), model: values.maybe('model'), location: values.maybe('location'), life: values.maybe('life') },
    })),
    action('linkCausedIncident', t('action.linkCausedIncident'), [{ name: 'ticketId', label: t('field.incident'), kind: 'text', required: true }], async (send, base, values) =>
      tell(send, 'linkCausedIncident', LinkCausedIncidentDocument, { ...base, ticketId: (await context.idOf(values.text('ticketId'))) ?? NOBODY }), true),
    action('closeChange', t('action.closeChange'), [{ ...remarkField(context), required: false }], (send, base, values) => tell(send, 'closeChange', CloseChangeDocument, { ...base, remark: values.maybe('remark') })),
    action('recordOutage', t('action.recordOutage'), [
      { name: 'system', label: t('field.system'), kind: 'text', required: true }, { name: 'minutes', label: t('field.minutes'), kind: 'number', required: true },
      { name: 'keySystem', label: t('field.keySystem'), kind: 'flag', value: 'true' }, { ...remarkField(context), required: false },
    ], (send, base, values) => tell(send, 'recordOutage', RecordOutageDocument, {
      ...base, system: values.text('system'), minutes: values.number('minutes') ?? 0, keySystem: values.flag('keySystem'), remark: values.maybe('remark'),
    })),
  ];
}

/** An id that no record has: the server then says at the field that there is none. */
const NOBODY = '00000000-0000-4000-8000-000000000000';
const LIVES = ['ordered', 'in-stock', 'in-use', 'in-repair', 'retired', 'disposed'] as const;

/** What is left empty stays as it is in the CMDB. */
function ciFields(context: ActionContext): readonly RecordField[] {
  const { t } = context;
  return [
    { name: 'ciId', label: t('field.ci'), kind: 'choice', required: true, options: ownCis(context) }, { name: 'name', label: t('field.ciName'), kind: 'text' },
    { name: 'productVersion', label: t('field.ciVersion'), kind: 'text' }, { name: 'model', label: t('field.ciModel'), kind: 'text' }, { name: 'location', label: t('field.ciLocation'), kind: 'text' },
    { name: 'life', label: t('field.ciLife'), kind: 'choice', options: LIVES.map((word) => [word, t(`life.${word}`)]) },
  ];
}

function taskActions(context: ActionContext): readonly RecordAction[] {
  const { t, change } = context;
  const open: Options = change.tasks.filter(({ endedAt }) => endedAt === null).map(({ id, seq, title }) => [id, `${seq}. ${title}`]);
  const unstarted: Options = open.filter(([id]) => change.tasks.find((task) => task.id === id)?.startedAt === null);
  const which = (options: Options): RecordField => ({ name: 'taskId', label: t('field.task'), kind: 'choice', required: true, options, ...(options.length === 1 && options[0] ? { value: options[0][0] } : {}) });
  return [
    action('addChangeTask', t('action.addChangeTask'), [
      { name: 'title', label: t('field.task'), kind: 'text', required: true },
      { name: 'implementerId', label: t('field.implementer'), kind: 'choice', required: true, options: people(context), ...(change.implementer ? { value: change.implementer.id } : {}) },
      { name: 'plannedStartAt', label: t('field.plannedStart'), kind: 'instant', required: true, value: change.windowStartAt ?? '' },
      { name: 'plannedEndAt', label: t('field.plannedEnd'), kind: 'instant', required: true, value: change.windowEndAt ?? '' },
    ], (send, base, values) => tell(send, 'addChangeTask', AddChangeTaskDocument, {
      ...base, title: values.text('title'), implementerId: values.text('implementerId'), plannedStartAt: values.instant('plannedStartAt') ?? '', plannedEndAt: values.instant('plannedEndAt') ?? '',
    })),
    action('sendChangeTasks', t('action.sendChangeTasks'), [], (send, base) => tell(send, 'sendChangeTasks', SendChangeTasksDocument, base)),
    action('startChangeTask', t('action.startChangeTask'), [which(unstarted)], (send, base, values) => tell(send, 'startChangeTask', StartChangeTaskDocument, { ...base, taskId: values.text('taskId') })),
    action('endChangeTask', t('action.endChangeTask'), [which(open), { name: 'done', label: t('field.done'), kind: 'flag', value: 'true' }, { ...remarkField(context), required: false }],
      (send, base, values) => tell(send, 'endChangeTask', EndChangeTaskDocument, { ...base, taskId: values.text('taskId'), done: values.flag('done'), remark: values.maybe('remark') })),
    action('removeChangeTask', t('action.removeChangeTask'), [which(unstarted)], (send, base, values) => tell(send, 'removeChangeTask', RemoveChangeTaskDocument, { ...base, taskId: values.text('taskId') }), true),
  ];
}

function reviewFields({ t, change }: ActionContext): readonly RecordField[] {
  return [
    { name: 'outcome', label: t('field.outcome'), kind: 'choice', required: true, options: OUTCOMES.map((word) => [word, t(`outcome.${word}`)]), ...(change.outcome ? { value: change.outcome } : {}) },
    { name: 'expectedResultMet', label: t('field.expectedMet'), kind: 'flag', value: String(change.expectedResultMet ?? true) },
    { name: 'text', label: t('field.reviewText'), kind: 'long', required: true, value: change.reviewText ?? '' },
    { name: 'stability', label: t('field.stability'), kind: 'long', required: true, value: change.stability ?? '' },
    { name: 'businessSatisfaction', label: t('field.satisfaction'), kind: 'number', required: true, value: change.businessSatisfaction === null ? '' : String(change.businessSatisfaction) },
    { name: 'businessRemark', label: t('field.businessRemark'), kind: 'text', value: change.businessRemark ?? '' },
  ];
}
