import { useQuery } from '@apollo/client/react';
import { useEffect } from 'react';
import { Link } from '../../app/router.tsx';
import { usePaused } from '../../components/use-paused.ts';
import { ArticleSuggestionsDocument } from '../../graphql/generated/desk/graphql.ts';
import { ArticleUse } from './article-use.tsx';
import { useKnowledgeWords } from './knowledge-words.ts';
import { MarkedText } from './marked-text.tsx';
import './knowledge.css';

const SHORTEST_TEXT = 2;

interface Props {
  readonly customerId: string;
  readonly text: string;
  /** The record that an article may have solved; none while it is being reported. */
  readonly recordNumber?: string;
  /** Called when it has its first answer, or asks nothing. */
  readonly onSettled?: () => void;
}

/** INC-15: what the knowledge base says of what is being reported, while it is typed. Opens beside, so that the form stays. */
export function ArticleSuggestions({ customerId, text, recordNumber, onSettled }: Props) {
  const t = useKnowledgeWords();
  const asked = usePaused(text.trim());
  const { data, previousData, loading } = useQuery(ArticleSuggestionsDocument, { variables: { text: asked, customerId: customerId === '' ? undefined : customerId }, skip: asked.length < SHORTEST_TEXT });
  useEffect(() => { if (!loading) onSettled?.(); }, [loading, onSettled]);
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
            {recordNumber === undefined ? null : <ArticleUse article={hit} recordNumber={recordNumber} />}
          </li>
        ))}
      </ul>
    </section>
  );
}
