import { useQuery } from '@apollo/client/react';
import { Link, useParams } from '../../app/router.tsx';
import { PageFailed, PageLoading, PageMissing } from '../../components/page-state/page-state.tsx';
import { useDeskWords } from '../../app/desk-words.tsx';
import { RecordActions } from '../../components/record-actions/record-actions.tsx';
import { When } from '../../components/when.tsx';
import { ArticleByNumberDocument, type ArticleByNumberQuery } from '../../graphql/generated/desk/graphql.ts';
import { articleActions } from './article-actions.ts';
import { ArticleFeedback } from './article-feedback.tsx';
import { ArticleVersions } from './article-versions.tsx';
import { categoryName } from './category-names.ts';
import { useKnowledgeWords } from './knowledge-words.ts';
import { useSimilar } from './use-check.ts';

export type Article = NonNullable<ArticleByNumberQuery['knowledgeArticle']>;

export const PARTS = ['symptom', 'cause', 'solution', 'prevention'] as const;

/** One article: to read, to judge, and what one may do with it (KNW-02, KNW-03, KNW-05). */
export function ArticlePage() {
  const t = useKnowledgeWords();
  const number = useParams()['number'] ?? '';
  const { data, error, refetch } = useQuery(ArticleByNumberDocument, { variables: { number } });
  if (error !== undefined) return <PageFailed error={error} retry={refetch} />;
  if (data === undefined) return <PageLoading />;
  if (data.knowledgeArticle === null) return <PageMissing>{t('notFound', { number })}</PageMissing>;
  return <OpenArticle article={data.knowledgeArticle} reload={refetch} />;
}

interface Props {
  readonly article: Article;
  readonly reload: () => Promise<unknown>;
}

function OpenArticle({ article, reload }: Props) {
  const t = useKnowledgeWords();
  const { locale } = useDeskWords();
  const editable = article.availableActions.some(({ action, allowed }) => action === 'editArticle' && allowed);
  const similar = useSimilar(article, article.state === 'DRAFT' && editable);
  const colleague = article.internals !== null;
  return (
    <main className="ticket">
      <header className="ticket-head">
        <div>
          <p className="ticket-number"><Link to="/knowledge">{t('title')}</Link><b>{article.number}</b><span className="badge" data-article={article.state}>{t(`state.${article.state}`)}</span>
            <span>{categoryName(article.category, locale)}</span>{article.openToCustomers ? <span className="badge">{t('fact.open')}</span> : null}</p>
          <h1>{article.title}</h1>
        </div>
        {editable ? <Link className="kb-link main" to={`/knowledge/${article.number}/edit`}>{t('write.edit')}</Link> : null}
      </header>
      {article.mergedInto === null ? null : <p className="notice">{t('fact.merged')} <Link to={`/knowledge/${article.mergedInto.number}`}>{article.mergedInto.number} {article.mergedInto.title}</Link></p>}
      {colleague && article.publishedRevision !== null && article.publishedRevision !== article.shownRevision ? <p className="notice" role="status">{t('note.newer', { shown: article.shownRevision, published: article.publishedRevision })}</p> : null}
      {article.internals?.reviewNote == null ? null : <p className="notice"><b>{t('note.review')}</b> {article.internals.reviewNote}</p>}
      {colleague ? <RecordActions key={`${article.id} ${article.openToCustomers}`} record={article} actions={articleActions(t, article, similar)} reload={reload} /> : null}
      <div className="ticket-columns">
        <div className="ticket-main">
          <article className="card kb-text">
            {PARTS.map((part) => (article[part] === '' ? null : <section key={part} data-part={part}><h2>{t(`part.${part}`)}</h2><p>{article[part]}</p></section>))}
            <Files article={article} />
          </article>
          <ArticleFeedback article={article} reload={reload} />
        </div>
        <div className="ticket-side">
          <Facts article={article} />
          {article.revisions.length === 0 ? null : <ArticleVersions article={article} />}
        </div>
      </div>
    </main>
  );
}

function Files({ article }: { readonly article: Article }) {
  const t = useKnowledgeWords();
  if (article.files.length === 0) return null;
  return (
    <section>
      <h2>{t('field.files')}</h2>
      <ul>{article.files.map(({ id, name, size }) => <li key={id}><a href={`/downloads/article-file?id=${id}`} download={name}>{name}</a> <small>{Math.ceil(size / 1000)} kB</small></li>)}</ul>
    </section>
  );
}

function Facts({ article }: { readonly article: Article }) {
  const t = useKnowledgeWords();
  const { internals } = article;
  return (
    <section className="card">
      <dl className="facts">
        <div><dt>{t('field.kind')}</dt><dd>{t(`kind.${article.kind}`)}</dd></div>
        <div><dt>{t('field.systemType')}</dt><dd>{t(`system.${article.systemType}`)}</dd></div>
        <div><dt>{t('field.faultType')}</dt><dd>{t(`fault.${article.faultType}`)}</dd></div>
        <div><dt>{t('field.source')}</dt><dd>{t(`source.${article.source}`)}{internals?.sourceNote == null ? null : ` · ${internals.sourceNote}`}</dd></div>
        {article.origins.length === 0 ? null : <div><dt>{t('field.origins')}</dt><dd>{article.origins.map(({ number }) => <Origin key={number} number={number} />)}</dd></div>}
        {internals === null ? null : <div><dt>{t('fact.author')}</dt><dd>{internals.author}</dd></div>}
        {internals?.reviewer == null ? null : <div><dt>{t('fact.reviewer')}</dt><dd>{internals.reviewer}</dd></div>}
        <div><dt>{t('fact.published')}</dt><dd><When at={article.publishedAt} /></dd></div>
        <div><dt>{t('fact.due')}</dt><dd><When at={article.reviewDueAt} /></dd></div>
        {article.worth.length === 0 ? null : <div><dt>{t('fact.worth')}</dt><dd>{article.worth.map((worth) => t(`worth.${worth}`)).join(' · ')}</dd></div>}
        {internals === null || internals.keptWords.length === 0 ? null : <div><dt>{t('fact.kept')}</dt><dd>{internals.keptWords.join(' · ')}</dd></div>}
      </dl>
    </section>
  );
}

const PAGES: Readonly<Record<string, string>> = { INC: '/incident', CHG: '/changes', REL: '/releases', PRB: '/problems' };

/** Numbers of our own lead to their record; others are told as they are. */
function Origin({ number }: { readonly number: string }) {
  const page = PAGES[number.split('-')[0] ?? ''];
  return page === undefined ? <span>{number} </span> : <><Link to={`${page}/${number}`}>{number}</Link> </>;
}
