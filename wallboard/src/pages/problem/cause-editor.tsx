import { useState } from 'react';
import type { FormValues, RecordAction } from '../../components/record-actions/record-action.ts';
import { useRecordAction } from '../../components/record-actions/use-record-action.ts';
import { RefusalText } from '../../components/refusal-text.tsx';
import { DrawProblemCauseDocument, type CauseMethod, type ProblemFieldsFragment } from '../../graphql/generated/desk/graphql.ts';
import { BONES, isFishbone, isFiveWhys, isPareto, VERDICTS, type Cause, type Fishbone, type FiveWhys, type SubCause } from './cause-drawing.ts';
import { FishboneDrawing } from './cause-fishbone.tsx';
import { WhysDrawing } from './cause-whys.tsx';
import { useProblemWords } from './problem-words.ts';

interface Props {
  readonly problem: ProblemFieldsFragment;
  readonly method: CauseMethod;
  /** The newest version, to go on from. */
  readonly start: unknown;
  readonly reload: () => Promise<unknown>;
  readonly onDone: () => void;
}

/** The drawing itself is what is sent; there is no form beside it. */
const NO_VALUES: FormValues = { text: () => '', maybe: () => undefined, all: () => [], flag: () => false, number: () => undefined, instant: () => undefined };
const EMPTY: SubCause = { text: '', evidence: '', verdict: 'open' };
/** `list` with the entry at `index` replaced, or taken out. */
const put = <T,>(list: readonly T[], index: number, value: T | null): readonly T[] => (value === null ? list.filter((_, at) => at !== index) : list.map((one, at) => (at === index ? value : one)));

/** Draws while one types, and saves the next version (PRB-02). */
export function CauseEditor({ problem, method, start, reload, onDone }: Props) {
  const t = useProblemWords();
  const [bones, setBones] = useState<Fishbone>(() => (isFishbone(start) ? start : { effect: problem.title, categories: BONES.map((bone) => ({ name: t(`bone.${bone}`), causes: [] })) }));
  const [whys, setWhys] = useState<FiveWhys>(() => (isFiveWhys(start) ? start : { effect: problem.title, whys: [{ because: '', evidence: '' }, { because: '', evidence: '' }] }));
  const [pareto, setPareto] = useState(() => (isPareto(start) ? { by: start.by, conclusion: start.conclusion } : { by: 'ci', conclusion: '' }));
  const body = method === 'FISHBONE' ? { ...bones, categories: bones.categories.filter(({ causes }) => causes.length > 0) } : method === 'FIVE_WHYS' ? whys : pareto;
  const action: RecordAction = {
    name: 'drawProblemCause', label: t('cause.save'), fields: [],
    run: (send, base) => send(DrawProblemCauseDocument, { ...base, method, body }, ({ drawProblemCause }) => drawProblemCause.userErrors),
  };
  const { submit, errors, busy } = useRecordAction({ action, record: problem, reload, onDone });
  return (
    <form className="cause-editor" onSubmit={(event) => { event.preventDefault(); void submit(NO_VALUES); }} onKeyDown={(event) => { if (event.key === 'Escape') onDone(); }}>
      {method === 'FISHBONE' ? <><FishboneDrawing body={bones} /><BoneFields body={bones} onChange={setBones} /></> : null}
      {method === 'FIVE_WHYS' ? <><WhysDrawing body={whys} /><WhyFields body={whys} onChange={setWhys} /></> : null}
      {method === 'PARETO' ? (
        <div className="cause-line">
          <label>{t('pareto.what')} <select value={pareto.by} onChange={(event) => setPareto({ ...pareto, by: event.target.value })}>{(['ci', 'cause', 'category', 'symptom', 'month'] as const).map((by) => <option key={by} value={by}>{t(`by.${BY[by]}`)}</option>)}</select></label>
          <input autoFocus required aria-label={t('pareto.conclusion')} placeholder={t('pareto.conclusion')} value={pareto.conclusion} onChange={(event) => setPareto({ ...pareto, conclusion: event.target.value })} />
        </div>
      ) : null}
      {errors.map(({ code, message }) => <p key={message} className="refusal" role="alert"><RefusalText code={code} message={message} /></p>)}
      <div className="form-end"><button type="submit" className="main" disabled={busy}>{t('cause.save')}</button><button type="button" className="plain" onClick={onDone}>{t('cause.cancel')}</button></div>
    </form>
  );
}

const BY = { ci: 'CI', cause: 'CAUSE', category: 'CATEGORY', symptom: 'SYMPTOM', month: 'MONTH' } as const;

function BoneFields({ body, onChange }: { readonly body: Fishbone; readonly onChange: (next: Fishbone) => void }) {
  const t = useProblemWords();
  const change = (index: number, causes: readonly Cause[]): void => {
    const bone = body.categories[index];
    if (bone) onChange({ ...body, categories: put(body.categories, index, { ...bone, causes }) });
  };
  return (
    <div className="bone-fields">
      <label>{t('cause.effect')} <input value={body.effect} required onChange={(event) => onChange({ ...body, effect: event.target.value })} /></label>
      {body.categories.map(({ name, causes }, index) => (
        <fieldset key={name}>
          <legend>{name}</legend>
          {causes.map((one, at) => (
            <div key={at}>
              <CauseLine cause={one} onChange={(next) => change(index, put(causes, at, next === null ? null : { ...one, ...next }))} onSub={() => change(index, put(causes, at, { ...one, causes: [...one.causes, EMPTY] }))} />
              {one.causes.map((sub, subAt) => <CauseLine key={subAt} sub cause={sub} onChange={(next) => change(index, put(causes, at, { ...one, causes: put(one.causes, subAt, next) }))} />)}
            </div>
          ))}
          <button type="button" className="plain" onClick={() => change(index, [...causes, { ...EMPTY, causes: [] }])}>＋ {t('cause.add')}</button>
        </fieldset>
      ))}
    </div>
  );
}

interface LineProps {
  readonly cause: SubCause;
  readonly sub?: boolean;
  readonly onChange: (next: SubCause | null) => void;
  readonly onSub?: () => void;
}

function CauseLine({ cause, sub, onChange, onSub }: LineProps) {
  const t = useProblemWords();
  return (
    <div className="cause-line" data-sub={sub}>
      <input autoFocus={cause.text === ''} required aria-label={t('cause.text')} placeholder={t('cause.text')} value={cause.text} onChange={(event) => onChange({ ...cause, text: event.target.value })} />
      <input aria-label={t('cause.evidence')} placeholder={t('cause.evidence')} value={cause.evidence} onChange={(event) => onChange({ ...cause, evidence: event.target.value })} />
      <select aria-label={t('cause.verdict')} value={cause.verdict} onChange={(event) => onChange({ ...cause, verdict: VERDICTS.find((one) => one === event.target.value) ?? 'open' })}>{VERDICTS.map((one) => <option key={one} value={one}>{t(`verdict.${one}`)}</option>)}</select>
      {onSub === undefined ? null : <button type="button" className="plain" aria-label={t('cause.addSub')} title={t('cause.addSub')} onClick={onSub}>↳＋</button>}
      <button type="button" className="plain" aria-label={t('cause.remove')} title={t('cause.remove')} onClick={() => onChange(null)}>✕</button>
    </div>
  );
}

const MOST_WHYS = 7;

function WhyFields({ body, onChange }: { readonly body: FiveWhys; readonly onChange: (next: FiveWhys) => void }) {
  const t = useProblemWords();
  return (
    <div className="bone-fields">
      <label>{t('cause.effect')} <input value={body.effect} required onChange={(event) => onChange({ ...body, effect: event.target.value })} /></label>
      {body.whys.map((why, index) => (
        <div key={index} className="cause-line">
          <span className="why-number">{t('whys.why', { n: index + 1 })}</span>
          <input autoFocus={index === 0 && why.because === ''} required aria-label={t('whys.because')} placeholder={t('whys.because')} value={why.because} onChange={(event) => onChange({ ...body, whys: put(body.whys, index, { ...why, because: event.target.value }) })} />
          <input aria-label={t('cause.evidence')} placeholder={t('cause.evidence')} value={why.evidence} onChange={(event) => onChange({ ...body, whys: put(body.whys, index, { ...why, evidence: event.target.value }) })} />
          {body.whys.length > 2 ? <button type="button" className="plain" aria-label={t('cause.remove')} onClick={() => onChange({ ...body, whys: put(body.whys, index, null) })}>✕</button> : null}
        </div>
      ))}
      {body.whys.length < MOST_WHYS ? <button type="button" className="plain" onClick={() => onChange({ ...body, whys: [...body.whys, { because: '', evidence: '' }] })}>＋ {t('whys.add')}</button> : null}
    </div>
  );
}
