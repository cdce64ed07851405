import { useQuery } from '@apollo/client/react';
import { Link, useNavigate } from '../../app/router.tsx';
import { QueryState } from '../../components/page-state/query-state.tsx';
import { AdminCreateCustomerDocument, AdminCustomersDocument, type Importance } from '../../graphql/generated/desk/graphql.ts';
import { Active, AdminPage, NewForm, useSearchText } from './admin-page.tsx';
import { useAdminWords, type AdminTranslate } from './admin-words.ts';
import { EditForm, type EditField } from './edit-form.tsx';
import { useSend } from './use-send.ts';

/** The customers by name (AGR-01). */
export function CustomersPage() {
  const t = useAdminWords();
  const navigate = useNavigate();
  const [search, input] = useSearchText();
  const result = useQuery(AdminCustomersDocument, { variables: { search }, fetchPolicy: 'cache-and-network' });
  const { busy, errors, send } = useSend();
  return (
    <AdminPage title={t('customers.title')} aside={input}>
      <NewForm label={t('customers.new')}>{(close) => <EditForm form="customer.new" title={t('customers.new')} fields={customerFields(t)} current={{ timeZone: 'Asia/Shanghai', importance: 'NORMAL' }} version={0} errors={errors} busy={busy} onCancel={close} onSave={async (values) => {
        const done = await send(AdminCreateCustomerDocument, { name: values['name'] ?? '', fullName: values['fullName'] ?? '', timeZone: values['timeZone'] ?? '', importance: importanceOf(values['importance']) });
        if (done?.record) void navigate(`/admin/customers/${done.record.id}`);
        return done !== null;
      }} />}</NewForm>
      <QueryState result={result} isEmpty={({ customers }) => customers.edges.length === 0} empty={t('none.found')}>{({ customers }) => (
        <section className="card"><table>
          <thead><tr><th>{t('field.name')}</th><th>{t('customers.fullName')}</th><th>{t('customers.timeZone')}</th><th>{t('customers.importance')}</th><th>{t('state')}</th></tr></thead>
          <tbody>{customers.edges.map(({ node }) => <tr key={node.id}><td><Link to={`/admin/customers/${node.id}`}>{node.name}</Link></td><td>{node.fullName}</td><td>{node.timeZone}</td><td>{t(`importance.${node.importance}`)}</td><td><Active active={node.active} /></td></tr>)}</tbody>
        </table>{customers.pageInfo.hasNextPage ? <p className="quiet">{t('list.capped')}</p> : null}</section>
      )}</QueryState>
    </AdminPage>
  );
}

const IMPORTANCE = ['NORMAL', 'IMPORTANT', 'KEY'] as const satisfies readonly Importance[];
export const importanceOf = (value: string | undefined): Importance => IMPORTANCE.find((one) => one === value) ?? 'NORMAL';

export function customerFields(t: AdminTranslate): readonly EditField[] {
  return [
    { name: 'name', label: t('customers.shortName'), kind: 'text', required: true }, { name: 'fullName', label: t('customers.fullName'), kind: 'text', required: true },
    { name: 'timeZone', label: t('customers.timeZone'), kind: 'text', required: true, hint: t('customers.timeZoneHint') },
    { name: 'importance', label: t('customers.importance'), kind: 'choice', required: true, options: IMPORTANCE.map((key) => [key, t(`importance.${key}`)]) },
  ];
}
