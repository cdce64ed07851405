import { useQuery } from '@apollo/client/react';
import { useMemo } from 'react';
import { teamName, useDeskWords } from '../../app/desk-words.tsx';
import { useSearchParams } from '../../app/router.tsx';
import { QueryState } from '../../components/page-state/query-state.tsx';
import { StaleNotice } from '../../components/stale-notice.tsx';
import { useDeskTicker } from '../../components/use-desk-ticker.ts';
import { HandoffsPageDocument, TicketChoicesDocument } from '../../graphql/generated/desk/graphql.ts';
import { FRESH_QUERY } from '../../lib/feed/fresh-query.ts';
import { TickerProvider } from '../../lib/ticking/live-text.tsx';
import { BouncedList } from './bounced-list.tsx';
import { HandoffFlows } from './handoff-flows.tsx';
import { HandoffTallies } from './handoff-tallies.tsx';
import { useHandoffsFeed } from './handoffs-feed.ts';
import { useHandoffsWords } from './handoffs-words.ts';
import { PERIODS, periodOf, periodStart } from './period.ts';
import { WaitingList } from './waiting-list.tsx';
import './handoffs.css';

/** WBD-06: who waits on whom, how long, what goes back and forth, and what each team gives and takes. Team and period stand in the address. */
export function HandoffsPage() {
  const t = useHandoffsWords();
  const { timeZone } = useDeskWords();
  const [search] = useSearchParams();
  const teamId = search.get('team');
  const period = periodOf(search.get('period'));
  // One start for the life of the page: else every rendering would be a new question.
  const since = useMemo(() => new Date(periodStart(period, Date.now(), timeZone)).toISOString(), [period, timeZone]);
  const result = useQuery(HandoffsPageDocument, { variables: { teamId, since }, fetchPolicy: 'cache-and-network', context: FRESH_QUERY });
  const choices = useQuery(TicketChoicesDocument);
  const live = useHandoffsFeed(teamId, result.refetch);
  const ticker = useDeskTicker(live.clock);
  return (
    <TickerProvider ticker={ticker}>
      <main className="handoffs">
        <header className="handoffs-head"><div><h1>{t('title')}</h1><p className="quiet">{t('lead')}</p></div><Filters teams={choices.data?.teams ?? []} /></header>
        <StaleNotice lastHeardAt={live.lastHeardAt} detail={live.detail} />
        <QueryState result={result}>
          {(data) => (
            <>
              <WaitingList handoffs={data.openHandoffs} choices={choices.data} reload={result.refetch} />
              <div className="handoffs-figures">
                <HandoffTallies tallies={data.handoffTallies} />
                <HandoffFlows flows={data.handoffFlows} teams={choices.data?.teams ?? []} />
              </div>
              <BouncedList incidents={data.bouncedIncidents} />
            </>
          )}
        </QueryState>
      </main>
    </TickerProvider>
  );
}

interface Teams {
  readonly teams: readonly { readonly id: string; readonly name: string; readonly nameZh: string }[];
}

function Filters({ teams }: Teams) {
  const t = useHandoffsWords();
  const { locale } = useDeskWords();
  const [search, setSearch] = useSearchParams();
  const period = periodOf(search.get('period'));
  const set = (name: string, value: string): void => setSearch((before) => {
    const next = new URLSearchParams(before);
    if (value === '') next.delete(name);
    else next.set(name, value);
    return next;
  }, { replace: true });
  return (
    <div className="filter-line">
      <label>{t('filter.team')}{' '}
        <select value={search.get('team') ?? ''} onChange={(event) => set('team', event.target.value)}>
          <option value="">{t('filter.all')}</option>
          {teams.map((team) => <option key={team.id} value={team.id}>{teamName(team, locale)}</option>)}
        </select>
      </label>
      <fieldset className="chips">
        <legend>{t('filter.period')}</legend>
        {PERIODS.map((one) => <button key={one} type="button" aria-pressed={one === period} onClick={() => set('period', one === 'today' ? '' : one)}>{t(`period.${one}`)}</button>)}
      </fieldset>
    </div>
  );
}
