import { useQuery } from '@apollo/client/react';
import { useMemo, useState } from 'react';
import { useNavigate } from '../../../app/router.tsx';
import { PageFailed, PageLoading } from '../../../components/page-state/page-state.tsx';
import { CiImpactGraphDocument } from '../../../graphql/generated/desk/graphql.ts';
import { instantOfInput } from '../../../lib/time/local-input.ts';
import { useAddressFilter } from '../address-filter.ts';
import { useCmdbNames } from '../cmdb-names.ts';
import { useCmdbWords } from '../cmdb-words.ts';
import { GraphCanvas, type CanvasWords } from './graph-canvas.tsx';
import { ImpactSide } from './impact-side.tsx';
import { layOut } from './graph-layout.ts';
import { pictureOf } from './impact-picture.ts';

/** So many are drawn; all are counted. */
const MOST_DRAWN = 300;
const DEPTHS = ['1', '2', '3', '5'] as const;

/** Impact and dependencies of an item as a picture and as a list (CMDB-04, WBD-07). What is asked stands in the address bar. */
export function CiGraph({ id }: { readonly id: string }) {
  const t = useCmdbWords();
  const names = useCmdbNames();
  const navigate = useNavigate();
  const filter = useAddressFilter();
  const direction = filter.get('way') === 'dependency' ? 'DEPENDENCY' as const : 'IMPACT' as const;
  const barred = filter.list('not');
  const depth = Number(filter.get('steps'));
  const question = { ciIds: [id], direction, maxDepth: depth > 0 ? depth : null, first: MOST_DRAWN, notAffected: barred, asOf: instantOfInput(filter.get('at')) ?? null };
  const { data, previousData, error, refetch } = useQuery(CiImpactGraphDocument, { variables: { question } });
  const impact = (data ?? previousData)?.ciImpact;
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [active, setActive] = useState<string | null>(null);
  const drawn = useMemo(() => (impact === undefined ? null : pictureOf(impact, names.relationOf)), [impact, names]);
  const picture = useMemo(() => (drawn === null ? null : layOut({ ...drawn, open, alike: 'layer' })), [drawn, open]);
  const words = useMemo<CanvasWords>(() => ({
    label: t('graph.label'), kindOf: names.kindOf, open: t('graph.open'), close: t('graph.close'), groupOf: (kind, count) => t('graph.group', { count, kind: names.kindOf(kind) }),
    markOf: ({ mark, depth: steps }) => (mark === 'reached' ? t('graph.step', { depth: steps }) : t(`graph.${mark}`)),
  }), [t, names]);
  const toggleGroup = (group: string): void => setOpen((before) => toggled(before, group));
  const toggleBar = (ci: string): void => { if (ci !== id) filter.set('not', [...toggled(new Set(barred), ci)].join(',')); };
  if (error !== undefined) return <PageFailed error={error} retry={refetch} />;
  return (
    <section className="graph-part" aria-label={t('ci.impact')}>
      <div className="filter-line">
        <fieldset className="chips"><legend>{t('graph.direction')}</legend>
          {(['IMPACT', 'DEPENDENCY'] as const).map((way) => <button key={way} type="button" aria-pressed={direction === way} onClick={() => filter.set('way', way === 'IMPACT' ? '' : 'dependency')}>{t(`graph.${way}`)}</button>)}
        </fieldset>
        <label className="cmdb-choice">{t('graph.depth')}
          <select value={filter.get('steps')} onChange={(event) => filter.set('steps', event.target.value)}><option value="">{t('graph.anyDepth')}</option>{DEPTHS.map((one) => <option key={one}>{one}</option>)}</select>
        </label>
        <label className="cmdb-choice">{t('ci.asOf')}<input type="datetime-local" value={filter.get('at')} onChange={(event) => filter.set('at', event.target.value)} /></label>
        {impact === undefined ? null : <span className="total">{impact.nodes.length < impact.total ? t('graph.shown', { shown: impact.nodes.length, count: impact.total }) : t('graph.total', { count: impact.total })}</span>}
        {impact?.cutOff === true ? <span className="badge flag">{t('graph.cutOff', { by: cutOffWord(impact.cutOffBy, t) })}</span> : null}
      </div>
      {picture === null || impact === undefined ? <PageLoading /> : (
        <div className="graph-columns">
          <div className="graph-main">
            <GraphCanvas picture={picture} words={words} active={active} onActive={setActive} onOpen={(ci) => void navigate(`/cmdb/ci/${ci}`)} onToggleGroup={toggleGroup} onMark={toggleBar} />
            <p className="graph-keys"><GraphLegend direction={direction} /><span>{t('graph.keys')}</span></p>
          </div>
          <ImpactSide impact={impact} direction={direction} onBar={toggleBar} onActive={setActive} />
        </div>
      )}
    </section>
  );
}

function toggled(before: ReadonlySet<string>, one: string): ReadonlySet<string> {
  return before.has(one) ? new Set([...before].filter((other) => other !== one)) : new Set([...before, one]);
}

function cutOffWord(by: string | null, t: ReturnType<typeof useCmdbWords>): string {
  if (by === 'depth' || by === 'nodes' || by === 'time') return t(`graph.by.${by}`);
  return by ?? '';
}

function GraphLegend({ direction }: { readonly direction: 'IMPACT' | 'DEPENDENCY' }) {
  const t = useCmdbWords();
  return (
    <span className="graph-legend" role="note" aria-label={t('graph.legend')}>
      {(['root', 'reached', 'spared', 'barred'] as const).map((mark) => <span key={mark} data-mark={mark}><i aria-hidden="true" />{mark === 'reached' ? t(`graph.reached.${direction}`) : t(`graph.${mark}`)}</span>)}
    </span>
  );
}
