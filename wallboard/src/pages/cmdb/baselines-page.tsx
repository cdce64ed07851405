import { useQuery } from '@apollo/client/react';
import { Link } from '../../app/router.tsx';
import { When } from '../../components/when.tsx';
import { BaselineRestorePlanDocument, CiBaselinesDocument, CmdbCustomersDocument, CompareBaselineDocument, TakeBaselineDocument, type CiBaselinesQuery } from '../../graphql/generated/desk/graphql.ts';
import { useAddressFilter } from './address-filter.ts';
import { fieldWord, plain } from './ci-versions.tsx';
import { useMay } from './cmdb-may.ts';
import { useCmdbNames } from './cmdb-names.ts';
import { useCmdbWords } from './cmdb-words.ts';
import { Refusals } from './refusals.tsx';
import { useSend } from './use-send.ts';

type Baseline = CiBaselinesQuery['ciBaselines'][number];

/** Baselines (CMDB-05): taken, compared with the register or another, and the plan that would bring it back. */
export function BaselinesPage() {
  const t = useCmdbWords();
  const may = useMay();
  const filter = useAddressFilter();
  const { data, refetch } = useQuery(CiBaselinesDocument, { fetchPolicy: 'cache-and-network' });
  const baselines = data?.ciBaselines ?? [];
  const chosen = filter.get('baseline');
  return (
    <main className="cmdb-page">
      <h1>{t('baseline.title')}</h1>
      {may('cmdb.edit') ? <TakeBaseline baselines={baselines} reload={refetch} /> : null}
      {data?.ciBaselines.length === 0 ? <p className="quiet">{t('none')}</p> : null}
      <table className="cmdb-table"><tbody>{baselines.map((baseline) => (
        <tr key={baseline.id} aria-selected={baseline.id === chosen}>
          <td><b>{baseline.name}</b> <small>{baseline.description ?? ''}</small></td><td>{t('baseline.items', { count: baseline.ciCount })}</td><td>{baseline.takenByName} <When at={baseline.takenAt} /></td>
          <td>{baseline.replacesId === null ? '' : t('report.replaces', { name: baselines.find(({ id }) => id === baseline.replacesId)?.name ?? '' })}</td>
          <td><button type="button" aria-pressed={baseline.id === chosen} onClick={() => filter.set('baseline', baseline.id)}>{t('baseline.compare')}</button></td>
        </tr>
      ))}</tbody></table>
      {chosen === '' ? null : <Comparison id={chosen} others={baselines.filter(({ id }) => id !== chosen)} />}
    </main>
  );
}

function TakeBaseline({ baselines, reload }: { readonly baselines: readonly Baseline[]; readonly reload: () => Promise<unknown> }) {
  const t = useCmdbWords();
  const names = useCmdbNames();
  const customers = useQuery(CmdbCustomersDocument).data?.customers.edges ?? [];
  const { send, errors, busy } = useSend();
  const take = async (form: HTMLFormElement): Promise<void> => {
    const values = new FormData(form);
    const text = (name: string): string | undefined => String(values.get(name) ?? '').trim() || undefined;
    const kind = text('class');
    const input = { name: text('name') ?? '', description: text('description'), customerId: text('customer'), classes: kind === undefined ? undefined : [kind], site: text('site'), replacesId: text('replaces') };
    if (await send(TakeBaselineDocument, input, (data) => data.takeCiBaseline.userErrors)) form.reset();
    await reload();
  };
  return (
    <details className="card"><summary>{t('baseline.take')}</summary>
      <form className="cmdb-form" onSubmit={(event) => {
        event.preventDefault();
        void take(event.currentTarget);
      }}>
        <label className="cmdb-choice">{t('baseline.name')}<input name="name" required /></label>
        <label className="cmdb-choice">{t('baseline.description')}<input name="description" /></label>
        <label className="cmdb-choice">{t('customer')}<select name="customer"><option value="">{t('all')}</option>{customers.map(({ node }) => <option key={node.id} value={node.id}>{node.name}</option>)}</select></label>
        <label className="cmdb-choice">{t('class')}<select name="class"><option value="">{t('all')}</option>{names.classes.map(({ key, label }) => <option key={key} value={key}>{label}</option>)}</select></label>
        <label className="cmdb-choice">{t('site')}<input name="site" /></label>
        <label className="cmdb-choice">{t('baseline.replaces')}<select name="replaces"><option value="">—</option>{baselines.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}</select></label>
        <button type="submit" className="main" disabled={busy}>{t('baseline.take')}</button>
        <Refusals errors={errors} />
      </form>
    </details>
  );
}

function Comparison({ id, others }: { readonly id: string; readonly others: readonly Baseline[] }) {
  const t = useCmdbWords();
  const names = useCmdbNames();
  const filter = useAddressFilter();
  const withId = filter.get('with') || null;
  const { data, error } = useQuery(CompareBaselineDocument, { variables: { id, withId }, fetchPolicy: 'cache-and-network' });
  const found = data?.compareCiBaseline;
  return (
    <section className="card"><h2>{t('baseline.compare')}</h2>
      <label className="cmdb-choice">{t('baseline.with')}<select value={filter.get('with')} onChange={(event) => filter.set('with', event.target.value)}><option value="">{t('baseline.now')}</option>{others.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}</select></label>
      {error === undefined ? null : <p className="refusal" role="alert">{error.message}</p>}
      {found === undefined ? null : <p>{found.differences.length === 0 ? t('baseline.nothing') : null} {t('baseline.same', { count: found.same })}</p>}
      <table className="cmdb-table"><tbody>{(found?.differences ?? []).map((difference) => (
        <tr key={difference.ciId}><td><Link to={`/cmdb/ci/${difference.ciId}`}>{difference.name}</Link></td><td>{names.kindOf(difference.class)}</td><td>{difference.kind}</td>
          <td>{difference.fields.map(({ field, before, after }) => <span key={field} className="difference">{fieldWord(field, t)}: <del>{plain(before)}</del> → <ins>{plain(after)}</ins></span>)}
            {difference.relationsAdded.length === 0 ? null : <span className="difference"><ins>+{difference.relationsAdded.length}</ins> {t('ci.relations')}</span>}{difference.relationsEnded.length === 0 ? null : <span className="difference"><del>−{difference.relationsEnded.length}</del> {t('ci.relations')}</span>}</td></tr>
      ))}</tbody></table>
      {withId === null ? <RestorePlan id={id} /> : null}
    </section>
  );
}

function RestorePlan({ id }: { readonly id: string }) {
  const t = useCmdbWords();
  const { data } = useQuery(BaselineRestorePlanDocument, { variables: { id }, fetchPolicy: 'cache-and-network' });
  const steps = data?.ciRestorePlan ?? [];
  return (
    <details><summary>{t('baseline.plan')} ({steps.length})</summary>
      <p className="quiet">{t('baseline.planHint')}</p>
      <table className="cmdb-table"><tbody>{steps.map((step) => (
        <tr key={step.ciId}><td><Link to={`/cmdb/ci/${step.ciId}`}>{step.name}</Link> {step.controlled ? <span className="badge flag">{t('baseline.controlled')}</span> : null}</td>
          <td>{step.fields.map(({ field, from, to }) => <span key={field} className="difference">{fieldWord(field, t)}: <del>{plain(from)}</del> → <ins>{plain(to)}</ins></span>)}
            {step.relate.length === 0 ? null : <span className="difference">{t('baseline.relate', { count: step.relate.length })}</span>}{step.end.length === 0 ? null : <span className="difference">{t('baseline.end', { count: step.end.length })}</span>}</td></tr>
      ))}</tbody></table>
    </details>
  );
}
