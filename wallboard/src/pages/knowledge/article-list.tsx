import { useQuery } from '@apollo/client/react';
import { Link, useSearchParams } from '../../app/router.tsx';
import { When } from '../../components/when.tsx';
import { ArticleListDocument, type ArticleFilterInput, type ArticleListQuery } from '../../graphql/generated/desk/graphql.ts';
import { useKnowledgeWords } from './knowledge-words.ts';

const TABS = ['published', 'waiting', 'mine', 'drafts'] as const;
type Tab = (typeof TABS)[number];

const FILTERS: Readonly<Record<Tab, ArticleFilterInput>> = {
  published: { states: ['PUBLISHED', 'DUE_FOR_REVIEW'] }, waiting: { waiting: true }, mine: { mine: true }, drafts: { states: ['DRAFT', 'SUBMITTED', 'IN_REVIEW'] },
};

interface Props {
  /** Empty: all. */
  readonly categoryId: string;
  readonly mayWrite: boolean;
}

/** What stands in the knowledge base, and what waits for whom. */
export function ArticleList({ categoryId, mayWrite }: Props) {
  const t = useKnowledgeWords();
  const [search, setSearch] = useSearchParams();
  const tab = TABS.find((one) => one === search.get('list')) ?? 'published';
  const filter = { ...FILTERS[tab], ...(categoryId === '' ? {} : { categoryId }) };
  const { data, error, fetchMore } = useQuery(ArticleListDocument, { variables: { filter }, fetchPolicy: 'cache-and-network' });
  const page = data?.knowledgeArticles;
  const more = (): void => void fetchMore({
    variables: { filter, after: page?.pageInfo.endCursor },
    updateQuery: (before, { fetchMoreResult: next }) => ({ knowledgeArticles: { ...next.knowledgeArticles, edges: [...before.knowledgeArticles.edges, ...next.knowledgeArticles.edges] } }),
  });
  return (
    <>
      {mayWrite ? (
        <div className="kb-tabs" role="group" aria-label={t('tabs.label')}>
          {TABS.map((one) => <button key={one} type="button" aria-pressed={one === tab} onClick={() => setSearch((before) => withTab(before, one))}>{t(`tab.${one}`)}</button>)}
        </div>
      ) : null}
      {error === undefined ? null : <p className="refusal" role="alert">{error.message}</p>}
      {page === undefined ? <p className="quiet">{t('loading')}</p> : null}
      {page?.edges.length === 0 ? <p className="quiet">{t('list.empty')}</p> : null}
      <ol className="kb-hits">{page?.edges.map(({ node }) => <Entry key={node.id} article={node} />)}</ol>
      {page?.pageInfo.hasNextPage === true ? <p><button type="button" onClick={more}>{t('list.more')}</button></p> : null}
    </>
  );
}

function withTab(before: URLSearchParams, tab: Tab): URLSearchParams {
  const next = new URLSearchParams(before);
  next.set('list', tab);
  return next;
}

function Entry({ article }: { readonly article: ArticleListQuery['knowledgeArticles']['edges'][number]['node'] }) {
  const t = useKnowledgeWords();
  const { counts, internals } = article;
  return (
    <li>
      <h2><Link to={`/knowledge/${article.number}`}>{article.title}</Link></h2>
      <p className="kb-meta">
        <span>{article.number}</span>
        <span className="badge" data-article={article.state}>{t(`state.${article.state}`)}</span>
        {internals === null ? null : <span>{internals.author}</span>}
        <When at={article.updatedAt} />
        <span>{t('fact.uses')} {counts.uses}</span>
        <span>{t('verdict.HELPED')} {counts.helped}</span>
        {counts.didNotHelp + counts.wrong === 0 ? null : <span>{t('verdict.DID_NOT_HELP')} {counts.didNotHelp} · {t('verdict.WRONG')} {counts.wrong}</span>}
        {article.openToCustomers ? <span>{t('fact.open')}</span> : null}
        {article.state === 'DUE_FOR_REVIEW' ? <span>{t('list.dueAt')} <When at={article.reviewDueAt} /></span> : null}
      </p>
      {article.state === 'DRAFT' && internals?.reviewNote != null ? <p className="kb-snippet"><b>{t('note.review')}</b>{internals.reviewNote}</p> : null}
    </li>
  );
}
