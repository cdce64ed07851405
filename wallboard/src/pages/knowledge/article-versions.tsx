import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { When } from '../../components/when.tsx';
import { ArticleDifferenceDocument } from '../../graphql/generated/desk/graphql.ts';
import type { Article } from './article-page.tsx';
import { useKnowledgeWords } from './knowledge-words.ts';

/** Every text that it had, and what changed from one to the next (KNW-05). */
export function ArticleVersions({ article }: { readonly article: Article }) {
  const t = useKnowledgeWords();
  const [open, setOpen] = useState<number | null>(null);
  return (
    <section className="card">
      <h2>{t('versions')}<small>{article.revisions.length}</small></h2>
      <ul className="entries">
        {article.revisions.map(({ revision, writtenBy, writtenAt, note }) => (
          <li key={revision} data-open={revision === article.publishedRevision}>
            <p className="entry-head"><b>{t('versions.version', { revision })}</b>{revision === article.publishedRevision ? <span className="badge" data-article="PUBLISHED">{t('versions.published')}</span> : null}{writtenBy} <When at={writtenAt} /></p>
            {note === null ? null : <p className="entry-body">{note}</p>}
            {revision === 1 ? null : <button type="button" className="plain" aria-expanded={open === revision} onClick={() => setOpen(open === revision ? null : revision)}>{t('versions.compare')}</button>}
            {open === revision ? <Difference id={article.id} from={revision - 1} to={revision} /> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

const PARTS = ['title', 'symptom', 'cause', 'solution', 'prevention'] as const;

function Difference({ id, from, to }: { readonly id: string; readonly from: number; readonly to: number }) {
  const t = useKnowledgeWords();
  const { data, error } = useQuery(ArticleDifferenceDocument, { variables: { id, from, to } });
  if (error !== undefined) return <p className="refusal" role="alert">{error.message}</p>;
  if (data === undefined) return <p className="quiet">{t('loading')}</p>;
  const parts = data.node !== null && 'differences' in data.node ? data.node.differences.filter(({ changed }) => changed) : [];
  if (parts.length === 0) return <p className="quiet">{t('versions.none')}</p>;
  return (
    <div className="kb-difference">
      {parts.map(({ part, pieces }) => (
        <div key={part}>
          <h3>{t(`part.${PARTS.find((one) => one === part) ?? 'title'}`)}</h3>
          <p>{pieces.map(({ text, change }, index) => (change === 'added' ? <ins key={index}>{text}</ins> : change === 'removed' ? <del key={index}>{text}</del> : <span key={index}>{text}</span>))}</p>
        </div>
      ))}
    </div>
  );
}
