import { useQuery } from '@apollo/client/react';
import { Link } from 'react-router';
import { usePaused } from '../../components/use-paused.ts';
import { ArticleSuggestionsDocument } from '../../graphql/generated/desk/graphql.ts';
import { useKnowledgeWords } from './knowledge-words.ts';
import { MarkedText } from './marked-text.tsx';
import './knowledge.css';

const SHORTEST_TEXT = 2;

/** INC-15: what the knowledge base says of what is being reported, while it is typed. Opens beside, so that the form stays. */
export function ArticleSuggestions({ customerId, text }: { readonly customerId: string; readonly text: string }) {
  const t = useKnowledgeWords();
  const asked = usePaused(text.trim());
  const { data, previousData } = useQuery(ArticleSuggestionsDocument, { variables: { text: asked, customerId: customerId === '' ? undefined : customerId }, skip: asked.length < SHORTEST_TEXT });
  const hits = asked.length < SHORTEST_TEXT ? [] : ((data ?? previousData)?.articleSuggestions ?? []);
  return (
    <section className="card" aria-live="polite">
      <h2>{t('suggest.title')}<small>{hits.length}</small></h2>
      {hits.length === 0 ? <p className="quiet">{asked.length < SHORTEST_TEXT ? t('suggest.none') : t('search.found', { total: 0 })}</p> : null}
      <ul className="entries">
        {hits.map((hit) => (
          <li key={hit.id}>
            <p className="entry-head"><Link to={`/knowledge/${hit.number}`} target="_blank">{hit.number}</Link></p>
            <p className="entry-body"><MarkedText segments={hit.titleSegments} /></p>
            <p className="entry-body quiet"><MarkedText segments={hit.segments} /></p>
          </li>
        ))}
      </ul>
    </section>
  );
}
