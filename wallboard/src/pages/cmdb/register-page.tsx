import { useQuery } from '@apollo/client/react';
import { Link } from '../../app/router.tsx';
import { QueryNotice } from '../../components/page-state/query-state.tsx';
import { useDeskWords } from '../../app/desk-words.tsx';
import { CmdbCustomersDocument, RegisterDocument, RegisterFacetsDocument } from '../../graphql/generated/desk/graphql.ts';
import { useAddressFilter } from './address-filter.ts';
import { useCmdbNames } from './cmdb-names.ts';
import { useCmdbWords } from './cmdb-words.ts';
import { joined } from './load-more.ts';
import { Choice, PlaceFilters } from './place-filters.tsx';

/** The register of configuration items (CMDB-02, CMDB-07): narrowed in the address bar, exported as it is narrowed. */
export function RegisterPage() {
  const t = useCmdbWords();
  const { locale } = useDeskWords();
  const names = useCmdbNames();
  const filter = useAddressFilter();
  const facets = useQuery(RegisterFacetsDocument).data?.registerFacets;
  const customers = new Map((useQuery(CmdbCustomersDocument).data?.customers.edges ?? []).map(({ node }) => [node.id, node.name]));
  const variables = { filter: { search: filter.get('q'), classes: filter.list('class'), lives: filter.list('life'), customerIds: filter.list('customer'), site: filter.get('site') } };
  const { data, previousData, error, refetch, fetchMore } = useQuery(RegisterDocument, { variables });
  const page = (data ?? previousData)?.register;
  const exported = (kind: string, format: string): string =>
    `/downloads/cmdb-register?${new URLSearchParams({ kind, format, lang: locale, ...Object.fromEntries(['q', 'class', 'life', 'customer', 'site'].map((key) => [key, filter.get(key)])) }).toString()}`;
  return (
    <main className="cmdb-page">
      <h1>{t('register.title')}</h1>
      <div className="filter-line">
        <input type="search" aria-label={t('search')} placeholder={t('register.search')} defaultValue={filter.get('q')} onChange={(event) => filter.set('q', event.target.value)} />
        <Choice label={t('class')} value={filter.get('class')} onChoose={(value) => filter.set('class', value)} options={(facets?.classes ?? []).map(({ key, items }) => [key, `${names.kindOf(key)} (${items})`])} />
        <Choice label={t('life')} value={filter.get('life')} onChoose={(value) => filter.set('life', value)} options={(facets?.lives ?? []).map(({ key, items }) => [key, `${names.lifeOf(key)} (${items})`])} />
        <PlaceFilters filter={filter} />
        <span className="total">{page === undefined ? null : t('register.total', { count: page.total })}</span>
      </div>
      <p className="cmdb-exports">{t('register.export')}{(['ci', 'servers', 'ports'] as const).map((kind) => (
        <span key={kind}>{t(`export.${kind}`)} <a href={exported(kind, 'xlsx')} download>XLSX</a> <a href={exported(kind, 'csv')} download>CSV</a></span>
      ))}</p>
      <QueryNotice error={error} known={page !== undefined} retry={refetch} />
      {page === undefined ? null : (
        <table className="cmdb-table">
          <thead><tr><th>{t('col.key')}</th><th>{t('col.name')}</th><th>{t('class')}</th><th>{t('life')}</th><th>{t('customer')}</th><th>{t('site')}</th><th>{t('col.model')}</th><th>{t('col.serial')}</th><th>{t('col.owner')}</th></tr></thead>
          <tbody>{page.nodes.map((ci) => (
            <tr key={ci.id}>
              <td>{ci.assetLabel ?? ci.externalId ?? '—'}</td><td><Link to={`/cmdb/ci/${ci.id}`}>{ci.name}</Link></td><td>{names.kindOf(ci.class)}</td>
              <td><span className="badge" data-life={ci.life}>{names.lifeOf(ci.life)}</span></td><td>{customers.get(ci.customerId ?? '') ?? '—'}</td><td>{ci.site ?? '—'}</td><td>{ci.model ?? '—'}</td><td>{ci.serial ?? '—'}</td><td>{ci.ownerName ?? '—'}</td>
            </tr>
          ))}</tbody>
        </table>
      )}
      {page?.nodes.length === 0 ? <p className="quiet">{t('none')}</p> : null}
      {page?.pageInfo.hasNextPage === true ? (
        <button type="button" onClick={() => void fetchMore({ variables: { ...variables, after: page.pageInfo.endCursor }, updateQuery: (old, { fetchMoreResult }) => ({ register: { ...old.register, ...joined(old.register, fetchMoreResult.register) } }) })}>{t('more')}</button>
      ) : null}
    </main>
  );
}
