import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { When } from '../../components/when.tsx';
import { ProblemParetoDocument, type CauseMethod, type ParetoDimension, type ProblemFieldsFragment } from '../../graphql/generated/desk/graphql.ts';
import { isFishbone, isFiveWhys, isPareto } from './cause-drawing.ts';
import { CauseEditor } from './cause-editor.tsx';
import { FishboneDrawing } from './cause-fishbone.tsx';
import { ParetoChart } from './cause-pareto.tsx';
import { WhysDrawing } from './cause-whys.tsx';
import { useProblemWords } from './problem-words.ts';

const METHODS = ['FISHBONE', 'FIVE_WHYS', 'PARETO'] as const satisfies readonly CauseMethod[];
export const DIMENSIONS = ['CI', 'CAUSE', 'CATEGORY', 'SYMPTOM', 'MONTH'] as const satisfies readonly ParetoDimension[];

interface Props {
  readonly problem: ProblemFieldsFragment;
  readonly reload: () => Promise<unknown>;
}

/** PRB-02: the root-cause drawings, each version, and the editor for whoever may draw. */
export function CauseSection({ problem, reload }: Props) {
  const t = useProblemWords();
  const first = METHODS.find((one) => problem.charts.some(({ method: drawn }) => drawn === one)) ?? 'FISHBONE';
  const [method, setMethod] = useState<CauseMethod>(first);
  const [drawing, setDrawing] = useState(false);
  const [version, setVersion] = useState<number | null>(null);
  const versions = problem.charts.filter((chart) => chart.method === method).toSorted((a, b) => b.version - a.version);
  const chart = versions.find((one) => one.version === version) ?? versions[0];
  const mayDraw = problem.availableActions.some(({ action, allowed }) => action === 'drawProblemCause' && allowed);
  const choose = (next: CauseMethod): void => {
    setMethod(next);
    setVersion(null);
    setDrawing(false);
  };
  return (
    <section className="card causes">
      <h2>{t('section.cause')}
        <span className="chips">{METHODS.map((one) => <button key={one} type="button" aria-pressed={method === one} onClick={() => choose(one)}>{t(`method.${one}`)}{problem.charts.some((drawn) => drawn.method === one) ? ' ●' : ''}</button>)}</span>
        {mayDraw && !drawing ? <button type="button" data-action="drawProblemCause" onClick={() => setDrawing(true)}>{t(chart === undefined ? 'cause.draw' : 'cause.redraw')}</button> : null}
        {versions.length < 2 ? null : (
          <label className="chart-version">{t('cause.version')} <select value={chart?.version} onChange={(event) => setVersion(Number(event.target.value))}>{versions.map((one) => <option key={one.id} value={one.version}>{`${one.version} – ${one.createdBy}`}</option>)}</select></label>
        )}
      </h2>
      {drawing ? <CauseEditor key={method} problem={problem} method={method} start={chart?.body} reload={reload} onDone={() => setDrawing(false)} /> : <Drawn body={chart?.body} />}
      {drawing || chart === undefined ? null : <p className="quiet">{t('cause.by', { version: chart.version, name: chart.createdBy })} <When at={chart.createdAt} /></p>}
      {method === 'PARETO' ? <LivePareto problem={problem} /> : null}
    </section>
  );
}

function Drawn({ body }: { readonly body: unknown }) {
  const t = useProblemWords();
  if (isFishbone(body)) return <FishboneDrawing body={body} />;
  if (isFiveWhys(body)) return <WhysDrawing body={body} />;
  if (isPareto(body)) return <><p><b>{body.conclusion}</b> <small>{t('pareto.counted', { count: body.total, by: body.by })}</small></p><ParetoChart bars={body.bars} by={body.by} /></>;
  return <p className="quiet">{t('cause.none')}</p>;
}

/** The linked incidents as they are now, by whatever one wants to look at. */
function LivePareto({ problem }: { readonly problem: ProblemFieldsFragment }) {
  const t = useProblemWords();
  const [by, setBy] = useState<ParetoDimension>('CI');
  const { data, previousData } = useQuery(ProblemParetoDocument, { variables: { number: problem.number, by }, fetchPolicy: 'cache-and-network' });
  return (
    <>
      <h3 className="pareto-now">{t('pareto.now')} <span className="chips">{DIMENSIONS.map((one) => <button key={one} type="button" aria-pressed={by === one} onClick={() => setBy(one)}>{t(`by.${one}`)}</button>)}</span></h3>
      <ParetoChart bars={(data ?? previousData)?.problem?.pareto ?? []} by={by} />
    </>
  );
}
