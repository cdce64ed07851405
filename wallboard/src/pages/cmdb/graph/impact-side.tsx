import { useDeskWords } from '../../../app/desk-words.tsx';
import { Link } from '../../../app/router.tsx';
import { useCmdbNames } from '../cmdb-names.ts';
import { useCmdbWords } from '../cmdb-words.ts';
import type { Impact } from './impact-picture.ts';

interface Props {
  readonly impact: Impact;
  readonly direction: 'IMPACT' | 'DEPENDENCY';
  readonly onBar: (id: string) => void;
  readonly onActive: (id: string) => void;
}

/** The same as the picture, in words: services and customers first, then every item by steps (WBD-11). */
export function ImpactSide({ impact, direction, onBar, onActive }: Props) {
  const t = useCmdbWords();
  const names = useCmdbNames();
  const { locale } = useDeskWords();
  const steps = [...Map.groupBy(impact.nodes, ({ depth }) => depth)];
  return (
    <div className="graph-side">
      <section><h3>{t('graph.services')}</h3>
        {impact.services.length === 0 ? <p className="quiet">{t('graph.noServices')}</p> : <ul>{impact.services.map((service) => <li key={service.id}>{locale === 'zh-CN' ? service.nameZh : service.name}</li>)}</ul>}
      </section>
      <section><h3>{t('graph.customers')}</h3>
        {impact.customers.length === 0 ? <p className="quiet">{t('graph.noCustomers')}</p> : (
          <ul>{impact.customers.map((customer) => <li key={customer.id}>{customer.name} <small>{[t('graph.total', { count: customer.ciCount }), ...customer.agreements].join(' · ')}</small></li>)}</ul>
        )}
      </section>
      {impact.spared.length === 0 ? null : (
        <section><h3>{t('graph.spared')}</h3><ul>{impact.spared.map((one) => <li key={`${one.id} ${one.type}`}>{t('graph.spare', { name: one.name, required: one.required, has: one.has, failed: one.failed })}</li>)}</ul></section>
      )}
      {impact.notAffected.length === 0 ? null : (
        <section><h3>{t('graph.barred')}</h3><ul>{impact.notAffected.map((one) => (
          <li key={one.ciId}>{one.name} {one.reason === null ? <button type="button" className="plain" onClick={() => onBar(one.ciId)}>{t('graph.unmark')}</button> : <small>{one.reason}</small>}</li>
        ))}</ul></section>
      )}
      <section><h3>{t('graph.list')}</h3>
        {steps.length === 0 ? <p className="quiet">{t(`graph.nothing.${direction}`)}</p> : null}
        {steps.map(([depth, nodes]) => (
          <details key={depth} open={nodes.length <= 20}>
            <summary>{t('graph.step', { depth })} <small>{t('graph.total', { count: nodes.length })}</small></summary>
            <ul>{nodes.map((node) => (
              <li key={node.id}>
                <Link to={`/cmdb/ci/${node.id}`} onFocus={() => onActive(node.id)}>{node.name}</Link> <small>{names.kindOf(node.class)}</small>
                <button type="button" className="plain" aria-label={`${t('graph.mark')} ${node.name}`} title={t('graph.mark')} onClick={() => onBar(node.id)}>⊘</button>
              </li>
            ))}</ul>
          </details>
        ))}
      </section>
    </div>
  );
}
