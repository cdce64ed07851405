import { CombinedGraphQLErrors } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { Link } from '../../app/router.tsx';
import { RefusalText } from '../../components/refusal-text.tsx';
import { KnowledgeAdminDocument, KnowledgeTreeDocument } from '../../graphql/generated/desk/graphql.ts';
import { AdminCategories } from './admin-categories.tsx';
import { AdminReviewers } from './admin-reviewers.tsx';
import { AdminSynonyms } from './admin-synonyms.tsx';
import { useKnowledgeWords } from './knowledge-words.ts';

/** What the technical manager keeps: the tree (KNW-01), the reviewers (KNW-10), the words of the search (KNW-06). */
export function AdminPage() {
  const t = useKnowledgeWords();
  const tree = useQuery(KnowledgeTreeDocument);
  const admin = useQuery(KnowledgeAdminDocument);
  const error = tree.error ?? admin.error;
  if (error !== undefined) return <main className="ticket"><p className="ticket-number"><Link to="/knowledge">{t('back')}</Link></p><p className="refusal" role="alert"><RefusalText code={codeOf(error)} message={error.message} /></p></main>;
  const categories = tree.data?.knowledgeCategories ?? [];
  return (
    <main className="ticket">
      <p className="ticket-number"><Link to="/knowledge">{t('back')}</Link></p>
      <h1>{t('admin.title')}</h1>
      <div className="kb-admin">
        <AdminCategories categories={categories} reload={tree.refetch} />
        <div className="ticket-side">
          <AdminReviewers categories={categories} reviewers={admin.data?.knowledgeReviewers ?? []} people={admin.data?.people ?? []} reload={admin.refetch} />
          <AdminSynonyms groups={admin.data?.knowledgeSynonyms ?? []} reload={admin.refetch} />
        </div>
      </div>
    </main>
  );
}

function codeOf(error: Error): string {
  return CombinedGraphQLErrors.is(error) ? String(error.errors[0]?.extensions?.['code'] ?? '') : '';
}
