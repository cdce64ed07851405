import { useQuery } from '@apollo/client/react';
import { useDeskWords } from '../../app/desk-words.tsx';
import { Link, useParams } from '../../app/router.tsx';
import { PageMissing } from '../../components/page-state/page-state.tsx';
import { QueryState } from '../../components/page-state/query-state.tsx';
import { StaleNotice } from '../../components/stale-notice.tsx';
import { When } from '../../components/when.tsx';
import { ShiftHandoverDocument, type ShiftHandoverWholeFragment } from '../../graphql/generated/desk/graphql.ts';
import { FRESH_QUERY } from '../../lib/feed/fresh-query.ts';
import { useMyWorkFeed } from '../my-work/my-work-feed.ts';
import { HandoverSheet } from './handover-sheet.tsx';
import { useOnCallWords } from './on-call-words.ts';

/** One shift handover 值班交接单: read, completed, signed, sent back and taken over on one sheet, which can be printed (ORG-06). */
export function HandoverPage() {
  const t = useOnCallWords();
  const { id = '' } = useParams();
  const result = useQuery(ShiftHandoverDocument, { variables: { id }, fetchPolicy: 'cache-and-network', context: FRESH_QUERY });
  const live = useMyWorkFeed(result.refetch);
  return (
    <main className="ticket on-call handover">
      <StaleNotice lastHeardAt={live.lastHeardAt} detail={live.detail} />
      <QueryState result={result}>
        {({ shiftHandover }) => shiftHandover === null ? <PageMissing>{t('handover.missing')}</PageMissing> : (
          <>
            <Head handover={shiftHandover} />
            <HandoverSheet key={shiftHandover.version} handover={shiftHandover} reload={result.refetch} />
          </>
        )}
      </QueryState>
    </main>
  );
}

function Head({ handover }: { readonly handover: ShiftHandoverWholeFragment }) {
  const t = useOnCallWords();
  const { locale } = useDeskWords();
  const { state, overdue, leaving, coming, sha256 } = handover;
  const names = (people: typeof leaving): string => people.map(({ name, phone }) => (phone === null ? name : `${name} ${phone}`)).join('、') || t('handover.nobody');
  return (
    <section className="card">
      <header className="on-call-head">
        <h1>{t('handover.title')} · {locale === 'zh-CN' ? handover.teamZh : handover.team}</h1>
        <span className="badge" data-handover={state}>{t(`state.${state}`)}</span>{overdue ? <span className="badge late">{t('handover.overdue')}</span> : null}
        <Link to="/on-call/handovers" className="no-print">{t('handovers')}</Link><button type="button" className="no-print" onClick={() => window.print()}>{t('handover.print')}</button>
      </header>
      <dl className="facts">
        <div><dt>{t('handover.shift')}</dt><dd><When at={handover.startsAt} /> – <When at={handover.endsAt} /></dd></div>
        <div><dt>{t('handover.leaving')}</dt><dd>{names(leaving)}</dd></div>
        <div><dt>{t('handover.coming')}</dt><dd>{names(coming)}</dd></div>
        <div><dt>{t('handover.drawn')}</dt><dd><When at={handover.drawnAt} /></dd></div>
        <div><dt>{t('signed')}</dt><dd>{handover.signedBy === null ? t('notYet') : <>{handover.signedBy} · <When at={handover.signedAt} /></>}</dd></div>
        <div><dt>{t('takenOver')}</dt><dd>{handover.takenOverBy === null ? t('notYet') : <>{handover.takenOverBy} · <When at={handover.takenOverAt} /></>}</dd></div>
        {sha256 === null ? null : <div className="hash"><dt>{t('handover.hash')}</dt><dd><code>{sha256}</code></dd></div>}
      </dl>
      {handover.unaltered ? null : <p className="refusal" role="alert">{t('handover.altered')}</p>}
      {handover.question === null ? null : <p className="question"><b>{t('handover.question')}（{handover.questionBy}）</b> {handover.question}</p>}
    </section>
  );
}
