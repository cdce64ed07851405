import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { labelOf, type Term } from '../../app/desk-words.tsx';
import type { Options, RecordAction, RecordField, Send, UserError } from '../../components/record-actions/record-action.ts';
import {
  AddProblemCiDocument, AddProblemNoteDocument, AssignProblemDocument, CloseProblemDocument, ConfirmProblemDocument, DecideProblemSolutionDocument, DescribeProblemDocument, DraftProblemArticleDocument,
  LinkProblemIncidentDocument, MarkKeyProblemDocument, NameProblemArticleDocument, ProposeProblemSolutionDocument, RaiseProblemChangeDocument, RecordKnownErrorDocument, RecordProblemInvestigationDocument,
  ResolveProblemDocument, StartProblemInvestigationDocument, WithdrawProblemDocument, type ProblemChoicesQuery, type ProblemFieldsFragment, type ProblemSeverity,
} from '../../graphql/generated/desk/graphql.ts';
import type { Locale, Translate } from '../../lib/messages/translator.ts';
import type { ProblemMessageKey } from '../../lib/messages/problem/zh-CN.ts';
import { SEVERITIES } from './problem-view.ts';

export interface ProblemActionContext {
  readonly t: Translate<ProblemMessageKey>;
  readonly locale: Locale;
  readonly problem: ProblemFieldsFragment;
  readonly choices: ProblemChoicesQuery | undefined;
  /** The id of an incident of the customer by its number; null when there is none. */
  readonly incidentId: (number: string) => Promise<string | null>;
}

export const severityOf = (text: string): ProblemSeverity => SEVERITIES.find((one) => one === text) ?? 'L4';

const options = (terms: readonly Term[] | undefined, locale: Locale): Options => (terms ?? []).map(({ key }) => [key, labelOf(terms ?? [], key, locale)]);

type Answered<Name extends string> = { readonly [Key in Name]: { readonly userErrors: readonly UserError[] } };

/** Sends one of the commands on a problem; each answers under its own name. */
function tell<Name extends string, Data extends Answered<Name>, Input>(send: Send, name: Name, mutation: TypedDocumentNode<Data, { input: Input }>, input: Input): Promise<readonly UserError[]> {
  return send(mutation, input, (data) => data[name].userErrors);
}

/** Everything that one may do with a problem, in the order of its life. */
export function problemActions(context: ProblemActionContext): readonly RecordAction[] {
  return [...beginning(context), ...solving(context), ...ending(context), ...besides(context)];
}

function beginning({ t, locale, problem, choices }: ProblemActionContext): readonly RecordAction[] {
  const people: Options = (choices?.people ?? []).map(({ id, name }) => [id, name]);
  const field = (name: string, label: ProblemMessageKey, kind: RecordField['kind'], value: string | null, required = false): RecordField => ({ name, label: t(label), kind, required, ...(value === null ? {} : { value }) });
  return [
    { name: 'assignProblem', label: t('action.assignProblem'), fields: [{ name: 'ownerId', label: t('column.owner'), kind: 'choice', required: true, options: people, ...(problem.owner ? { value: problem.owner.id } : {}) }, field('reason', 'field.reason', 'long', null)],
      run: (send, base, values) => tell(send, 'assignProblem', AssignProblemDocument, { ...base, ownerId: values.text('ownerId'), reason: values.maybe('reason') }) },
    { name: 'startProblemInvestigation', label: t('action.startProblemInvestigation'), fields: [], run: (send, base) => tell(send, 'startProblemInvestigation', StartProblemInvestigationDocument, base) },
    { name: 'describeProblem', label: t('action.describeProblem'), fields: [
      field('title', 'field.title', 'text', problem.title, true),
      { name: 'class', label: t('field.class'), kind: 'choice', required: true, value: problem.class, options: options(choices?.problemTerms.classes, locale) },
      { name: 'severity', label: t('column.severity'), kind: 'choice', required: true, value: problem.severity, options: SEVERITIES.map((word) => [word, `${word} ${labelOf(choices?.problemTerms.severities ?? [], word, locale)}`]) },
      field('symptom', 'field.symptom', 'text', problem.symptom), field('scope', 'field.scope', 'long', problem.scope),
    ], run: (send, base, values) => tell(send, 'describeProblem', DescribeProblemDocument, {
      ...base, title: values.text('title'), class: values.text('class'), severity: severityOf(values.text('severity')), symptom: values.maybe('symptom'), scope: values.maybe('scope'),
    }) },
    { name: 'recordProblemInvestigation', label: t('action.recordProblemInvestigation'), fields: [field('investigation', 'field.investigation', 'long', problem.investigation, true), field('rootCause', 'field.rootCause', 'long', problem.rootCause)],
      run: (send, base, values) => tell(send, 'recordProblemInvestigation', RecordProblemInvestigationDocument, { ...base, investigation: values.text('investigation'), rootCause: values.maybe('rootCause') }) },
    { name: 'recordKnownError', label: t('action.recordKnownError'), fields: [field('symptom', 'field.symptom', 'text', problem.symptom, true), field('workaround', 'field.workaround', 'long', problem.workaround, true), field('rootCause', 'field.rootCause', 'long', problem.rootCause)],
      run: (send, base, values) => tell(send, 'recordKnownError', RecordKnownErrorDocument, { ...base, symptom: values.text('symptom'), workaround: values.text('workaround'), rootCause: values.maybe('rootCause') }) },
  ];
}

function solving({ t, locale, problem, choices }: ProblemActionContext): readonly RecordAction[] {
  const { solution } = problem;
  const reason: RecordField = { name: 'reason', label: t('field.reason'), kind: 'long' };
  return [
    { name: 'proposeProblemSolution', label: t('action.proposeProblemSolution'), fields: [
      { name: 'solution', label: t('field.solution'), kind: 'long', required: true, value: solution.text ?? '' },
      { name: 'minutes', label: t('field.minutes'), kind: 'number', required: true, value: String(solution.minutes ?? 60) },
      { name: 'effect', label: t('field.effect'), kind: 'long', required: true, value: solution.effect ?? '' },
      { name: 'prevention', label: t('field.prevention'), kind: 'long', value: solution.prevention ?? '' },
      { name: 'altersCi', label: t('field.altersCi'), kind: 'flag', value: String(solution.altersCi) },
    ], run: (send, base, values) => tell(send, 'proposeProblemSolution', ProposeProblemSolutionDocument, {
      ...base, solution: values.text('solution'), minutes: values.number('minutes') ?? 0, effect: values.text('effect'), prevention: values.maybe('prevention'), altersCi: values.flag('altersCi'),
    }) },
    { name: 'decideProblemSolution', label: t('action.decideProblemSolution'), fields: [{ name: 'verdict', label: t('field.decision'), kind: 'choice', required: true, options: [['yes', t('decision.yes')], ['no', t('decision.no')]] }, reason],
      run: (send, base, values) => tell(send, 'decideProblemSolution', DecideProblemSolutionDocument, { ...base, approve: values.text('verdict') === 'yes', reason: values.maybe('reason') }) },
    { name: 'raiseProblemChange', label: t('action.raiseProblemChange'), fields: [
      { name: 'title', label: t('field.title'), kind: 'text', value: problem.title },
      { name: 'category', label: t('field.changeCategory'), kind: 'choice', required: true, value: 'general', options: [['general', t('changeCategory.general')], ['important', t('changeCategory.important')], ['major', t('changeCategory.major')]] },
      { name: 'type', label: t('field.changeType'), kind: 'choice', required: true, options: options(choices?.problemTerms.changeTypes, locale) },
      { name: 'risk', label: t('field.changeRisk'), kind: 'choice', required: true, options: options(choices?.problemTerms.changeRisks, locale) },
    ], run: (send, base, values) => tell(send, 'raiseProblemChange', RaiseProblemChangeDocument, { ...base, title: values.maybe('title'), category: values.text('category'), type: values.text('type'), risk: values.text('risk') }) },
  ];
}

function ending({ t }: ProblemActionContext): readonly RecordAction[] {
  return [
    { name: 'resolveProblem', label: t('action.resolveProblem'), fields: [], run: (send, base) => tell(send, 'resolveProblem', ResolveProblemDocument, base) },
    { name: 'confirmProblem', label: t('action.confirmProblem'), fields: [], run: (send, base) => tell(send, 'confirmProblem', ConfirmProblemDocument, base) },
    { name: 'draftProblemArticle', label: t('action.draftProblemArticle'), fields: [], run: (send, base) => tell(send, 'draftProblemArticle', DraftProblemArticleDocument, base) },
    { name: 'nameProblemArticle', label: t('action.nameProblemArticle'), fields: [{ name: 'articleNumber', label: t('field.articleNumber'), kind: 'text', required: true }],
      run: (send, base, values) => tell(send, 'nameProblemArticle', NameProblemArticleDocument, { ...base, articleNumber: values.text('articleNumber') }) },
    { name: 'closeProblem', label: t('action.closeProblem'), fields: [], run: (send, base) => tell(send, 'closeProblem', CloseProblemDocument, base) },
  ];
}

function besides({ t, problem, incidentId }: ProblemActionContext): readonly RecordAction[] {
  const reason: RecordField = { name: 'reason', label: t('field.reason'), kind: 'long', required: true };
  return [
    { name: 'addProblemNote', label: t('action.addProblemNote'), fields: [{ name: 'text', label: t('field.text'), kind: 'long', required: true, mentions: true }, { name: 'minutes', label: t('field.spent'), kind: 'number' }],
      run: (send, base, values) => tell(send, 'addProblemNote', AddProblemNoteDocument, { ...base, text: values.text('text'), minutes: values.number('minutes') }) },
    { name: 'linkProblemIncident', label: t('action.linkProblemIncident'), seldom: true, fields: [{ name: 'incidentId', label: t('field.incident'), kind: 'text', required: true, hint: t('hint.incident') }],
      run: async (send, base, values) => {
        const number = values.text('incidentId').toUpperCase();
        const id = await incidentId(number);
        if (id === null) return [{ code: 'NOT_FOUND', message: t('refused.incident', { number }), field: 'incidentId' }];
        return tell(send, 'linkProblemIncident', LinkProblemIncidentDocument, { ...base, incidentId: id });
      } },
    { name: 'addProblemCi', label: t('action.addProblemCi'), seldom: true, fields: [{ name: 'ciId', label: t('field.ci'), kind: 'ci', required: true }],
      run: (send, base, values) => tell(send, 'addProblemCi', AddProblemCiDocument, { ...base, ciId: values.text('ciId') }) },
    { name: 'markKeyProblem', label: t(problem.key ? 'action.unmarkKeyProblem' : 'action.markKeyProblem'), seldom: true, fields: [reason],
      run: (send, base, values) => tell(send, 'markKeyProblem', MarkKeyProblemDocument, { ...base, key: !problem.key, reason: values.text('reason') }) },
    { name: 'withdrawProblem', label: t('action.withdrawProblem'), seldom: true, fields: [reason],
      run: (send, base, values) => tell(send, 'withdrawProblem', WithdrawProblemDocument, { ...base, reason: values.text('reason') }) },
  ];
}
