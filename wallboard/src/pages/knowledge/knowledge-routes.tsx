import { Route, Routes } from '../../app/router.tsx';
import { AdminPage } from './admin-page.tsx';
import { ArticlePage } from './article-page.tsx';
import { EditPage, WritePage } from './editor-page.tsx';
import { SearchPage } from './search-page.tsx';
import './knowledge.css';

/** Everything below /knowledge. */
export function KnowledgeRoutes() {
  return (
    <Routes>
      <Route index element={<SearchPage />} />
      <Route path="write" element={<WritePage />} />
      <Route path="manage" element={<AdminPage />} />
      <Route path=":number" element={<ArticlePage />} />
      <Route path=":number/edit" element={<EditPage />} />
    </Routes>
  );
}
