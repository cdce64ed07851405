import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { useSearchParams } from '../../app/router.tsx';
import { QueryState } from '../../components/page-state/query-state.tsx';
import { When } from '../../components/when.tsx';
import { AdminTrailDocument } from '../../graphql/generated/desk/graphql.ts';
import { AdminPage } from './admin-page.tsx';
import { useAdminWords } from './admin-words.ts';
import { differences } from './differences.ts';
import { localInput } from './local-input.ts';

/** The audit trail, newest first (ORG-05); what one looks for stands in the address. */
export function AuditPage() {
  const t = useAdminWords();
  const [params, setParams] = useSearchParams();
  const [before, setBefore] = useState<string | null>(null);
  const of = (name: string): string => params.get(name) ?? '';
  const result = useQuery(AdminTrailDocument, { variables: { type: of('type') || null, actorName: of('who') || null, from: of('from') || null, to: of('to') || null, before }, fetchPolicy: 'cache-and-network' });
  const set = (name: string, value: string): void => {
    const next = new URLSearchParams(params);
    if (value === '') next.delete(name);
    else next.set(name, value);
    setBefore(null);
    setParams(next, { replace: true });
  };
  return (
    <AdminPage title={t('audit.title')}>
      <div className="audit-filters" role="search">
        <label>{t('audit.type')}<input value={of('type')} placeholder="policy, person, incident.suspended …" onChange={(event) => set('type', event.target.value)} /></label>
        <label>{t('audit.who')}<input value={of('who')} onChange={(event) => set('who', event.target.value)} /></label>
        {(['from', 'to'] as const).map((name) => <label key={name}>{t(`field.${name}`)}<input type="datetime-local" value={localInput(of(name))} onChange={(event) => set(name, event.target.value === '' ? '' : new Date(event.target.value).toISOString())} /></label>)}
      </div>
      <QueryState result={result} isEmpty={({ auditTrail }) => auditTrail.entries.length === 0} empty={t('none.found')}>{({ auditTrail }) => (
        <section className="card"><table>
          <thead><tr><th>{t('audit.when')}</th><th>{t('audit.who')}</th><th>{t('audit.what')}</th><th>{t('audit.changed')}</th><th>{t('field.reason')}</th><th>{t('audit.origin')}</th></tr></thead>
          <tbody>{auditTrail.entries.map((entry) => (
            <tr key={entry.seq}><td><When at={entry.recordedAt} /></td><td>{entry.actorName}{entry.onBehalfOf === null ? null : <small> {entry.onBehalfOf}</small>}</td><td><code>{entry.type}</code></td>
              <td>{entry.redacted ? <i>{t('audit.redacted')}</i> : <details><summary>{t('audit.fields', { count: differences(entry.before, entry.after).length })}</summary><ul className="diff">{differences(entry.before, entry.after).slice(0, 60).map(({ path, before: was, after: is }) => <li key={path}><code>{path}</code> {was === null ? null : <del>{was}</del>} {is === null ? null : <ins>{is}</ins>}</li>)}</ul></details>}</td>
              <td>{entry.reason ?? ''}</td><td><small>{entry.origin}</small></td></tr>
          ))}</tbody>
        </table><div className="form-end">{before === null ? null : <button type="button" onClick={() => setBefore(null)}>{t('audit.newest')}</button>}{auditTrail.hasNextPage ? <button type="button" onClick={() => setBefore(auditTrail.endCursor)}>{t('audit.older')}</button> : null}</div></section>
      )}</QueryState>
    </AdminPage>
  );
}
