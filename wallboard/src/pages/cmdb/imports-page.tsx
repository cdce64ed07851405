import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { Link, useNavigate } from '../../app/router.tsx';
import { When } from '../../components/when.tsx';
import type { UserError } from '../../components/record-actions/record-action.ts';
import { CmdbCustomersDocument, RegisterFilesDocument } from '../../graphql/generated/desk/graphql.ts';
import { useCmdbWords } from './cmdb-words.ts';
import { Refusals } from './refusals.tsx';

const KINDS = ['ci', 'servers', 'ports'] as const;

/** Files of the register: given, looked at, then taken over or put aside (CMDB-07). */
export function ImportsPage() {
  const t = useCmdbWords();
  const { data } = useQuery(RegisterFilesDocument, { fetchPolicy: 'cache-and-network' });
  return (
    <main className="cmdb-page">
      <h1>{t('import.title')}</h1>
      <GiveFile />
      <section className="card"><h2>{t('import.files')}</h2>
        {data?.registerImports.length === 0 ? <p className="quiet">{t('none')}</p> : null}
        <table className="cmdb-table"><tbody>{(data?.registerImports ?? []).map((file) => (
          <tr key={file.id}>
            <td><Link to={`/cmdb/import/${file.id}`}>{file.fileName}</Link></td><td>{t(kindKey(file.kind))}</td><td><span className="badge" data-import={file.state}>{t(stateKey(file.state))}</span></td>
            <td>{t('import.by', { name: file.proposedByName })} <When at={file.proposedAt} /></td><td>{file.authorisedBy === null ? '' : t('import.authorised', { by: file.authorisedBy })}</td>
          </tr>
        ))}</tbody></table>
      </section>
    </main>
  );
}

export const kindKey = (kind: string) => (kind === 'ports' ? 'kind.ports' as const : kind === 'servers' ? 'kind.servers' as const : 'kind.ci' as const);
export const stateKey = (state: string) => (state === 'applied' ? 'state.applied' as const : state === 'discarded' ? 'state.discarded' as const : 'state.proposed' as const);

function GiveFile() {
  const t = useCmdbWords();
  const navigate = useNavigate();
  const customers = useQuery(CmdbCustomersDocument).data?.customers.edges ?? [];
  const [errors, setErrors] = useState<readonly UserError[]>([]);
  const [busy, setBusy] = useState(false);
  const give = async (form: FormData): Promise<void> => {
    const file = form.get('file');
    if (!(file instanceof File) || file.name === '') return;
    setBusy(true);
    const query = new URLSearchParams({ kind: String(form.get('kind')), name: file.name, customer: String(form.get('customer')) });
    const answer = await fetch(`/uploads/cmdb-register?${query.toString()}`, { method: 'POST', body: file, headers: { 'Content-Type': 'application/octet-stream' } });
    const body: unknown = await answer.json();
    setBusy(false);
    const id = idOf(body);
    if (id === null) setErrors(refusalsOf(body));
    else void navigate(`/cmdb/import/${id}`);
  };
  return (
    <form className="card cmdb-form" onSubmit={(event) => {
      event.preventDefault();
      void give(new FormData(event.currentTarget));
    }}>
      <p className="quiet">{t('import.first')}</p>
      <label className="cmdb-choice">{t('import.kind')}<select name="kind">{KINDS.map((kind) => <option key={kind} value={kind}>{t(`kind.${kind}`)}</option>)}</select></label>
      <label className="cmdb-choice">{t('customer')}<select name="customer"><option value="">{t('import.whole')}</option>{customers.map(({ node }) => <option key={node.id} value={node.id}>{node.name}</option>)}</select></label>
      <label className="cmdb-choice">{t('import.file')}<input type="file" name="file" accept=".csv,.xlsx" required /></label>
      <button type="submit" className="main" disabled={busy}>{t('import.look')}</button>
      <Refusals errors={errors} />
    </form>
  );
}

function idOf(body: unknown): string | null {
  return typeof body === 'object' && body !== null && 'id' in body && typeof body.id === 'string' ? body.id : null;
}

/** What the server refuses beside GraphQL, in the same form. */
function refusalsOf(body: unknown): UserError[] {
  const errors: unknown = typeof body === 'object' && body !== null && 'errors' in body ? body.errors : [];
  if (!Array.isArray(errors)) return [];
  return errors.map((error: { message?: string; extensions?: { code?: string; field?: string | null } }) => ({
    code: error.extensions?.code ?? 'INTERNAL_SERVER_ERROR', message: error.message ?? '', field: error.extensions?.field ?? null,
  }));
}
