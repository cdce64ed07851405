import { useQuery } from '@apollo/client/react';
import { CustomerUsesDocument, ServiceUsesDocument, TeamUsesDocument } from '../../graphql/generated/desk/graphql.ts';
import { useAdminWords } from './admin-words.ts';

const QUERIES = { team: TeamUsesDocument, customer: CustomerUsesDocument, service: ServiceUsesDocument } as const;

/** What still needs a record that is to go, before it is tried; the server refuses by the same count (WBD-11). */
export function Uses({ of, id }: { readonly of: keyof typeof QUERIES; readonly id: string }) {
  const t = useAdminWords();
  const uses = useQuery(QUERIES[of], { variables: { id }, fetchPolicy: 'network-only' }).data?.uses;
  if (uses === undefined) return <p className="quiet" role="status">{t('uses.looking')}</p>;
  if (uses.length === 0) return <p className="quiet" role="status">{t('uses.none')}</p>;
  return (
    <section className="uses" role="status"><h4>{t('uses.title')}</h4>
      <ul>{uses.map(({ kind, count, names }) => <li key={kind} data-kind={kind}><b>{t(`uses.${kind}`, { count })}</b> {names.join(', ')}{count > names.length ? ' …' : ''}</li>)}</ul>
      <p className="quiet">{t(uses.some(({ kind }) => kind !== 'CI') ? 'uses.first' : 'uses.onlyTold')}</p>
    </section>
  );
}
