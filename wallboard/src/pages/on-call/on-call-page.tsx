import { useMutation, useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { useDeskWords } from '../../app/desk-words.tsx';
import { Link, useNavigate } from '../../app/router.tsx';
import { QueryState } from '../../components/page-state/query-state.tsx';
import { RefusalText } from '../../components/refusal-text.tsx';
import { StaleNotice } from '../../components/stale-notice.tsx';
import { DrawUpShiftHandoverDocument, OnCallNowDocument, type OnCallNowQuery } from '../../graphql/generated/desk/graphql.ts';
import { FRESH_QUERY } from '../../lib/feed/fresh-query.ts';
import { shiftTime } from '../../lib/time/format-time.ts';
import { useMyWorkFeed } from '../my-work/my-work-feed.ts';
import { HandoverTable } from './handover-table.tsx';
import { useOnCallWords } from './on-call-words.ts';
import { RosterSection } from './roster-section.tsx';

/** A shift ends without an event of its own. */
const ASK_EVERY_MS = 30_000;

/** Who is on call now, by team and with telephone; handovers that are not done; the roster of a week (ORG-02, ORG-06). */
export function OnCallPage() {
  const t = useOnCallWords();
  const result = useQuery(OnCallNowDocument, { fetchPolicy: 'cache-and-network', context: FRESH_QUERY, pollInterval: ASK_EVERY_MS });
  const live = useMyWorkFeed(result.refetch);
  return (
    <main className="ticket on-call">
      <StaleNotice lastHeardAt={live.lastHeardAt} detail={live.detail} />
      <header className="on-call-head"><h1>{t('title')}</h1><Link to="/on-call/handovers">{t('handovers.past')}</Link></header>
      <QueryState result={result}>
        {(data) => (
          <>
            <section aria-labelledby="on-call-now"><h2 id="on-call-now">{t('now')}</h2><Now data={data} /></section>
            {data.shiftHandovers.length === 0 ? null : <section className="card"><h2>{t('handovers.open')} <span className="badge">{data.shiftHandovers.length}</span></h2><HandoverTable handovers={data.shiftHandovers} /></section>}
            <RosterSection teams={data.teams.filter(({ active }) => active)} mayEdit={data.viewer?.permissions.includes('roster.edit') ?? false} onCallTeam={data.onCall[0]?.teamId ?? null} />
          </>
        )}
      </QueryState>
    </main>
  );
}

function Now({ data }: { readonly data: OnCallNowQuery }) {
  const t = useOnCallWords();
  const { locale, timeZone } = useDeskWords();
  const teams = [...Map.groupBy(data.onCall, ({ teamId }) => teamId).values()];
  if (teams.length === 0) return <p className="quiet">{t('now.none')}</p>;
  return (
    <div className="on-call-teams">{teams.map((people) => {
      const [first] = people;
      if (first === undefined) return null;
      const mine = people.some(({ person }) => person === data.viewer?.name);
      return (
        <article key={first.teamId} className="card">
          <h3>{locale === 'zh-CN' ? first.teamZh : first.team}</h3>
          <ul>{people.map(({ personId, person, phone, leader, until }) => (
            <li key={personId}>
              <b>{person}</b>{leader ? <span className="badge">{t('leader')}</span> : null}
              {phone === null ? <span className="quiet">{t('noPhone')}</span> : <a className="phone" href={`tel:${phone.replaceAll(/[^\d+]/g, '')}`}>{phone}</a>}
              <small>{t('until', { time: shiftTime(Date.parse(until), Date.now(), { locale, timeZone }) })}</small>
            </li>
          ))}</ul>
          {mine ? <DrawUp teamId={first.teamId} team={locale === 'zh-CN' ? first.teamZh : first.team} /> : null}
        </article>
      );
    })}</div>
  );
}

/** The leader need not wait for the system. */
function DrawUp({ teamId, team }: { readonly teamId: string; readonly team: string }) {
  const t = useOnCallWords();
  const navigate = useNavigate();
  const [drawUp] = useMutation(DrawUpShiftHandoverDocument);
  const [refused, setRefused] = useState<{ readonly code: string; readonly message: string } | null>(null);
  const start = async (): Promise<void> => {
    const answer = await drawUp({ variables: { input: { teamId } } }).catch((error: unknown) => ({ data: undefined, error }));
    const made = answer.data?.drawUpShiftHandover;
    if (made?.shiftHandover) void navigate(`/on-call/handovers/${made.shiftHandover.id}`);
    else setRefused(made?.userErrors[0] ?? { code: 'FORBIDDEN', message: answer.error instanceof Error ? answer.error.message : '' });
  };
  return <><button type="button" onClick={() => void start()}>{t('handover.drawUp', { team })}</button>{refused === null ? null : <p className="refusal" role="alert"><RefusalText {...refused} /></p>}</>;
}
