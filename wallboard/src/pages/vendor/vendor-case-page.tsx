import { useQuery } from '@apollo/client/react';
import { Link, useParams } from '../../app/router.tsx';
import { PageFailed, PageLoading, PageMissing } from '../../components/page-state/page-state.tsx';
import { labelOf, useDeskWords } from '../../app/desk-words.tsx';
import { recordPath } from '../../components/linked-records.tsx';
import { RecordActions } from '../../components/record-actions/record-actions.tsx';
import { StaleNotice } from '../../components/stale-notice.tsx';
import { When } from '../../components/when.tsx';
import { VendorCaseByNumberDocument, type VendorCaseByNumberQuery, type VendorFieldsFragment } from '../../graphql/generated/desk/graphql.ts';
import { useRecordsFeed } from '../../lib/feed/records-feed.ts';
import { caseActions } from './vendor-actions.ts';
import { useVendorWords } from './vendor-words.ts';

type Case = NonNullable<VendorCaseByNumberQuery['vendorCase']>;

/** One vendor case: what it is for, what the vendor said, and what one may do now (VND-05). */
export function VendorCasePage() {
  const t = useVendorWords();
  const number = useParams()['number'] ?? '';
  const { data, error, refetch } = useQuery(VendorCaseByNumberDocument, { variables: { number } });
  if (error !== undefined && data === undefined) return <PageFailed error={error} retry={refetch} />;
  if (data === undefined) return <PageLoading />;
  if (data.vendorCase === null) return <PageMissing>{t('case.notFound', { number })}</PageMissing>;
  return <OpenCase key={data.vendorCase.id} one={data.vendorCase} vendors={data.vendors} reload={refetch} />;
}

function OpenCase({ one, vendors, reload }: { readonly one: Case; readonly vendors: readonly VendorFieldsFragment[]; readonly reload: () => Promise<unknown> }) {
  const t = useVendorWords();
  const { locale, vocabulary } = useDeskWords();
  const live = useRecordsFeed(one.record?.recordKind ?? 'INCIDENT', one.record?.id ?? null, reload);
  return (
    <main className="ticket vendor-cases">
      <StaleNotice lastHeardAt={live.lastHeardAt} detail={live.detail} />
      <header>
        <p className="ticket-number"><Link to="/vendor-cases">{t('title')}</Link> <b>{one.number}</b> <span className="badge" data-vendor-case={one.state}>{t(`state.${one.state}`)}</span></p>
        <h1>{one.vendor === null ? t('case.owed') : `${one.vendor.name} · ${one.product ?? ''} · ${one.caseNumber ?? ''}`}</h1>
        <p className="ticket-sub">{one.customer.name}</p>
      </header>
      <RecordActions record={one} actions={caseActions(t, vendors)} reload={reload} />
      <section className="card">
        <dl className="facts">
          <div><dt>{t('column.record')}</dt><dd>{one.record === null ? '—' : <><Link to={recordPath(one.record)}>{one.record.number}</Link> {one.record.title}</>}</dd></div>
          <div><dt>{t('case.demanded')}</dt><dd>{one.demandedBy === null ? '—' : labelOf(vocabulary.escalationSteps, one.demandedBy, locale)}</dd></div>
          <div><dt>{t('column.opened')}</dt><dd>{one.openedBy} <When at={one.openedAt} /></dd></div>
          <div><dt>{t('case.entered')}</dt><dd>{one.numberEnteredBy ?? '—'} {one.numberEnteredAt === null ? null : <When at={one.numberEnteredAt} />}</dd></div>
          <div><dt>{t('field.contact')}</dt><dd>{one.contact ?? one.vendor?.phone ?? '—'}</dd></div>
          <div><dt>{t('field.nextUpdate')}</dt><dd><When at={one.nextUpdateAt} /></dd></div>
          {one.endedAt === null ? null : <div><dt>{t('field.result')}</dt><dd>{one.result} <small>{one.endedBy} <When at={one.endedAt} /></small></dd></div>}
        </dl>
      </section>
      <section className="card">
        <h2>{t('case.entries')}<small>{one.entries.length}</small></h2>
        {one.entries.length === 0 ? <p className="quiet">{t('case.noEntries')}</p> : <ul className="entries">{one.entries.map((entry) => <li key={entry.id}><p className="entry-head"><b>{entry.author}</b> <When at={entry.recordedAt} /></p><p className="entry-body">{entry.text}</p></li>)}</ul>}
      </section>
    </main>
  );
}
