import type { RecordAction, RecordField } from '../../components/record-actions/record-action.ts';
import {
  AddUpgradeFeedbackDocument, CloseReleaseDocument, ConfirmReleaseBusinessDocument, FinishDeploymentDocument, HandReleasePapersDocument, LinkReleaseCauseDocument, RecordReleaseBaselineDocument,
  RecordReleaseReportDocument, RecordReleaseWatchDocument, RollBackReleaseDocument, StartDeploymentDocument, VerifyReleaseRollbackDocument, WaiveReleaseRequirementDocument,
} from '../../graphql/generated/desk/graphql.ts';
import type { ActionWords } from './release-plan-actions.ts';
import { WAIVABLE } from './release-view.ts';

/** Deployment, and what follows it. */
export function deployActions({ t, release, people }: Omit<ActionWords, 'changes'>): readonly RecordAction[] {
  const reason: RecordField = { name: 'reason', label: t('field.reason'), kind: 'long', required: true };
  const sha256: RecordField = { name: 'sha256', label: t('field.sha256'), kind: 'text', required: true };
  const scores = ['5', '4', '3', '2', '1'];
  return [
    {
      name: 'recordReleaseBaseline', label: t('action.recordReleaseBaseline'), fields: [{ name: 'baselineId', label: t('field.baseline'), kind: 'text', hint: t('field.baselineHint') }],
      run: (send, base, values) => send(RecordReleaseBaselineDocument, { ...base, baselineId: values.maybe('baselineId') }, (data) => data.recordReleaseBaseline.userErrors),
    },
    {
      name: 'startDeployment', label: t('action.startDeployment'), fields: [{ name: 'changeId', label: t('field.change'), kind: 'choice', required: true, options: release.changes.map(({ id, number }) => [id, number]) }, sha256],
      run: (send, base, values) => send(StartDeploymentDocument, { ...base, changeId: values.text('changeId'), sha256: values.text('sha256') }, (data) => data.startDeployment.userErrors),
    },
    { name: 'finishDeployment', label: t('action.finishDeployment'), fields: [sha256], run: (send, base, values) => send(FinishDeploymentDocument, { ...base, sha256: values.text('sha256') }, (data) => data.finishDeployment.userErrors) },
    {
      name: 'recordReleaseWatch', label: t('action.recordReleaseWatch'),
      fields: [{ name: 'system', label: t('field.system'), kind: 'text', required: true }, { name: 'ok', label: t('field.ok'), kind: 'flag', value: 'true' }, { name: 'note', label: t('field.note'), kind: 'long' }],
      run: (send, base, values) => send(RecordReleaseWatchDocument, { ...base, system: values.text('system'), ok: values.flag('ok'), note: values.maybe('note') }, (data) => data.recordReleaseWatch.userErrors),
    },
    {
      name: 'confirmReleaseBusiness', label: t('action.confirmReleaseBusiness'),
      fields: [{ name: 'confirmedBy', label: t('field.confirmedBy'), kind: 'text' }, { name: 'text', label: t('field.confirmation'), kind: 'long', required: true }],
      run: (send, base, values) => send(ConfirmReleaseBusinessDocument, { ...base, confirmedBy: values.maybe('confirmedBy'), text: values.text('text') }, (data) => data.confirmReleaseBusiness.userErrors),
    },
    {
      name: 'handReleasePapers', label: t('action.handReleasePapers'), fields: [{ name: 'toPersonId', label: t('field.keeper'), kind: 'choice', required: true, options: people }],
      run: (send, base, values) => send(HandReleasePapersDocument, { ...base, toPersonId: values.text('toPersonId') }, (data) => data.handReleasePapers.userErrors),
    },
    {
      name: 'verifyReleaseRollback', label: t('action.verifyReleaseRollback'),
      fields: [{ name: 'verification', label: t('field.verification'), kind: 'long', required: true }, { name: 'acceptDifferences', label: t('field.acceptDifferences'), kind: 'flag' }],
      run: (send, base, values) => send(VerifyReleaseRollbackDocument, { ...base, verification: values.text('verification'), acceptDifferences: values.flag('acceptDifferences') }, (data) => data.verifyReleaseRollback.userErrors),
    },
    { name: 'closeRelease', label: t('action.closeRelease'), fields: [], run: (send, base) => send(CloseReleaseDocument, base, (data) => data.closeRelease.userErrors) },
    {
      name: 'recordReleaseReport', label: t('action.recordReleaseReport'), fields: [{ name: 'report', label: t('field.report'), kind: 'long', required: true }],
      run: (send, base, values) => send(RecordReleaseReportDocument, { ...base, report: values.text('report') }, (data) => data.recordReleaseReport.userErrors),
    },
    { name: 'rollBackRelease', label: t('action.rollBackRelease'), fields: [reason], run: (send, base, values) => send(RollBackReleaseDocument, { ...base, reason: values.text('reason') }, (data) => data.rollBackRelease.userErrors) },
    {
      name: 'addUpgradeFeedback', label: t('action.addUpgradeFeedback'),
      fields: [
        { name: 'givenBy', label: t('field.givenBy'), kind: 'text' }, { name: 'department', label: t('field.department'), kind: 'text' },
        { name: 'score', label: t('field.score'), kind: 'choice', required: true, options: scores.map((score) => [score, score]) }, { name: 'text', label: t('field.text'), kind: 'long' },
      ],
      run: (send, base, values) => send(AddUpgradeFeedbackDocument, { ...base, givenBy: values.maybe('givenBy'), department: values.maybe('department'), score: values.number('score') ?? 0, text: values.maybe('text') }, (data) => data.addUpgradeFeedback.userErrors),
    },
    {
      name: 'linkReleaseCause', label: t('action.linkReleaseCause'), seldom: true, fields: [{ name: 'number', label: t('field.ticket'), kind: 'text', required: true, hint: 'INC-0000001, PRB-0000001' }, reason],
      run: (send, base, values) => send(LinkReleaseCauseDocument, { ...base, number: values.text('number'), reason: values.text('reason') }, (data) => data.linkReleaseCause.userErrors),
    },
    {
      name: 'waiveReleaseRequirement', label: t('action.waiveReleaseRequirement'), seldom: true, fields: [{ name: 'what', label: t('field.what'), kind: 'choice', required: true, options: WAIVABLE.map((what) => [what, t(`waive.${what}`)]) }, reason],
      run: (send, base, values) => send(WaiveReleaseRequirementDocument, { ...base, what: values.text('what'), reason: values.text('reason') }, (data) => data.waiveReleaseRequirement.userErrors),
    },
  ];
}
