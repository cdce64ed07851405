import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { Link, useParams } from '../../app/router.tsx';
import { PageLoading, PageMissing } from '../../components/page-state/page-state.tsx';
import { CensusPageDocument, CloseCensusDocument, RecordUnregisteredDocument, type CensusFieldsFragment, type CensusPageQuery } from '../../graphql/generated/desk/graphql.ts';
import { useAddressFilter } from './address-filter.ts';
import { CensusFigures, censusState } from './censuses-page.tsx';
import { CensusItemForm, ResolveForm } from './census-forms.tsx';
import { useCmdbNames } from './cmdb-names.ts';
import { useCmdbWords } from './cmdb-words.ts';
import { joined } from './load-more.ts';
import { fieldWord } from './ci-versions.tsx';
import { Refusals } from './refusals.tsx';
import { useSend } from './use-send.ts';

export type CensusItem = NonNullable<CensusPageQuery['census']>['itemPage']['nodes'][number];
const SHOWN = ['unchecked', 'found', 'missing', 'different', 'unregistered'] as const;
const KEYS = { unchecked: 'UNCHECKED', found: 'FOUND', missing: 'MISSING', different: 'DIFFERENT', unregistered: 'UNREGISTERED' } as const;

/** One census: scan or type, say what was found, resolve what differs, close (CMDB-08). */
export function CensusPage() {
  const t = useCmdbWords();
  const { id = '' } = useParams();
  const filter = useAddressFilter();
  const variables = { id, only: filter.get('only') || null, search: filter.get('q') || null };
  const { data, previousData, refetch, fetchMore } = useQuery(CensusPageDocument, { variables, fetchPolicy: 'cache-and-network' });
  const shown = data ?? previousData;
  if (shown === undefined) return <PageLoading />;
  const census = shown.census;
  if (census === null) return <PageMissing>{t('ci.missing')}</PageMissing>;
  const running = census.state === 'running';
  return (
    <main className="cmdb-page">
      <h1>{census.number} {t(`census.${census.kind}`)} <span className="badge">{t(censusState(census.state))}</span></h1>
      <p className="quiet">{[census.customerName ?? t('census.everybody'), census.ciClass, census.site].filter((part) => part !== null).join(' · ')}</p>
      <CensusFigures census={census} />
      <div className="outcomes" role="group">
        {SHOWN.map((one) => <button key={one} type="button" aria-pressed={filter.get('only') === one} onClick={() => filter.set('only', filter.get('only') === one ? '' : one)}><b>{census[one]}</b> {t(`finding.${KEYS[one]}`)}</button>)}
        <button type="button" aria-pressed={filter.get('only') === 'open'} onClick={() => filter.set('only', filter.get('only') === 'open' ? '' : 'open')}><b>{census.open}</b> {t('finding.open')}</button>
      </div>
      <div className="filter-line"><input type="search" autoFocus aria-label={t('census.find')} placeholder={t('census.find')} defaultValue={filter.get('q')} onChange={(event) => filter.set('q', event.target.value)} /></div>
      {running ? <CensusCommands census={census} reload={refetch} /> : null}
      <ul className="census-items">{census.itemPage.nodes.map((item) => <CensusLine key={item.id} item={item} running={running} reload={refetch} />)}</ul>
      {census.itemPage.nodes.length === 0 ? <p className="quiet">{t('none')}</p> : null}
      {census.itemPage.pageInfo.hasNextPage ? (
        <button type="button" onClick={() => void fetchMore({
          variables: { ...variables, after: census.itemPage.pageInfo.endCursor },
          updateQuery: (old, { fetchMoreResult }) => (old.census === null || fetchMoreResult.census === null ? old : { census: { ...old.census, itemPage: { ...old.census.itemPage, ...joined(old.census.itemPage, fetchMoreResult.census.itemPage) } } }),
        })}>{t('more')}</button>
      ) : null}
    </main>
  );
}

function CensusCommands({ census, reload }: { readonly census: CensusFieldsFragment; readonly reload: () => Promise<unknown> }) {
  const t = useCmdbWords();
  const { send, errors, busy } = useSend();
  const close = async (): Promise<void> => {
    await send(CloseCensusDocument, { id: census.id, expectedVersion: census.version }, (data) => data.closeCensus.userErrors);
    await reload();
  };
  const add = async (form: HTMLFormElement): Promise<void> => {
    const values = new FormData(form);
    const input = { censusId: census.id, name: String(values.get('name')), note: String(values.get('note')) || undefined };
    if (await send(RecordUnregisteredDocument, input, (data) => data.recordUnregistered.userErrors)) form.reset();
    await reload();
  };
  return (
    <div className="census-commands">
      <details className="card"><summary>{t('census.add')}</summary>
        <form className="cmdb-form" onSubmit={(event) => {
          event.preventDefault();
          void add(event.currentTarget);
        }}>
          <label className="cmdb-choice">{t('census.addName')}<input name="name" required /></label>
          <label className="cmdb-choice">{t('census.note')}<input name="note" /></label>
          <button type="submit" disabled={busy}>{t('census.record')}</button>
        </form>
      </details>
      <button type="button" className="main" disabled={busy} onClick={() => void close()}>{t('census.close')}</button>
      <Refusals errors={errors} />
    </div>
  );
}

function CensusLine({ item, running, reload }: { readonly item: CensusItem; readonly running: boolean; readonly reload: () => Promise<unknown> }) {
  const t = useCmdbWords();
  const names = useCmdbNames();
  const [form, setForm] = useState<'none' | 'different' | 'resolve'>('none');
  const owes = item.resolution === null && (item.finding === 'MISSING' || item.finding === 'DIFFERENT' || item.finding === 'UNREGISTERED');
  const done = async (): Promise<void> => {
    setForm('none');
    await reload();
  };
  return (
    <li data-finding={item.finding}>
      <div className="census-line">
        <span className="badge" data-finding={item.finding}>{t(`finding.${item.finding}`)}</span>
        <span>{item.ciId === null ? <b>{item.name}</b> : <Link to={`/cmdb/ci/${item.ciId}`}>{item.name}</Link>} <small>{[item.key, item.ciClass === null ? null : names.kindOf(item.ciClass), item.site, item.location].filter((part) => part !== null).join(' · ')}</small></span>
        <span className="census-what">
          {item.differences.map(({ field, register, found }) => <span key={field} className="difference">{fieldWord(field, t)}: <del>{register ?? '—'}</del> → <ins>{found ?? '—'}</ins></span>)}
          {item.note === null ? null : <span>{item.note}</span>}
          {item.resolution === null ? null : <span className="resolved">{t('census.resolved', { by: item.resolvedBy ?? '' })}</span>}
        </span>
        {running && item.ciId !== null && item.resolution === null ? <CensusItemForm item={item} different={form === 'different'} onDifferent={() => setForm(form === 'different' ? 'none' : 'different')} onDone={done} /> : null}
        {running && owes ? <button type="button" aria-expanded={form === 'resolve'} onClick={() => setForm(form === 'resolve' ? 'none' : 'resolve')}>{t('census.resolve')}</button> : null}
      </div>
      {form === 'resolve' && owes ? <ResolveForm item={item} onDone={done} /> : null}
    </li>
  );
}
