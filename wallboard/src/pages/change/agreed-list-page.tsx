import { useApolloClient, useQuery } from '@apollo/client/react';
import { useRef, useState } from 'react';
import { Link, useSearchParams } from '../../app/router.tsx';
import type { FormValues, UserError } from '../../components/record-actions/record-action.ts';
import { RecordForm } from '../../components/record-actions/record-form.tsx';
import { When } from '../../components/when.tsx';
import { AgreedListDocument, AgreePreAuthorisedDocument, ChangeChoicesDocument, EndPreAuthorisedDocument, type AgreedListQuery } from '../../graphql/generated/desk/graphql.ts';
import { newKey } from '../../lib/new-key.ts';
import { withKey } from './change-view.ts';
import { useChangeWords } from './change-words.ts';

type Item = AgreedListQuery['preAuthorisedChanges'][number];

/** What a customer agreed to beforehand: general changes that go straight to execution. */
export function AgreedListPage() {
  const t = useChangeWords();
  const [search, setSearch] = useSearchParams();
  const customerId = search.get('customer') ?? '';
  const customers = useQuery(ChangeChoicesDocument).data?.customers.edges ?? [];
  const { data, refetch } = useQuery(AgreedListDocument, { variables: { customerId }, skip: customerId === '' });
  const [form, setForm] = useState<'add' | Item | null>(null);
  const done = async (): Promise<void> => {
    setForm(null);
    await refetch();
  };
  return (
    <main className="ticket">
      <h1>{t('agreed.title')}</h1>
      <p className="quiet">{t('agreed.hint')}</p>
      <div className="filter-line">
        <select aria-label={t('field.customer')} value={customerId} onChange={(event) => setSearch(withKey(search, 'customer', event.target.value))}>
          <option value="">{t('agreed.choose')}</option>
          {customers.map(({ node }) => <option key={node.id} value={node.id}>{node.name}</option>)}
        </select>
        {customerId === '' ? null : <button type="button" className="main" onClick={() => setForm('add')}>{t('agreed.add')}</button>}
      </div>
      {form === 'add' ? <AddForm customerId={customerId} onDone={done} onCancel={() => setForm(null)} /> : null}
      {form !== null && form !== 'add' ? <EndForm item={form} onDone={done} onCancel={() => setForm(null)} /> : null}
      {data?.preAuthorisedChanges.length === 0 ? <p className="quiet">{t('agreed.none')}</p> : null}
      <ul className="agreed">
        {data?.preAuthorisedChanges.map((item) => (
          <li key={item.id} className="card">
            <h2>{item.title}<small>{t('agreed.by', { name: item.agreedBy })} <When at={item.agreedAt} /></small>{item.endsAt === null ? null : <small>{t('field.endsAt')} <When at={item.endsAt} /></small>}</h2>
            <p className="entry-body">{item.servicePlan}</p>
            {item.endsAt === null ? <Link className="button" to={`/changes/new?customer=${customerId}&item=${item.id}`}>{t('list.raise')}</Link> : null}
            <button type="button" className="plain" onClick={() => setForm(item)}>{t('agreed.end')}</button>
          </li>
        ))}
      </ul>
    </main>
  );
}

interface FormProps {
  readonly onDone: () => Promise<void>;
  readonly onCancel: () => void;
}

/** Runs a command once per key; a key stands for one body. */
function useCommand(onDone: () => Promise<void>) {
  const [errors, setErrors] = useState<readonly UserError[]>([]);
  const [busy, setBusy] = useState(false);
  const key = useRef(newKey());
  const run = async (command: (idempotencyKey: string) => Promise<readonly UserError[]>): Promise<void> => {
    setBusy(true);
    try {
      const refused = await command(key.current);
      setErrors(refused);
      if (refused.length > 0) key.current = newKey();
      else await onDone();
    } catch (error) {
      setErrors([{ code: 'UNREACHABLE', message: error instanceof Error ? error.message : '', field: null }]);
    } finally {
      setBusy(false);
    }
  };
  return { run, errors, busy };
}

function AddForm({ customerId, onDone, onCancel }: FormProps & { readonly customerId: string }) {
  const t = useChangeWords();
  const client = useApolloClient();
  const { run, errors, busy } = useCommand(onDone);
  const add = (values: FormValues): Promise<void> => run(async (idempotencyKey) => {
    const input = {
      customerId, idempotencyKey, title: values.text('title'), servicePlan: values.text('servicePlan'), agreedBy: values.text('agreedBy'), agreedAt: values.instant('agreedAt') ?? '', endsAt: values.instant('endsAt'),
    };
    return (await client.mutate({ mutation: AgreePreAuthorisedDocument, variables: { input }, fetchPolicy: 'no-cache' })).data?.agreePreAuthorised.userErrors ?? [];
  });
  return (
    <RecordForm title={t('agreed.add')} errors={errors} busy={busy} onCancel={onCancel} onSubmit={(values) => void add(values)} fields={[
      { name: 'title', label: t('field.title'), kind: 'text', required: true }, { name: 'servicePlan', label: t('field.servicePlan'), kind: 'long', required: true },
      { name: 'agreedBy', label: t('field.agreedBy'), kind: 'text', required: true }, { name: 'agreedAt', label: t('field.agreedAt'), kind: 'instant', required: true },
      { name: 'endsAt', label: t('field.endsAt'), kind: 'instant' },
    ]} />
  );
}

function EndForm({ item, onDone, onCancel }: FormProps & { readonly item: Item }) {
  const t = useChangeWords();
  const client = useApolloClient();
  const { run, errors, busy } = useCommand(onDone);
  const end = (values: FormValues): Promise<void> => run(async (idempotencyKey) => {
    const input = { id: item.id, expectedVersion: item.version, reason: values.text('reason'), idempotencyKey };
    return (await client.mutate({ mutation: EndPreAuthorisedDocument, variables: { input }, fetchPolicy: 'no-cache' })).data?.endPreAuthorised.userErrors ?? [];
  });
  return <RecordForm title={`${t('agreed.end')}: ${item.title}`} errors={errors} busy={busy} onCancel={onCancel} onSubmit={(values) => void end(values)} fields={[{ name: 'reason', label: t('field.reason'), kind: 'long', required: true }]} />;
}
