import { useApolloClient, useQuery } from '@apollo/client/react';
import { useRef, useState } from 'react';
import { useNavigate, useSearchParams } from '../../app/router.tsx';
import { PageLoading } from '../../components/page-state/page-state.tsx';
import { labelOf, useDeskWords } from '../../app/desk-words.tsx';
import type { FormValues, RecordField, UserError } from '../../components/record-actions/record-action.ts';
import { RecordForm } from '../../components/record-actions/record-form.tsx';
import { OpenProblemDocument, ProblemChoicesDocument } from '../../graphql/generated/desk/graphql.ts';
import { newKey } from '../../lib/new-key.ts';
import { severityOf } from './problem-actions.ts';
import { SEVERITIES } from './problem-view.ts';
import { useProblemWords } from './problem-words.ts';

/** PRB-01: a problem by hand. `?incident=ID&customer=ID` opens it for an incident. */
export function OpenProblemPage() {
  const t = useProblemWords();
  const { locale } = useDeskWords();
  const client = useApolloClient();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const { data } = useQuery(ProblemChoicesDocument);
  const [errors, setErrors] = useState<readonly UserError[]>([]);
  const [busy, setBusy] = useState(false);
  const key = useRef(newKey());
  const terms = data?.problemTerms;
  const fields: readonly RecordField[] = [
    { name: 'customerId', label: t('column.customer'), kind: 'choice', required: true, value: search.get('customer') ?? '', options: (data?.customers.edges ?? []).map(({ node }) => [node.id, node.name]) },
    { name: 'title', label: t('field.title'), kind: 'text', required: true },
    { name: 'description', label: t('field.description'), kind: 'long', required: true },
    { name: 'class', label: t('field.class'), kind: 'choice', required: true, options: (terms?.classes ?? []).map(({ key: word }) => [word, labelOf(terms?.classes ?? [], word, locale)]) },
    { name: 'severity', label: t('column.severity'), kind: 'choice', required: true, value: 'L3', options: SEVERITIES.map((word) => [word, `${word} ${labelOf(terms?.severities ?? [], word, locale)}`]) },
    { name: 'symptom', label: t('field.symptom'), kind: 'text', hint: t('hint.symptom') },
    { name: 'ciId', label: t('field.ci'), kind: 'ci' },
  ];
  const submit = async (values: FormValues): Promise<void> => {
    setBusy(true);
    const incident = search.get('incident');
    try {
      const { data: answer } = await client.mutate({ mutation: OpenProblemDocument, fetchPolicy: 'no-cache', variables: { input: {
        customerId: values.text('customerId'), title: values.text('title'), description: values.text('description'), class: values.text('class'), severity: severityOf(values.text('severity')),
        symptom: values.maybe('symptom'), ciId: values.maybe('ciId'), incidentIds: incident === null ? undefined : [incident], idempotencyKey: key.current,
      } } });
      const refused = answer?.openProblem.userErrors ?? [];
      setErrors(refused);
      if (refused.length > 0) key.current = newKey();
      else if (answer?.openProblem.problem) void navigate(`/problems/${answer.openProblem.problem.number}`);
    } catch (error) {
      setErrors([{ code: 'UNREACHABLE', message: error instanceof Error ? error.message : '', field: null }]);
    } finally {
      setBusy(false);
    }
  };
  if (data === undefined) return <PageLoading />;
  return <main className="ticket problems"><RecordForm title={t('list.new')} fields={fields} errors={errors} busy={busy} onSubmit={(values) => void submit(values)} onCancel={() => void navigate(-1)} /></main>;
}
