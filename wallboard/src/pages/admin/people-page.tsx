import { useQuery } from '@apollo/client/react';
import { labelOf, useDeskWords } from '../../app/desk-words.tsx';
import { Link, useNavigate } from '../../app/router.tsx';
import { QueryState } from '../../components/page-state/query-state.tsx';
import { AdminCreatePersonDocument, AdminCustomersDocument, AdminPeopleDocument, type Locale } from '../../graphql/generated/desk/graphql.ts';
import { Active, AdminPage, NewForm, useSearchText } from './admin-page.tsx';
import { useAdminWords, type AdminTranslate } from './admin-words.ts';
import { EditForm, type EditField } from './edit-form.tsx';
import { useSend } from './use-send.ts';

/** The people (ORG-01): staff and customers' contacts, found by name or e-mail. */
export function PeoplePage() {
  const t = useAdminWords();
  const { locale, vocabulary } = useDeskWords();
  const [search, input] = useSearchText();
  const result = useQuery(AdminPeopleDocument, { variables: { search }, fetchPolicy: 'cache-and-network' });
  return (
    <AdminPage title={t('people.title')} aside={input}>
      <NewForm label={t('people.new')}>{(close) => <NewPerson onCancel={close} />}</NewForm>
      <QueryState result={result} isEmpty={({ people }) => people.length === 0} empty={t('none.found')}>{({ people }) => (
        <section className="card"><table>
          <thead><tr><th>{t('field.name')}</th><th>{t('field.email')}</th><th>{t('field.phone')}</th><th>{t('people.roles')}</th><th>{t('state')}</th></tr></thead>
          <tbody>{people.map((person) => (
            <tr key={person.id}>
              <td><Link to={`/admin/people/${person.id}`}>{person.name}</Link> {person.customerId === null ? null : <small>{t('people.contact')}</small>}</td>
              <td>{person.email}</td><td>{person.phone ?? '—'}</td><td>{person.roles.map(({ role }) => labelOf(vocabulary.roles, role, locale)).join(', ') || '—'}</td><td><Active active={person.active} /></td>
            </tr>
          ))}</tbody>
        </table>{people.length === 100 ? <p className="quiet">{t('list.capped')}</p> : null}</section>
      )}</QueryState>
    </AdminPage>
  );
}

export function personFields(t: AdminTranslate): readonly EditField[] {
  return [
    { name: 'name', label: t('field.name'), kind: 'text', required: true }, { name: 'email', label: t('field.email'), kind: 'text', required: true, hint: t('people.emailHint') },
    { name: 'phone', label: t('field.phone'), kind: 'text' }, { name: 'locale', label: t('people.language'), kind: 'choice', required: true, options: [['ZH_CN', '简体中文'], ['EN', 'English']] },
  ];
}

const asLocale = (value: string | undefined): Locale => (value === 'EN' ? 'EN' : 'ZH_CN');

function NewPerson({ onCancel }: { readonly onCancel: () => void }) {
  const t = useAdminWords();
  const navigate = useNavigate();
  const { busy, errors, send } = useSend();
  const customers = useQuery(AdminCustomersDocument).data?.customers.edges ?? [];
  const fields: readonly EditField[] = [...personFields(t), { name: 'customerId', label: t('people.customer'), kind: 'choice', options: customers.map(({ node }) => [node.id, node.name]), hint: t('people.customerHint') }];
  return (
    <EditForm form="person.new" title={t('people.new')} fields={fields} current={{ locale: 'ZH_CN' }} version={0} errors={errors} busy={busy} onCancel={onCancel} onSave={async (values) => {
      const done = await send(AdminCreatePersonDocument, { name: values['name'] ?? '', email: values['email'] ?? '', phone: values['phone'] || null, locale: asLocale(values['locale']), customerId: values['customerId'] || null });
      if (done?.record) void navigate(`/admin/people/${done.record.id}`);
      return done !== null;
    }}><p className="quiet">{t('people.passwordLater')}</p></EditForm>
  );
}
