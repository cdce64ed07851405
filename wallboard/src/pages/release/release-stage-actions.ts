import type { RecordAction, RecordField } from '../../components/record-actions/record-action.ts';
import {
  AcceptReleaseDocument, ApproveGoLivePlanDocument, ApproveReleaseContentDocument, CancelReleaseDocument, FailReleaseTestsDocument, FinishReleaseCommunicationDocument, FinishTrialRunDocument,
  ReadyTestEnvironmentDocument, RecordReleaseTestDocument, RecordReleaseTrainingDocument, RecordTrialRunDocument, ReplanReleaseDocument, RetestReleaseDocument, ReturnGoLivePlanDocument,
  ReturnReleaseContentDocument, ReviewReleaseContentDocument, SendGoLiveNoticeDocument, SkipReleaseStageDocument, SubmitGoLivePlanDocument, SubmitReleaseContentDocument,
} from '../../graphql/generated/desk/graphql.ts';
import type { ActionWords } from './release-plan-actions.ts';

/** The way from planning to communication (REL-03). */
export function stageActions({ t, release }: Pick<ActionWords, 't' | 'release'>): readonly RecordAction[] {
  const reason: readonly RecordField[] = [{ name: 'reason', label: t('field.reason'), kind: 'long', required: true }];
  return [
    { name: 'submitReleaseContent', label: t('action.submitReleaseContent'), fields: [], run: (send, base) => send(SubmitReleaseContentDocument, base, (data) => data.submitReleaseContent.userErrors) },
    {
      name: 'reviewReleaseContent', label: t('action.reviewReleaseContent'),
      fields: [{ name: 'agree', label: t('field.agree'), kind: 'flag', value: 'true' }, { name: 'note', label: t('field.note'), kind: 'long' }],
      run: (send, base, values) => send(ReviewReleaseContentDocument, { ...base, agree: values.flag('agree'), note: values.maybe('note') }, (data) => data.reviewReleaseContent.userErrors),
    },
    { name: 'approveReleaseContent', label: t('action.approveReleaseContent'), fields: [], run: (send, base) => send(ApproveReleaseContentDocument, base, (data) => data.approveReleaseContent.userErrors) },
    {
      name: 'readyTestEnvironment', label: t('action.readyTestEnvironment'), fields: [{ name: 'environment', label: t('field.environment'), kind: 'long', required: true, value: release.testEnvironment ?? '' }],
      run: (send, base, values) => send(ReadyTestEnvironmentDocument, { ...base, environment: values.text('environment') }, (data) => data.readyTestEnvironment.userErrors),
    },
    {
      name: 'recordReleaseTest', label: t('action.recordReleaseTest'),
      fields: [
        { name: 'name', label: t('field.case'), kind: 'text', required: true }, { name: 'expected', label: t('field.expected'), kind: 'long', required: true },
        { name: 'actual', label: t('field.actual'), kind: 'long', required: true }, { name: 'passed', label: t('field.passed'), kind: 'flag' },
      ],
      run: (send, base, values) => send(RecordReleaseTestDocument, { ...base, name: values.text('name'), expected: values.text('expected'), actual: values.text('actual'), passed: values.flag('passed') }, (data) => data.recordReleaseTest.userErrors),
    },
    {
      name: 'acceptRelease', label: t('action.acceptRelease'), fields: [{ name: 'sha256', label: t('field.sha256'), kind: 'text', required: true }],
      run: (send, base, values) => send(AcceptReleaseDocument, { ...base, sha256: values.text('sha256') }, (data) => data.acceptRelease.userErrors),
    },
    {
      name: 'recordTrialRun', label: t('action.recordTrialRun'),
      fields: [{ name: 'expectations', label: t('field.expectations'), kind: 'long', value: release.trialExpectations ?? '' }, { name: 'findings', label: t('field.findings'), kind: 'long', value: release.trialFindings ?? '' }],
      run: (send, base, values) => send(RecordTrialRunDocument, { ...base, expectations: values.maybe('expectations'), findings: values.maybe('findings') }, (data) => data.recordTrialRun.userErrors),
    },
    { name: 'finishTrialRun', label: t('action.finishTrialRun'), fields: [], run: (send, base) => send(FinishTrialRunDocument, base, (data) => data.finishTrialRun.userErrors) },
    { name: 'submitGoLivePlan', label: t('action.submitGoLivePlan'), fields: [], run: (send, base) => send(SubmitGoLivePlanDocument, base, (data) => data.submitGoLivePlan.userErrors) },
    { name: 'approveGoLivePlan', label: t('action.approveGoLivePlan'), fields: [], run: (send, base) => send(ApproveGoLivePlanDocument, base, (data) => data.approveGoLivePlan.userErrors) },
    {
      name: 'sendGoLiveNotice', label: t('action.sendGoLiveNotice'), fields: [{ name: 'notice', label: t('field.notice'), kind: 'long', required: true, value: release.notice ?? '' }],
      run: (send, base, values) => send(SendGoLiveNoticeDocument, { ...base, notice: values.text('notice') }, (data) => data.sendGoLiveNotice.userErrors),
    },
    {
      name: 'recordReleaseTraining', label: t('action.recordReleaseTraining'), fields: [{ name: 'training', label: t('field.training'), kind: 'long', required: true, value: release.training ?? '' }],
      run: (send, base, values) => send(RecordReleaseTrainingDocument, { ...base, training: values.text('training') }, (data) => data.recordReleaseTraining.userErrors),
    },
    { name: 'finishReleaseCommunication', label: t('action.finishReleaseCommunication'), fields: [], run: (send, base) => send(FinishReleaseCommunicationDocument, base, (data) => data.finishReleaseCommunication.userErrors) },
    { name: 'skipReleaseStage', label: t('action.skipReleaseStage'), fields: reason, seldom: true, run: (send, base, values) => send(SkipReleaseStageDocument, { ...base, reason: values.text('reason') }, (data) => data.skipReleaseStage.userErrors) },
    { name: 'returnReleaseContent', label: t('action.returnReleaseContent'), fields: reason, run: (send, base, values) => send(ReturnReleaseContentDocument, { ...base, reason: values.text('reason') }, (data) => data.returnReleaseContent.userErrors) },
    { name: 'failReleaseTests', label: t('action.failReleaseTests'), fields: reason, run: (send, base, values) => send(FailReleaseTestsDocument, { ...base, reason: values.text('reason') }, (data) => data.failReleaseTests.userErrors) },
    { name: 'returnGoLivePlan', label: t('action.returnGoLivePlan'), fields: reason, run: (send, base, values) => send(ReturnGoLivePlanDocument, { ...base, reason: values.text('reason') }, (data) => data.returnGoLivePlan.userErrors) },
    { name: 'retestRelease', label: t('action.retestRelease'), fields: reason, seldom: true, run: (send, base, values) => send(RetestReleaseDocument, { ...base, reason: values.text('reason') }, (data) => data.retestRelease.userErrors) },
    { name: 'replanRelease', label: t('action.replanRelease'), fields: reason, seldom: true, run: (send, base, values) => send(ReplanReleaseDocument, { ...base, reason: values.text('reason') }, (data) => data.replanRelease.userErrors) },
    { name: 'cancelRelease', label: t('action.cancelRelease'), fields: reason, seldom: true, run: (send, base, values) => send(CancelReleaseDocument, { ...base, reason: values.text('reason') }, (data) => data.cancelRelease.userErrors) },
  ];
}
