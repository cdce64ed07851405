import { useQuery } from '@apollo/client/react';
import { useMemo, useState } from 'react';
import { Link, useNavigate } from '../../app/router.tsx';
import { PageLoading } from '../../components/page-state/page-state.tsx';
import { NetworkTopologyDocument } from '../../graphql/generated/desk/graphql.ts';
import { useAddressFilter } from './address-filter.ts';
import { useCmdbNames } from './cmdb-names.ts';
import { useCmdbWords } from './cmdb-words.ts';
import { GraphCanvas, type CanvasWords } from './graph/graph-canvas.tsx';
import { layOut } from './graph/graph-layout.ts';
import type { GraphNode } from './graph/graph-model.ts';
import { PlaceFilters } from './place-filters.tsx';

/** Network topology drawn from the relations "connected to" (CMDB-07), with the same list in words beside it. */
export function TopologyPage() {
  const t = useCmdbWords();
  const names = useCmdbNames();
  const navigate = useNavigate();
  const filter = useAddressFilter();
  const { data, previousData } = useQuery(NetworkTopologyDocument, { variables: { customerId: filter.get('customer') || null, site: filter.get('site') || null } });
  const topology = (data ?? previousData)?.networkTopology;
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [active, setActive] = useState<string | null>(null);
  const picture = useMemo(() => {
    if (topology === undefined) return null;
    // What is connected most is drawn as what the others hang from.
    const degree = new Map<string, number>();
    for (const id of topology.links.flatMap(({ sourceId, targetId }) => [sourceId, targetId])) degree.set(id, (degree.get(id) ?? 0) + 1);
    const nodes = topology.nodes.map(({ id, name, class: kind, role, status }): GraphNode => ({ id, name, kind: role ?? kind, life: status, depth: 0, mark: 'reached' }));
    const edges = topology.links.map(({ sourceId, targetId, ports }) => {
      const forward = (degree.get(sourceId) ?? 0) >= (degree.get(targetId) ?? 0);
      return { from: forward ? sourceId : targetId, to: forward ? targetId : sourceId, label: ports.length > 1 ? `${ports.length} ×` : (ports[0] ?? '') };
    });
    return layOut({ nodes, edges, open, alike: 'place' });
  }, [topology, open]);
  const words = useMemo<CanvasWords>(() => ({
    label: t('graph.label'), kindOf: names.kindOf, open: t('graph.open'), close: t('graph.close'), groupOf: (kind, count) => t('graph.group', { count, kind: names.kindOf(kind) }), markOf: () => '',
  }), [t, names]);
  const nameOf = new Map((topology?.nodes ?? []).map(({ id, name }) => [id, name]));
  const toggleGroup = (group: string): void => setOpen((before) => (before.has(group) ? new Set([...before].filter((one) => one !== group)) : new Set([...before, group])));
  return (
    <main className="cmdb-page graph-part">
      <h1>{t('topology.title')}</h1>
      <div className="filter-line"><PlaceFilters filter={filter} />
        {topology === undefined ? null : <span className="total">{t('topology.count', { nodes: topology.nodes.length, links: topology.links.length })}</span>}
        {topology?.cutOff === true ? <span className="badge flag">{t('topology.cutOff')}</span> : null}
      </div>
      {picture === null || topology === undefined ? <PageLoading /> : null}
      {topology?.nodes.length === 0 ? <p className="quiet">{t('topology.none')}</p> : null}
      {picture !== null && picture.boxes.length > 0 && topology !== undefined ? (
        <div className="graph-columns">
          <div className="graph-main">
            <GraphCanvas picture={picture} words={words} active={active} onActive={setActive} onOpen={(ci) => void navigate(`/cmdb/ci/${ci}`)} onToggleGroup={toggleGroup} />
            <p className="graph-keys"><span>{t('graph.keys')}</span></p>
          </div>
          <div className="graph-side"><section><h3>{t('graph.list')}</h3><ul>{topology.links.map(({ sourceId, targetId, ports }) => (
            <li key={`${sourceId} ${targetId}`}><Link to={`/cmdb/ci/${sourceId}`} onFocus={() => setActive(sourceId)}>{nameOf.get(sourceId)}</Link> – <Link to={`/cmdb/ci/${targetId}`}>{nameOf.get(targetId)}</Link>{ports.map((port) => <small key={port}> {port}</small>)}</li>
          ))}</ul></section></div>
        </div>
      ) : null}
    </main>
  );
}
