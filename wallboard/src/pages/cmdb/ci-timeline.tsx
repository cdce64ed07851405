import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { Link } from '../../app/router.tsx';
import { When } from '../../components/when.tsx';
import { CiTimelineOfItemDocument, type CiTimelineOfItemQuery } from '../../graphql/generated/desk/graphql.ts';
import { useCmdbNames } from './cmdb-names.ts';
import { useCmdbWords } from './cmdb-words.ts';

type Entry = NonNullable<CiTimelineOfItemQuery['ci']>['timeline']['entries'][number];
const KINDS = ['incident', 'problem', 'change', 'release', 'document', 'file', 'article', 'alteration', 'relation', 'comparison', 'baseline'] as const;
type Kind = (typeof KINDS)[number];
const isKind = (word: string): word is Kind => KINDS.some((one) => one === word);
/** What one asks for first: records of work, not every edit. */
const CHOICES = ['incident', 'problem', 'change', 'release', 'document', 'alteration', 'relation'] as const;
const PAGES: Readonly<Partial<Record<string, string>>> = { incident: '/incident', problem: '/problems', change: '/changes', release: '/releases' };

/** Incidents, problems, changes, releases, documents and alterations of an item on one line (CMDB-09). */
export function CiTimelineCard({ id }: { readonly id: string }) {
  const t = useCmdbWords();
  const [kind, setKind] = useState<Kind | null>(null);
  const variables = { id, kinds: kind === null ? null : [kind] };
  const { data, previousData, fetchMore } = useQuery(CiTimelineOfItemDocument, { variables, fetchPolicy: 'cache-and-network' });
  const line = (data ?? previousData)?.ci?.timeline;
  return (
    <section className="card"><h2>{t('ci.timeline')}</h2>
      <div className="chips" role="group">{CHOICES.map((one) => <button key={one} type="button" aria-pressed={kind === one} onClick={() => setKind(kind === one ? null : one)}>{t(`entry.${one}`)}</button>)}</div>
      {line?.entries.length === 0 ? <p className="quiet">{t('none')}</p> : null}
      <ol className="timeline" tabIndex={0} aria-label={t('ci.timeline')}>{(line?.entries ?? []).map((entry) => <EntryLine key={entry.cursor} entry={entry} />)}</ol>
      {line?.hasNextPage === true ? (
        <button type="button" onClick={() => void fetchMore({
          variables: { ...variables, after: line.entries.at(-1)?.cursor ?? null },
          updateQuery: (old, { fetchMoreResult }) => (old.ci === null || fetchMoreResult.ci === null ? old : {
            ci: { ...old.ci, timeline: { ...fetchMoreResult.ci.timeline, entries: [...old.ci.timeline.entries, ...fetchMoreResult.ci.timeline.entries] } },
          }),
        })}>{t('more')}</button>
      ) : null}
    </section>
  );
}

function EntryLine({ entry }: { readonly entry: Entry }) {
  const t = useCmdbWords();
  const names = useCmdbNames();
  const page = PAGES[entry.kind];
  const state = entry.kind === 'relation' && entry.state !== null ? names.relationOf(entry.state, true) : entry.state;
  const named = [entry.number, entry.title].filter((part) => part !== null && part !== '').join(' ');
  return (
    <li data-kind={entry.kind}>
      <span className="badge">{isKind(entry.kind) ? t(`entry.${entry.kind}`) : entry.kind}</span>{' '}
      {page === undefined || entry.number === null ? <b>{named}</b> : <Link to={`${page}/${entry.number}`}>{named}</Link>} {state === null ? null : <small>{state}</small>}
      {entry.cause ? <span className="badge flag">{t('entry.cause')}</span> : null}
      <div className="quiet"><When at={entry.at} />{entry.until === null ? null : <> – <When at={entry.until} /></>}</div>
    </li>
  );
}
