import { useApolloClient, useQuery } from '@apollo/client/react';
import { useNavigate } from '../../app/router.tsx';
import { PageLoading } from '../../components/page-state/page-state.tsx';
import type { FormValues, RecordField } from '../../components/record-actions/record-action.ts';
import { RecordForm } from '../../components/record-actions/record-form.tsx';
import { useRaise } from '../../components/record-actions/use-raise.ts';
import { RaiseReleaseDocument, ReleaseChoicesDocument, type ReleaseChoicesQuery } from '../../graphql/generated/desk/graphql.ts';
import type { ReleaseMessageKey } from '../../lib/messages/release/zh-CN.ts';
import type { Translate } from '../../lib/messages/translator.ts';
import { useReleaseWords } from './release-words.ts';

/** A new release (REL-01); the rest is written on its page. */
export function RaisePage() {
  const t = useReleaseWords();
  const navigate = useNavigate();
  const client = useApolloClient();
  const choices = useQuery(ReleaseChoicesDocument);
  const { raise, errors, busy } = useRaise('/releases', async (values, idempotencyKey) => {
    const { data } = await client.mutate({ mutation: RaiseReleaseDocument, variables: { input: { ...inputOf(values), idempotencyKey } }, fetchPolicy: 'no-cache' });
    return { number: data?.raiseRelease.release?.number, userErrors: data?.raiseRelease.userErrors ?? [] };
  });
  if (choices.data === undefined) return <PageLoading />;
  return (
    <main className="ticket">
      <RecordForm title={t('raise.title')} fields={fieldsOf(t, choices.data)} errors={errors} busy={busy} submitLabel={t('raise.send')} onSubmit={(values) => void raise(values)} onCancel={() => void navigate('/releases')} />
    </main>
  );
}

function fieldsOf(t: Translate<ReleaseMessageKey>, { customers, people }: ReleaseChoicesQuery): readonly RecordField[] {
  return [
    { name: 'customerId', label: t('field.customer'), kind: 'choice', required: true, options: customers.edges.map(({ node }) => [node.id, node.name]) },
    { name: 'title', label: t('field.title'), kind: 'text', required: true },
    { name: 'version', label: t('field.version'), kind: 'text', required: true },
    { name: 'plannedMonth', label: t('field.month'), kind: 'text', hint: t('field.monthHint') },
    { name: 'ownerId', label: t('field.owner'), kind: 'choice', options: people.map(({ id, name }) => [id, name]) },
    { name: 'ciId', label: t('field.ci'), kind: 'ci' },
  ];
}

function inputOf(values: FormValues) {
  const ciId = values.maybe('ciId');
  return {
    customerId: values.text('customerId'), title: values.text('title'), version: values.text('version'), plannedMonth: values.maybe('plannedMonth'), ownerId: values.maybe('ownerId'),
    ciIds: ciId === undefined ? undefined : [ciId],
  };
}
