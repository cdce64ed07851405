import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { useDeskWords } from '../../app/desk-words.tsx';
import { Link, useSearchParams } from '../../app/router.tsx';
import { KnowledgeTreeDocument, SearchKnowledgeDocument, ViewerDocument } from '../../graphql/generated/desk/graphql.ts';
import { ArticleList } from './article-list.tsx';
import { categoryName, type Category } from './category-names.ts';
import { CategoryTree } from './category-tree.tsx';
import { useKnowledgeWords } from './knowledge-words.ts';
import { MarkedText } from './marked-text.tsx';

/** Search first (KNW-06); without a query the lists. The address bar holds both, so that a finding can be sent to a colleague. */
export function SearchPage() {
  const t = useKnowledgeWords();
  const [search, setSearch] = useSearchParams();
  const text = search.get('q') ?? '';
  const categoryId = search.get('category') ?? '';
  const tree = useQuery(KnowledgeTreeDocument);
  const permissions = useQuery(ViewerDocument).data?.viewer?.permissions ?? [];
  const categories = tree.data?.knowledgeCategories ?? [];
  const set = (name: string, value: string): void => setSearch((before) => {
    const next = new URLSearchParams(before);
    if (value === '') next.delete(name);
    else next.set(name, value);
    return next;
  });
  return (
    <main className="kb">
      <header className="kb-head">
        <h1>{t('title')}</h1>
        <nav className="kb-links">
          {permissions.includes('knowledge.manage') ? <Link className="kb-link" to="/knowledge/manage">{t('admin.open')}</Link> : null}
          {permissions.includes('knowledge.write') ? <Link className="kb-link main" to="/knowledge/write">{t('write.new')}</Link> : null}
        </nav>
      </header>
      <SearchBox key={text} text={text} onSearch={(next) => set('q', next)} />
      <CategoryTree categories={categories} chosen={categoryId} onChoose={(id) => set('category', id)} />
      <section>
        {text === '' ? <ArticleList categoryId={categoryId} mayWrite={permissions.includes('knowledge.write')} /> : <Results text={text} category={categories.find(({ id }) => id === categoryId) ?? null} />}
      </section>
    </main>
  );
}

function SearchBox({ text, onSearch }: { readonly text: string; readonly onSearch: (text: string) => void }) {
  const t = useKnowledgeWords();
  const [typed, setTyped] = useState(text);
  return (
    <form className="kb-search" role="search" onSubmit={(event) => {
      event.preventDefault();
      onSearch(typed.trim());
    }}>
      <input type="search" autoFocus aria-label={t('search.label')} placeholder={t('search.placeholder')} maxLength={500} value={typed} onChange={(event) => setTyped(event.target.value)} />
      <button type="submit" className="main">{t('search.button')}</button>
    </form>
  );
}

const SHOWN = 20;

function Results({ text, category }: { readonly text: string; readonly category: Category | null }) {
  const t = useKnowledgeWords();
  const { locale } = useDeskWords();
  const { data, error } = useQuery(SearchKnowledgeDocument, { variables: { text, categoryId: category?.id, first: SHOWN } });
  if (error !== undefined) return <p className="refusal" role="alert">{error.message}</p>;
  if (data === undefined) return <p className="quiet">{t('loading')}</p>;
  const { hits, total } = data.searchKnowledge;
  return (
    <>
      <p className="kb-summary" role="status">{t('search.found', { total })}{category === null ? null : ` · ${t('search.inCategory', { category: categoryName(category, locale) })}`}</p>
      {hits.length === 0 ? <p className="quiet">{t('search.none')}</p> : null}
      <ol className="kb-hits">
        {hits.map((hit) => (
          <li key={hit.id}>
            <h2><Link to={`/knowledge/${hit.number}`}><MarkedText segments={hit.titleSegments} /></Link></h2>
            <p className="kb-snippet"><b>{t(partKey(hit.part))}</b><MarkedText segments={hit.segments} /></p>
            <p className="kb-meta">{hit.number}{hit.state === 'PUBLISHED' ? null : <span className="badge" data-article={hit.state}>{t(`state.${hit.state}`)}</span>}{hit.openToCustomers ? <span>{t('fact.open')}</span> : null}</p>
          </li>
        ))}
      </ol>
    </>
  );
}

const PARTS = ['symptom', 'cause', 'solution', 'prevention'] as const;

function partKey(part: string): `part.${(typeof PARTS)[number]}` {
  return `part.${PARTS.find((one) => one === part) ?? 'symptom'}`;
}
