import { useQuery } from '@apollo/client/react';
import { useDeskWords } from '../../app/desk-words.tsx';
import { Link } from '../../app/router.tsx';
import { QueryState } from '../../components/page-state/query-state.tsx';
import { AdminPoliciesDocument } from '../../graphql/generated/desk/graphql.ts';
import { AdminPage, useSearchText } from './admin-page.tsx';
import { useAdminWords } from './admin-words.ts';
import { wordOf } from './policy-words.ts';

/** Every policy document: what it is about, its version in force, and whether clocks are planned by it. */
export function PoliciesPage() {
  const t = useAdminWords();
  const { locale } = useDeskWords();
  const [search, input] = useSearchText();
  const result = useQuery(AdminPoliciesDocument, { fetchPolicy: 'cache-and-network' });
  return (
    <AdminPage title={t('policies.title')} aside={input}>
      <QueryState result={result}>{({ policies, policyForms }) => (
        <ul className="policy-cards">{policies.map(({ key, version }) => {
          const form = policyForms.find((one) => one.key === key);
          const word = wordOf(form?.words ?? [], []);
          const name = (locale === 'en' ? word?.en : word?.zh) ?? key;
          return `${name} ${key} ${word?.spec ?? ''}`.toLowerCase().includes(search.toLowerCase()) ? (
            <li key={key} className="card"><h2><Link to={`/admin/policies/${key}`}>{name}</Link></h2><p>{locale === 'en' ? word?.meaningEn : word?.meaningZh}</p>
              <p className="quiet">{t('policies.version', { version })} · {word?.spec} {form?.planning === true ? <span className="badge">{t('policies.planning')}</span> : null}</p></li>
          ) : null;
        })}</ul>
      )}</QueryState>
    </AdminPage>
  );
}
