import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { Link, useSearchParams } from '../../app/router.tsx';
import { QueryNotice } from '../../components/page-state/query-state.tsx';
import { labelOf, useDeskWords } from '../../app/desk-words.tsx';
import { recordPath } from '../../components/linked-records.tsx';
import { StaleNotice } from '../../components/stale-notice.tsx';
import { When } from '../../components/when.tsx';
import { VendorCaseListDocument, type VendorCaseFieldsFragment, type VendorCaseState } from '../../graphql/generated/desk/graphql.ts';
import { useRecordsFeed } from '../../lib/feed/records-feed.ts';
import { OpenCaseForm } from './open-case-form.tsx';
import { VendorRegister } from './vendor-register.tsx';
import { useVendorWords } from './vendor-words.ts';

const VIEWS = { open: ['NUMBER_OWED', 'OPEN'], ended: ['CLOSED', 'DROPPED'] } as const satisfies Record<string, readonly VendorCaseState[]>;

/** VND-05: open vendor cases, those whose number is owed first; and the register of vendors. Live. */
export function VendorCasesPage() {
  const t = useVendorWords();
  const [search, setSearch] = useSearchParams();
  const [opening, setOpening] = useState(false);
  const view = search.get('view') === 'ended' ? 'ended' : 'open';
  const { data, error, refetch } = useQuery(VendorCaseListDocument, { variables: { states: VIEWS[view] }, fetchPolicy: 'cache-and-network' });
  const live = useRecordsFeed('INCIDENT', null, refetch);
  return (
    <main className="ticket vendor-cases">
      <StaleNotice lastHeardAt={live.lastHeardAt} detail={live.detail} />
      <header className="vendor-head"><h1>{t('title')}</h1><button type="button" className="main" onClick={() => setOpening(!opening)}>{t('list.new')}</button></header>
      {opening ? <OpenCaseForm vendors={data?.vendors ?? []} reload={refetch} onDone={() => setOpening(false)} /> : null}
      <div className="chips">{(['open', 'ended'] as const).map((one) => <button key={one} type="button" aria-pressed={view === one} onClick={() => setSearch({ view: one })}>{t(`view.${one}`)}</button>)}</div>
      <QueryNotice error={error} known={data !== undefined} retry={refetch} />
      {data === undefined ? null : data.vendorCases.length === 0 ? <p className="quiet">{t('list.none')}</p> : <Cases cases={data.vendorCases} />}
      {data === undefined ? null : <VendorRegister vendors={data.vendors} reload={refetch} />}
    </main>
  );
}

function Cases({ cases }: { readonly cases: readonly VendorCaseFieldsFragment[] }) {
  const t = useVendorWords();
  const { locale, vocabulary } = useDeskWords();
  return (
    <section className="card">
      <table>
        <thead><tr><th>{t('column.number')}</th><th>{t('column.state')}</th><th>{t('column.vendor')}</th><th>{t('field.caseNumber')}</th><th>{t('column.record')}</th><th>{t('column.customer')}</th><th>{t('column.opened')}</th><th>{t('field.nextUpdate')}</th></tr></thead>
        <tbody>{cases.map((one) => (
          <tr key={one.id} data-state={one.state}>
            <td><Link to={`/vendor-cases/${one.number}`}>{one.number}</Link></td>
            <td><span className="badge" data-vendor-case={one.state}>{t(`state.${one.state}`)}</span></td>
            <td>{one.vendor === null ? '—' : `${one.vendor.name} · ${one.product ?? ''}`}</td>
            <td>{one.caseNumber ?? '—'}</td>
            <td>{one.record === null ? '—' : <><Link to={recordPath(one.record)}>{one.record.number}</Link> {one.record.title}</>}{one.demandedBy === null ? null : <small> {labelOf(vocabulary.escalationSteps, one.demandedBy, locale)}</small>}</td>
            <td>{one.customer.name}</td><td><When at={one.openedAt} /></td><td><When at={one.nextUpdateAt} /></td>
          </tr>
        ))}</tbody>
      </table>
    </section>
  );
}
