import { useQuery } from '@apollo/client/react';
import { Link } from '../../app/router.tsx';
import { PageLoading } from '../../components/page-state/page-state.tsx';
import { RacksDocument, type RacksQuery } from '../../graphql/generated/desk/graphql.ts';
import { useAddressFilter } from './address-filter.ts';
import { useCmdbNames } from './cmdb-names.ts';
import { useCmdbWords } from './cmdb-words.ts';
import { joined } from './load-more.ts';
import { PlaceFilters } from './place-filters.tsx';

type Rack = RacksQuery['racks']['nodes'][number];

/** Rack elevations 机柜示意图 (CMDB-07), drawn from the positions in the register. */
export function RacksPage() {
  const t = useCmdbWords();
  const filter = useAddressFilter();
  const variables = { customerId: filter.get('customer') || null, site: filter.get('site') || null };
  const { data, previousData, fetchMore } = useQuery(RacksDocument, { variables });
  const page = (data ?? previousData)?.racks;
  return (
    <main className="cmdb-page">
      <h1>{t('rack.title')}</h1>
      <div className="filter-line"><PlaceFilters filter={filter} racksOnly /></div>
      {page === undefined ? <PageLoading /> : <div className="racks">{page.nodes.map((rack) => <RackElevation key={rack.id} rack={rack} />)}</div>}
      {page?.nodes.length === 0 ? <p className="quiet">{t('none')}</p> : null}
      {page?.pageInfo.hasNextPage === true ? (
        <button type="button" onClick={() => void fetchMore({ variables: { ...variables, after: page.pageInfo.endCursor }, updateQuery: (old, { fetchMoreResult }) => ({ racks: { ...old.racks, ...joined(old.racks, fetchMoreResult.racks) } }) })}>{t('more')}</button>
      ) : null}
    </main>
  );
}

function RackElevation({ rack }: { readonly rack: Rack }) {
  const t = useCmdbWords();
  const names = useCmdbNames();
  const free = rack.units - rack.placed.reduce((sum, { height }) => sum + height, 0);
  return (
    <section className="rack" aria-label={`${rack.site ?? ''} ${rack.name}`}>
      <h2><Link to={`/cmdb/ci/${rack.id}`}>{rack.name}</Link><small>{rack.site ?? ''}</small></h2>
      <p className="quiet">{rack.unitsAssumed ? t('rack.assumed', { units: rack.units }) : t('rack.units', { units: rack.units })} · {t('rack.free', { count: free })}</p>
      <ol className="rack-units" style={{ gridTemplateRows: `repeat(${rack.units}, 24px)` }}>
        {Array.from({ length: rack.units }, (_, index) => <li key={index} className="rack-unit" aria-hidden="true" style={{ gridRow: index + 1 }}>{rack.units - index}</li>)}
        {rack.placed.map((device) => (
          <li key={device.id} className="rack-device" data-life={device.status} style={{ gridRow: `${rack.units - device.unit - device.height + 2} / span ${device.height}` }}>
            <Link to={`/cmdb/ci/${device.id}`} title={`${device.unit}U · ${names.kindOf(device.class)} · ${device.model ?? ''}`}>{device.name}</Link>
          </li>
        ))}
      </ol>
      {rack.unplaced.length === 0 ? null : (
        <div className="rack-unplaced"><b>{t('rack.unplaced')}</b><ul>{rack.unplaced.map((device) => (
          <li key={device.id}><Link to={`/cmdb/ci/${device.id}`}>{device.name}</Link> <small>{whyOf(device.reason, device.position, t)}</small></li>
        ))}</ul></div>
      )}
    </section>
  );
}

function whyOf(reason: string, position: string | null, t: ReturnType<typeof useCmdbWords>): string {
  const where = { position: position ?? '?' };
  if (reason === 'outside') return t('rack.why.outside', where);
  return reason === 'overlap' ? t('rack.why.overlap', where) : t('rack.why.unknown');
}
