import { useQuery } from '@apollo/client/react';
import { lazy, Suspense } from 'react';
import { Link, useParams } from '../../app/router.tsx';
import { PageFailed, PageLoading, PageMissing } from '../../components/page-state/page-state.tsx';
import { When } from '../../components/when.tsx';
import { CiAsOfDocument, CiPageDocument, CmdbCustomersDocument, PortTableDocument, type CiPageQuery } from '../../graphql/generated/desk/graphql.ts';
import { instantOfInput } from '../../lib/time/local-input.ts';
import { useAddressFilter } from './address-filter.ts';
import { CiFacts } from './ci-facts.tsx';
import { CiTimelineCard } from './ci-timeline.tsx';
import { CiVersions } from './ci-versions.tsx';
import { useCmdbNames } from './cmdb-names.ts';
import { useCmdbWords } from './cmdb-words.ts';
import { PortTable } from './ports-page.tsx';

// The picture carries a layout engine: only those who look at an item download it.
const CiGraph = lazy(async () => ({ default: (await import('./graph/ci-graph.tsx')).CiGraph }));

type Ci = NonNullable<CiPageQuery['ci']>;

/** A configuration item: facts, relations, versions, ports, and all that it reaches or rests on (CMDB-02, CMDB-04, CMDB-05). */
export function CiPage() {
  const t = useCmdbWords();
  const { id = '' } = useParams();
  const { data, error, refetch } = useQuery(CiPageDocument, { variables: { id } });
  if (error !== undefined) return <PageFailed error={error} retry={refetch} />;
  if (data === undefined) return <PageLoading />;
  if (data.ci === null) return <PageMissing>{t('ci.missing')}</PageMissing>;
  return <CiView key={id} ci={data.ci} />;
}

function CiView({ ci }: { readonly ci: Ci }) {
  const t = useCmdbWords();
  const names = useCmdbNames();
  const filter = useAddressFilter();
  const customers = useQuery(CmdbCustomersDocument).data?.customers.edges ?? [];
  const ports = useQuery(PortTableDocument, { variables: { ciId: ci.id } }).data?.portConnections.nodes ?? [];
  const at = instantOfInput(filter.get('at'));
  const customer = customers.find(({ node }) => node.id === ci.customerId)?.node.name ?? null;
  return (
    <main className="cmdb-page">
      <header className="ticket-head">
        <div>
          <p className="ticket-number"><b>{ci.assetLabel ?? ci.externalId ?? ''}</b><span className="badge">{names.kindOf(ci.class)}</span><span className="badge" data-life={ci.life}>{names.lifeOf(ci.life)}</span></p>
          <h1>{ci.name}</h1>
          <p className="ticket-sub">{[customer, ci.site, ci.location].filter((part) => part !== null).join(' · ')}</p>
        </div>
        <Link className="button" to={`/cmdb/ci/${ci.id}/label`}>{t('ci.label')}</Link>
      </header>
      <section className="card"><h2>{t('ci.impact')}</h2><Suspense fallback={<PageLoading />}><CiGraph id={ci.id} /></Suspense></section>
      {at === undefined ? null : <PastState id={ci.id} at={at} />}
      <div className="ticket-columns">
        <div className="ticket-main">
          <CiFacts ci={ci} />
          <CiTimelineCard id={ci.id} />
          {ports.length === 0 ? null : <section className="card"><h2>{t('ci.ports')}</h2><PortTable lines={ports} /></section>}
        </div>
        <div className="ticket-side"><Relations ci={ci} /><CiVersions versions={ci.versions} kind={ci.class} /></div>
      </div>
    </main>
  );
}

function Relations({ ci }: { readonly ci: Ci }) {
  const t = useCmdbWords();
  const names = useCmdbNames();
  const groups = [...Map.groupBy(ci.relations, ({ type, outgoing }) => names.relationOf(type, outgoing))];
  return (
    <section className="card"><h2>{t('ci.relations')}</h2>
      {ci.redundancy.map(({ type, required, has }) => <p key={type} className="badge flag">{t('ci.needs', { type: names.relationOf(type, true), required, has })}</p>)}
      {groups.length === 0 ? <p className="quiet">{t('none')}</p> : null}
      {groups.map(([label, relations]) => (
        <div key={label} className="relation-group"><h3>{label}</h3><ul>{relations.map(({ relationId, ci: other }) => (
          <li key={relationId}><Link to={`/cmdb/ci/${other.id}`}>{other.name}</Link> <small>{names.kindOf(other.class)}</small></li>
        ))}</ul></div>
      ))}
    </section>
  );
}

/** The item as it was at the instant of the address bar (CMDB-05). */
function PastState({ id, at }: { readonly id: string; readonly at: string }) {
  const t = useCmdbWords();
  const names = useCmdbNames();
  const { data } = useQuery(CiAsOfDocument, { variables: { id, at } });
  const past = data?.ci?.asOf;
  if (data === undefined) return <PageLoading />;
  return (
    <section className="card past"><h2>{t('ci.asOf')} <When at={at} /></h2>
      {past == null ? <p className="quiet">{t('ci.notThen')}</p> : (
        <dl className="facts">
          <div><dt>{t('col.name')}</dt><dd>{past.name}</dd></div><div><dt>{t('class')}</dt><dd>{names.kindOf(past.class)}</dd></div><div><dt>{t('life')}</dt><dd>{names.lifeOf(past.life)}</dd></div>
          <div><dt>{t('site')}</dt><dd>{past.site ?? '—'}</dd></div><div><dt>{t('col.model')}</dt><dd>{past.model ?? '—'}</dd></div><div><dt>{t('col.serial')}</dt><dd>{past.serial ?? '—'}</dd></div>
          <div><dt>{t('ci.relations')}</dt><dd>{(data.ci?.relationHistory ?? []).map(({ relationId, type, outgoing, ci }) => <p key={relationId}>{names.relationOf(type, outgoing)} {ci.name}</p>)}</dd></div>
        </dl>
      )}
    </section>
  );
}
