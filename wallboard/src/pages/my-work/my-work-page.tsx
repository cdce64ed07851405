import { useQuery } from '@apollo/client/react';
import { useMemo, useRef, useState } from 'react';
import { useAreaWords } from '../../app/area-words.ts';
import { useDeskWords } from '../../app/desk-words.tsx';
import { Link } from '../../app/router.tsx';
import { QueryState } from '../../components/page-state/query-state.tsx';
import { StaleNotice } from '../../components/stale-notice.tsx';
import { useDeskTicker } from '../../components/use-desk-ticker.ts';
import { MyWorkDocument, type MyShiftFieldsFragment, type MyWorkQuery } from '../../graphql/generated/desk/graphql.ts';
import { FRESH_QUERY } from '../../lib/feed/fresh-query.ts';
import { switchKeys } from '../../lib/letter-keys.ts';
import { myWorkEnglish } from '../../lib/messages/my-work/en.ts';
import { myWorkChinese } from '../../lib/messages/my-work/zh-CN.ts';
import { TickerProvider } from '../../lib/ticking/live-text.tsx';
import { nearTime } from '../../lib/time/format-time.ts';
import { useRowBodies } from '../queue/use-row-bodies.ts';
import { useMyWorkFeed } from './my-work-feed.ts';
import { useWorkKeys } from './use-work-keys.ts';
import { WorkSection } from './work-section.tsx';
import './my-work.css';

/** In the order in which somebody looks at them. */
const SECTIONS = ['alarms', 'feedback', 'handoffs', 'held', 'unassigned', 'tasks', 'handedOver', 'followed'] as const;
export type SectionName = (typeof SECTIONS)[number];

export function useMyWorkWords() {
  return useAreaWords({ chinese: myWorkChinese, english: myWorkEnglish });
}

/** What waits for the one who is signed in, live, with clocks by the server's time; taken and accepted in place (WBD-13, INC-21). */
export function MyWorkPage() {
  const t = useMyWorkWords();
  const result = useQuery(MyWorkDocument, { fetchPolicy: 'cache-and-network', context: FRESH_QUERY });
  const live = useMyWorkFeed(result.refetch);
  const ticker = useDeskTicker(live.clock);
  const [said, setSaid] = useState('');
  const page = useRef<HTMLElement>(null);
  const keysOn = useWorkKeys(page, result.refetch);
  return (
    <TickerProvider ticker={ticker}>
      <main className="ticket my-work" ref={page}>
        <StaleNotice lastHeardAt={live.lastHeardAt} detail={live.detail} />
        <header className="my-work-head"><h1>{t('title')}</h1><span className="keys">{keysOn ? t('keys') : null} <label><input type="checkbox" checked={keysOn} onChange={(event) => switchKeys(event.target.checked)} /> {t('keys.on')}</label></span></header>
        <p className="spoken" role="status">{said}</p>
        <QueryState result={result} isEmpty={isIdle} empty={t('nothing')}>
          {(data) => <Sections data={data} reload={result.refetch} say={setSaid} />}
        </QueryState>
      </main>
    </TickerProvider>
  );
}

function isIdle({ myWork, myShiftHandovers }: MyWorkQuery): boolean {
  return myShiftHandovers.length === 0 && SECTIONS.every((name) => myWork[name].total === 0);
}

function Sections({ data, reload, say }: { readonly data: MyWorkQuery; readonly reload: () => Promise<unknown>; readonly say: (text: string) => void }) {
  const { myWork, myShiftHandovers } = data;
  // Bodies are asked for a hundred at a time, and again when a version has moved.
  const keys = useMemo(() => {
    const incidents = SECTIONS.flatMap((name) => myWork[name].items).filter(({ recordKind }) => recordKind === 'INCIDENT');
    return [...new Map(incidents.map(({ recordId, version }) => [recordId, { id: recordId, version, order: '' }])).values()];
  }, [myWork]);
  const bodies = useRowBodies(keys);
  return (
    <>
      {myShiftHandovers.length === 0 ? null : <Shifts shifts={myShiftHandovers} />}
      {SECTIONS.filter((name) => myWork[name].total > 0).map((name) => <WorkSection key={name} name={name} section={myWork[name]} bodies={bodies} reload={reload} say={say} />)}
    </>
  );
}

function Shifts({ shifts }: { readonly shifts: readonly MyShiftFieldsFragment[] }) {
  const t = useMyWorkWords();
  const { locale, timeZone } = useDeskWords();
  return (
    <section className="card work-section" data-section="shifts">
      <h2>{t('section.shifts')} <span className="badge">{shifts.length}</span></h2>
      <ul>{shifts.map(({ id, state, team, teamZh, startsAt, endsAt, overdue }) => (
        <li key={id} className="work-shift">
          <span className="badge flag">{t(`state.${state}`)}</span>
          <Link data-work-link to={`/on-call/handovers/${id}`}>{t('shift', {
            team: locale === 'zh-CN' ? teamZh : team, from: nearTime(Date.parse(startsAt), Date.now(), { locale, timeZone }), to: nearTime(Date.parse(endsAt), Date.now(), { locale, timeZone }),
          })}</Link>
          {overdue ? <span className="badge late">{t('overdue')}</span> : null}
        </li>
      ))}</ul>
    </section>
  );
}
