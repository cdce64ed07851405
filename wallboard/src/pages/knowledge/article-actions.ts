import type { RecordAction, RecordField } from '../../components/record-actions/record-action.ts';
import {
  AskArticleReviewDocument, ConfirmArticleDocument, MergeArticleDocument, OpenArticleToCustomersDocument, PublishArticleDocument, RetireArticleDocument, ReturnArticleDocument, ReviseArticleDocument,
  SubmitArticleDocument, TakeArticleReviewDocument, WithdrawArticleDocument, type ArticleWorth,
} from '../../graphql/generated/desk/graphql.ts';
import type { KnowledgeMessageKey } from '../../lib/messages/knowledge/zh-CN.ts';
import type { Translate } from '../../lib/messages/translator.ts';
import type { Similar } from './use-check.ts';

const WORTHS: readonly ArticleWorth[] = ['GENERAL', 'REPRESENTATIVE', 'SAVES_TIME'];

/** What the page offers, in the order of the bar; the server says which of it is possible. */
export function articleActions(t: Translate<KnowledgeMessageKey>, article: { readonly openToCustomers: boolean; readonly internals: { readonly keptWords: readonly string[] } | null }, similar: readonly Similar[]): readonly RecordAction[] {
  const note = (required: boolean): RecordField => ({ name: 'note', label: t('field.note'), kind: 'long', required });
  const noted = (name: string, label: string, required: boolean, run: RecordAction['run'], seldom = false): RecordAction => ({ name, label, fields: [note(required)], run, seldom });
  return [
    submission(t, article.internals?.keptWords ?? [], similar),
    { name: 'takeArticleReview', label: t('action.takeArticleReview'), fields: [], run: (send, base) => send(TakeArticleReviewDocument, base, (data) => data.takeArticleReview.userErrors) },
    publication(t, article.openToCustomers),
    noted('returnArticle', t('action.returnArticle'), true, (send, base, values) => send(ReturnArticleDocument, { ...base, note: values.text('note') }, (data) => data.returnArticle.userErrors)),
    noted('confirmArticle', t('action.confirmArticle'), true, (send, base, values) => send(ConfirmArticleDocument, { ...base, note: values.text('note') }, (data) => data.confirmArticle.userErrors)),
    noted('reviseArticle', t('action.reviseArticle'), false, (send, base, values) => send(ReviseArticleDocument, { ...base, note: values.maybe('note') }, (data) => data.reviseArticle.userErrors)),
    {
      name: 'openArticleToCustomers', label: t(article.openToCustomers ? 'action.closeArticle' : 'action.openArticle'), fields: [],
      run: (send, base) => send(OpenArticleToCustomersDocument, { ...base, open: !article.openToCustomers }, (data) => data.openArticleToCustomers.userErrors),
    },
    { name: 'withdrawArticle', label: t('action.withdrawArticle'), fields: [], run: (send, base) => send(WithdrawArticleDocument, base, (data) => data.withdrawArticle.userErrors) },
    noted('askArticleReview', t('action.askArticleReview'), true, (send, base, values) => send(AskArticleReviewDocument, { ...base, note: values.text('note') }, (data) => data.askArticleReview.userErrors), true),
    {
      name: 'mergeArticle', label: t('action.mergeArticle'), seldom: true, fields: [{ name: 'intoNumber', label: t('action.into'), kind: 'text', required: true }],
      run: (send, base, values) => send(MergeArticleDocument, { ...base, intoNumber: values.text('intoNumber') }, (data) => data.mergeArticle.userErrors),
    },
    noted('retireArticle', t('action.retireArticle'), true, (send, base, values) => send(RetireArticleDocument, { ...base, note: values.text('note') }, (data) => data.retireArticle.userErrors), true),
  ];
}

/** KNW-04: what was found may be kept on purpose, and what seems to be the same declared to be something else. */
function submission(t: Translate<KnowledgeMessageKey>, keptWords: readonly string[], similar: readonly Similar[]): RecordAction {
  return {
    name: 'submitArticle', label: t('action.submitArticle'),
    fields: [
      { name: 'keepWords', label: t('action.keepWords'), kind: 'text', hint: t('action.keepWordsHint'), value: keptWords.join(', ') },
      ...(similar.length === 0 ? [] : [{
        name: 'distinctFrom', label: t('action.distinctFrom'), kind: 'choices' as const, hint: t('action.distinctFromHint'), options: similar.map(({ id, number, title }) => [id, `${number} ${title}`] as const),
      }]),
    ],
    run: (send, base, values) => send(SubmitArticleDocument, { ...base, keepWords: wordsOf(values.text('keepWords')), distinctFrom: [...values.all('distinctFrom')] }, (data) => data.submitArticle.userErrors),
  };
}

function publication(t: Translate<KnowledgeMessageKey>, open: boolean): RecordAction {
  return {
    name: 'publishArticle', label: t('action.publishArticle'),
    fields: [
      ...WORTHS.map((worth): RecordField => ({ name: worth, label: `${t('action.worth')}: ${t(`worth.${worth}`)}`, kind: 'flag' })),
      { name: 'openToCustomers', label: t('action.openToo'), kind: 'flag', value: String(open) }, { name: 'note', label: t('field.note'), kind: 'long' },
    ],
    run: (send, base, values) => send(PublishArticleDocument, {
      ...base, worth: WORTHS.filter((worth) => values.flag(worth)), openToCustomers: values.flag('openToCustomers'), note: values.maybe('note'),
    }, (data) => data.publishArticle.userErrors),
  };
}

/** Words separated by commas of either language. */
export function wordsOf(text: string): string[] {
  return text.split(/[,，、;；\n]/).map((word) => word.trim()).filter((word) => word !== '');
}
