import { useQuery } from '@apollo/client/react';
import { Link } from '../../app/router.tsx';
import { PageLoading } from '../../components/page-state/page-state.tsx';
import { useDeskWords } from '../../app/desk-words.tsx';
import { PortTableDocument, type PortTableQuery } from '../../graphql/generated/desk/graphql.ts';
import { useAddressFilter } from './address-filter.ts';
import { useCmdbWords } from './cmdb-words.ts';
import { joined } from './load-more.ts';
import { PlaceFilters } from './place-filters.tsx';

/** The port connection table 端口连接表 (CMDB-07). */
export function PortsPage() {
  const t = useCmdbWords();
  const { locale } = useDeskWords();
  const filter = useAddressFilter();
  const variables = { customerId: filter.get('customer') || null, site: filter.get('site') || null, search: filter.get('q') || null };
  const { data, previousData, fetchMore } = useQuery(PortTableDocument, { variables });
  const page = (data ?? previousData)?.portConnections;
  const exported = (format: string): string => `/downloads/cmdb-register?${new URLSearchParams({ kind: 'ports', format, lang: locale, q: filter.get('q'), customer: filter.get('customer'), site: filter.get('site') }).toString()}`;
  return (
    <main className="cmdb-page">
      <h1>{t('port.title')}</h1>
      <div className="filter-line">
        <input type="search" aria-label={t('search')} placeholder={t('port.search')} defaultValue={filter.get('q')} onChange={(event) => filter.set('q', event.target.value)} />
        <PlaceFilters filter={filter} />
        <span className="cmdb-exports total">{t('register.export')} <a href={exported('xlsx')} download>XLSX</a> <a href={exported('csv')} download>CSV</a></span>
      </div>
      {page === undefined ? <PageLoading /> : <PortTable lines={page.nodes} />}
      {page?.pageInfo.hasNextPage === true ? (
        <button type="button" onClick={() => void fetchMore({ variables: { ...variables, after: page.pageInfo.endCursor }, updateQuery: (old, { fetchMoreResult }) => ({ portConnections: { ...old.portConnections, ...joined(old.portConnections, fetchMoreResult.portConnections) } }) })}>{t('more')}</button>
      ) : null}
    </main>
  );
}

export function PortTable({ lines }: { readonly lines: PortTableQuery['portConnections']['nodes'] }) {
  const t = useCmdbWords();
  if (lines.length === 0) return <p className="quiet">{t('port.none')}</p>;
  return (
    <table className="cmdb-table">
      <thead><tr><th>{t('port.cable')}</th><th>{t('port.a')}</th><th>{t('port.aPort')}</th><th>{t('port.b')}</th><th>{t('port.bPort')}</th><th>{t('port.type')}</th><th>{t('port.status')}</th></tr></thead>
      <tbody>{lines.map((line) => (
        <tr key={line.id}>
          <td>{line.cable}</td><td><Link to={`/cmdb/ci/${line.aId}`}>{line.aName}</Link></td><td>{line.aPort}</td><td><Link to={`/cmdb/ci/${line.bId}`}>{line.bName}</Link></td><td>{line.bPort}</td><td>{line.cableType ?? '—'}</td><td>{statusWord(line.status, t)}</td>
        </tr>
      ))}</tbody>
    </table>
  );
}

/** The register knows three; what an import brings beside them stands as it came. */
function statusWord(status: string, t: ReturnType<typeof useCmdbWords>): string {
  switch (status) {
    case 'connected': case 'planned': case 'decommissioning': return t(`portIs.${status}`);
    default: return status;
  }
}
