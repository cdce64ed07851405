import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { useDeskWords } from '../../app/desk-words.tsx';
import { Link } from '../../app/router.tsx';
import { QueryState } from '../../components/page-state/query-state.tsx';
import { When } from '../../components/when.tsx';
import { AdminCreateTokenDocument, AdminCustomersDocument, AdminRevokeTokenDocument, AdminTokensDocument, type AdminTokensQuery } from '../../graphql/generated/desk/graphql.ts';
import { AdminPage, NewForm, useSearchText } from './admin-page.tsx';
import { useAdminWords } from './admin-words.ts';
import { AskButton } from './ask-button.tsx';
import { EditForm } from './edit-form.tsx';
import { Refusals } from './refusals.tsx';
import { useSend } from './use-send.ts';

type Token = AdminTokensQuery['tokens'][number];
const standingOf = ({ revokedAt, expiresAt }: Token, now: number): 'revoked' | 'expired' | 'valid' => (revokedAt !== null ? 'revoked' : expiresAt !== null && Date.parse(expiresAt) <= now ? 'expired' : 'valid');

/** API tokens: what they may do, when they were used last, when they end (ORG-04). */
export function TokensPage() {
  const t = useAdminWords();
  const [search, input] = useSearchText();
  const [now] = useState(() => Date.now());
  const [plain, setPlain] = useState<string | null>(null);
  const { busy, errors, send } = useSend();
  const result = useQuery(AdminTokensDocument, { fetchPolicy: 'cache-and-network' });
  return (
    <AdminPage title={t('tokens.title')} aside={input}>
      <p className="quiet">{t('tokens.screensElsewhere')} <Link to="/screens">{t('nav.screens')}</Link></p>
      {plain === null ? null : <section className="card secret" role="status"><p>{t('tokens.once')}</p><input readOnly aria-label={t('tokens.once')} value={plain} onFocus={(event) => event.target.select()} /><button type="button" onClick={() => setPlain(null)}>{t('tokens.noted')}</button></section>}
      <Refusals errors={errors} />
      <QueryState result={result}>{(data) => (
        <>
          <NewForm label={t('tokens.new')}>{(close) => <NewToken data={data} onDone={async (made) => { setPlain(made); close(); await result.refetch(); }} onCancel={close} />}</NewForm>
          <section className="card"><table>
            <thead><tr><th>{t('field.name')}</th><th>{t('tokens.kind')}</th><th>{t('tokens.scopes')}</th><th>{t('tokens.lastUsed')}</th><th>{t('tokens.expires')}</th><th>{t('state')}</th><th className="figure">{t('tokens.revoke')}</th></tr></thead>
            <tbody>{data.tokens.filter(({ name }) => name.toLowerCase().includes(search.toLowerCase())).map((token) => (
              <tr key={token.id}><td>{token.name}<br /><small>{t('tokens.made')} <When at={token.createdAt} /></small></td><td>{t(`tokens.${token.kind}`)}</td><td title={token.scopes.join(', ')}>{token.kind === 'SCREEN' ? t('tokens.board') : t('tokens.scopeCount', { count: token.scopes.length })}</td>
                <td>{token.lastUsedAt === null ? t('tokens.never') : <When at={token.lastUsedAt} />}</td><td>{token.expiresAt === null ? t('tokens.open') : <When at={token.expiresAt} />}</td><td><span className="badge" data-token={standingOf(token, now)}>{t(`tokens.${standingOf(token, now)}`)}</span></td>
                <td className="figure">{standingOf(token, now) === 'valid' ? <AskButton label={t('tokens.revokeOne', { name: token.name })} question={t('tokens.revokeAsk', { name: token.name })} disabled={busy} onYes={() => send(AdminRevokeTokenDocument, { tokenId: token.id }).then(() => result.refetch())} /> : '—'}</td></tr>
            ))}</tbody>
          </table></section>
        </>
      )}</QueryState>
    </AdminPage>
  );
}

function NewToken({ data, onDone, onCancel }: { readonly data: AdminTokensQuery; readonly onDone: (plain: string) => Promise<void>; readonly onCancel: () => void }) {
  const t = useAdminWords();
  const { locale } = useDeskWords();
  const { busy, errors, send } = useSend();
  const customers = useQuery(AdminCustomersDocument).data?.customers.edges ?? [];
  return <EditForm form="token.new" title={t('tokens.new')} version={0} current={{}} errors={errors} busy={busy} onCancel={onCancel} fields={[
    { name: 'name', label: t('field.name'), kind: 'text', required: true, hint: t('tokens.nameHint') },
    { name: 'expiresAt', label: t('tokens.expires'), kind: 'instant', hint: t('tokens.expiresHint') },
    { name: 'customerId', label: t('people.onlyCustomer'), kind: 'choice', options: customers.map(({ node }) => [node.id, node.name]) },
    { name: 'scopes', label: t('tokens.scopes'), kind: 'choices', options: data.permissions.map(({ key, zh, en }) => [key, locale === 'en' ? en : zh]) },
  ]} onSave={async (values) => {
    const done = await send(AdminCreateTokenDocument, { name: values['name'] ?? '', kind: 'INTEGRATOR', scopes: (values['scopes'] ?? '').split(',').filter((one) => one !== ''), customerId: values['customerId'] || null, expiresAt: values['expiresAt'] || null });
    if (done?.created) await onDone(done.created.plain);
    return done !== null;
  }} />;
}
