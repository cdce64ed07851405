import { useQuery } from '@apollo/client/react';
import { useDeskWords } from '../../app/desk-words.tsx';
import { Link, useNavigate } from '../../app/router.tsx';
import { CensusesDocument, CmdbCustomersDocument, CmdbSitesDocument, StartCensusDocument, type CensusFieldsFragment, type CensusKind } from '../../graphql/generated/desk/graphql.ts';
import { fullTime } from '../../lib/time/format-time.ts';
import { useCmdbNames } from './cmdb-names.ts';
import { useCmdbWords } from './cmdb-words.ts';
import { Refusals } from './refusals.tsx';
import { useSend } from './use-send.ts';

/** Censuses 资产普查 and inspections (CMDB-08): what runs, what is due, and what was found. */
export function CensusesPage() {
  const t = useCmdbWords();
  const { data, refetch } = useQuery(CensusesDocument, { fetchPolicy: 'cache-and-network' });
  return (
    <main className="cmdb-page">
      <h1>{t('census.title')}</h1>
      <NewCensus />
      {data?.censuses.length === 0 ? <p className="quiet">{t('none')}</p> : null}
      <ul className="census-list">{(data?.censuses ?? []).map((census) => <CensusCard key={census.id} census={census} reload={refetch} />)}</ul>
    </main>
  );
}

export const censusState = (state: string) => (state === 'proposed' ? 'census.proposed' as const : state === 'closed' ? 'census.closed' as const : 'census.running' as const);

function CensusCard({ census, reload }: { readonly census: CensusFieldsFragment; readonly reload: () => Promise<unknown> }) {
  const t = useCmdbWords();
  const { locale, timeZone } = useDeskWords();
  const names = useCmdbNames();
  const { send, errors, busy } = useSend();
  const begin = async (): Promise<void> => {
    await send(StartCensusDocument, { id: census.id }, (data) => data.startCensus.userErrors);
    await reload();
  };
  const scope = [census.customerName ?? t('census.everybody'), census.ciClass === null ? null : names.kindOf(census.ciClass), census.site].filter((part) => part !== null).join(' · ');
  return (
    <li className="card" data-state={census.state}>
      <h2><Link to={`/cmdb/census/${census.id}`}>{census.number}</Link> {t(`census.${census.kind}`)} <span className="badge">{t(censusState(census.state))}</span></h2>
      <p>{scope}</p>
      <p className="quiet">{t('census.due', { at: fullTime(Date.parse(census.dueAt), { locale, timeZone }) })}</p>
      {census.state === 'proposed' ? <button type="button" className="main" disabled={busy} onClick={() => void begin()}>{t('census.start')}</button> : <CensusFigures census={census} />}
      <Refusals errors={errors} />
    </li>
  );
}

export function CensusFigures({ census }: { readonly census: CensusFieldsFragment }) {
  const t = useCmdbWords();
  return (
    <p className="census-figures">
      {t('census.progress', { done: census.items - census.unchecked, items: census.items })}
      <progress value={census.items - census.unchecked} max={Math.max(1, census.items)} />
      {census.open === 0 ? null : <span className="badge flag">{t('census.open', { count: census.open })}</span>}
    </p>
  );
}

const KINDS: readonly CensusKind[] = ['CENSUS', 'INSPECTION'];

function NewCensus() {
  const t = useCmdbWords();
  const names = useCmdbNames();
  const navigate = useNavigate();
  const { send, errors, busy } = useSend();
  const customers = useQuery(CmdbCustomersDocument).data?.customers.edges ?? [];
  const sites = useQuery(CmdbSitesDocument).data?.ciSites ?? [];
  const start = async (form: FormData): Promise<void> => {
    const text = (name: string): string | undefined => String(form.get(name) ?? '') || undefined;
    let id: string | undefined;
    const kind = KINDS.find((one) => one === text('kind'));
    const done = await send(StartCensusDocument, { kind, customerId: text('customer'), ciClass: text('class'), site: text('site') }, (data) => {
      id = data.startCensus.census?.id;
      return data.startCensus.userErrors;
    });
    if (done && id !== undefined) void navigate(`/cmdb/census/${id}`);
  };
  return (
    <details className="card"><summary>{t('census.new')}</summary>
      <form className="cmdb-form" onSubmit={(event) => {
        event.preventDefault();
        void start(new FormData(event.currentTarget));
      }}>
        <label className="cmdb-choice">{t('census.kind')}<select name="kind">{KINDS.map((kind) => <option key={kind} value={kind}>{t(`census.${kind}`)}</option>)}</select></label>
        <label className="cmdb-choice">{t('customer')}<select name="customer"><option value="">{t('census.everybody')}</option>{customers.map(({ node }) => <option key={node.id} value={node.id}>{node.name}</option>)}</select></label>
        <label className="cmdb-choice">{t('class')}<select name="class"><option value="">{t('all')}</option>{names.classes.map(({ key, label }) => <option key={key} value={key}>{label}</option>)}</select></label>
        <label className="cmdb-choice">{t('site')}<select name="site"><option value="">{t('all')}</option>{sites.map(({ site }) => <option key={site}>{site}</option>)}</select></label>
        <button type="submit" className="main" disabled={busy}>{t('census.start')}</button>
        <Refusals errors={errors} />
      </form>
    </details>
  );
}
