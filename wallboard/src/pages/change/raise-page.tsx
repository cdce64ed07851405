import { useApolloClient, useQuery } from '@apollo/client/react';
import { useSearchParams } from '../../app/router.tsx';
import { PageLoading } from '../../components/page-state/page-state.tsx';
import { useDeskWords } from '../../app/desk-words.tsx';
import type { FormValues, Options, RecordField } from '../../components/record-actions/record-action.ts';
import { RecordForm } from '../../components/record-actions/record-form.tsx';
import { useRaise } from '../../components/record-actions/use-raise.ts';
import { ChangeChoicesDocument, RaiseChangeDocument, type ChangeChoicesQuery, type ChangeTermFieldsFragment } from '../../graphql/generated/desk/graphql.ts';
import type { ChangeMessageKey } from '../../lib/messages/change/zh-CN.ts';
import type { Translate } from '../../lib/messages/translator.ts';
import { SOURCES, splitNames, wordOf } from './change-input.ts';
import { CATEGORIES } from './change-view.ts';
import { useChangeWords } from './change-words.ts';

/** A new change (CHG-01, CHG-02). `?customer=`, `?for=` and `?item=` of the agreed list fill in where it comes from. */
export function RaisePage() {
  const t = useChangeWords();
  const { locale } = useDeskWords();
  const [search] = useSearchParams();
  const client = useApolloClient();
  const choices = useQuery(ChangeChoicesDocument);
  const { raise, errors, busy } = useRaise('/changes', async (values, idempotencyKey) => {
    const { data } = await client.mutate({ mutation: RaiseChangeDocument, variables: { input: inputOf(values, { forTicketId: search.get('for') ?? undefined, preAuthorisedId: search.get('item') ?? undefined, idempotencyKey }) }, fetchPolicy: 'no-cache' });
    return { number: data?.raiseChange.change?.number, userErrors: data?.raiseChange.userErrors ?? [] };
  });
  if (choices.data === undefined) return <PageLoading />;
  return (
    <main className="ticket raise-change">
      <RecordForm title={t('raise.title')} fields={fieldsOf(t, choices.data, { locale, customerId: search.get('customer') ?? '', category: search.get('item') === null ? '' : 'GENERAL' })} errors={errors} busy={busy} submitLabel={t('raise.send')} onSubmit={(values) => void raise(values)} />
    </main>
  );
}

function fieldsOf(t: Translate<ChangeMessageKey>, { customers, people, changeTerms }: ChangeChoicesQuery, { locale, customerId, category }: { readonly locale: string; readonly customerId: string; readonly category: string }): readonly RecordField[] {
  const terms = (list: readonly ChangeTermFieldsFragment[]): Options => list.map(({ key, zh, en }) => [key, locale === 'zh-CN' ? zh : en]);
  const persons: Options = people.map(({ id, name }) => [id, name]);
  return [
    { name: 'customerId', label: t('field.customer'), kind: 'choice', required: true, value: customerId, options: customers.edges.map(({ node }) => [node.id, node.name]) },
    { name: 'category', label: t('field.category'), kind: 'choice', required: true, value: category, options: CATEGORIES.map((word) => [word, t(`category.${word}`)]), hint: t('raise.emergencyHint') },
    { name: 'title', label: t('field.title'), kind: 'text', required: true },
    { name: 'description', label: t('field.description'), kind: 'long', required: true },
    { name: 'type', label: t('field.type'), kind: 'choice', required: true, options: terms(changeTerms.types) },
    { name: 'risk', label: t('field.risk'), kind: 'choice', value: 'medium', options: terms(changeTerms.risks) },
    { name: 'priority', label: t('field.priority'), kind: 'choice', value: 'normal', options: terms(changeTerms.priorities) },
    { name: 'source', label: t('field.source'), kind: 'choice', options: SOURCES.map((word) => [word, t(`source.${word}`)]) },
    { name: 'askedBy', label: t('field.askedBy'), kind: 'text' },
    { name: 'ciId', label: t('field.ci'), kind: 'ci' },
    { name: 'businessSystems', label: t('field.systems'), kind: 'text', hint: t('raise.hint') },
    { name: 'departments', label: t('field.departments'), kind: 'text', hint: t('raise.hint') },
    { name: 'expectedResult', label: t('field.expected'), kind: 'long' },
    { name: 'ownerId', label: t('field.owner'), kind: 'choice', options: persons },
    { name: 'implementerId', label: t('field.implementer'), kind: 'choice', options: persons },
    { name: 'software', label: t('field.software'), kind: 'flag' },
    { name: 'submit', label: t('field.submit'), kind: 'flag' },
  ];
}

function inputOf(values: FormValues, rest: { readonly forTicketId: string | undefined; readonly preAuthorisedId: string | undefined; readonly idempotencyKey: string }) {
  const ciId = values.maybe('ciId');
  return {
    ...rest, customerId: values.text('customerId'), category: wordOf(CATEGORIES, values.text('category')) ?? 'GENERAL', title: values.text('title'), description: values.text('description'), type: values.text('type'),
    risk: values.maybe('risk'), priority: values.maybe('priority'), source: wordOf(SOURCES, values.maybe('source')), askedBy: values.maybe('askedBy'), ciIds: ciId === undefined ? undefined : [ciId],
    businessSystems: splitNames(values.text('businessSystems')), departments: splitNames(values.text('departments')), expectedResult: values.maybe('expectedResult'),
    ownerId: values.maybe('ownerId'), implementerId: values.maybe('implementerId'), software: values.flag('software'), submit: values.flag('submit'),
  };
}
