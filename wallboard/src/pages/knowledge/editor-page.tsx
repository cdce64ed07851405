import { useApolloClient, useQuery } from '@apollo/client/react';
import { useRef, useState } from 'react';
import { Link, useNavigate, useParams } from '../../app/router.tsx';
import { PageFailed, PageLoading, PageMissing } from '../../components/page-state/page-state.tsx';
import { useDeskWords } from '../../app/desk-words.tsx';
import {
  ArticleByNumberDocument, CreateArticleDocument, EditArticleDocument, KnowledgeTreeDocument, type ArticleFaultType, type ArticleKind, type ArticleSource, type ArticleSystemType, type UserErrorFieldsFragment,
} from '../../graphql/generated/desk/graphql.ts';
import { newKey } from '../../lib/new-key.ts';
import { Refusals } from './article-feedback.tsx';
import { PARTS, type Article } from './article-page.tsx';
import { wordsOf } from './article-actions.ts';
import { branchesOf, categoryName } from './category-names.ts';
import { CheckSide } from './check-side.tsx';
import { EditorFiles } from './editor-files.tsx';
import { useKnowledgeWords } from './knowledge-words.ts';

/** A new article (KNW-02): what is similar stands beside it before it is written twice (KNW-04). */
export function WritePage() {
  return <Editor article={null} reload={async () => {}} />;
}

/** A draft, or a new text of a published article. */
export function EditPage() {
  const t = useKnowledgeWords();
  const number = useParams()['number'] ?? '';
  // One writes on what is there now, not on what this page saw before.
  const { data, error, refetch } = useQuery(ArticleByNumberDocument, { variables: { number }, fetchPolicy: 'network-only', nextFetchPolicy: 'cache-first' });
  if (error !== undefined) return <PageFailed error={error} retry={refetch} />;
  if (data === undefined) return <PageLoading />;
  if (data.knowledgeArticle === null) return <PageMissing>{t('notFound', { number })}</PageMissing>;
  return <Editor key={data.knowledgeArticle.id} article={data.knowledgeArticle} reload={refetch} />;
}

interface Written {
  readonly shortDescription: string;
  readonly symptom: string;
  readonly cause: string;
  readonly solution: string;
  readonly prevention: string;
  readonly categoryId: string;
  readonly kind: ArticleKind;
  readonly systemType: ArticleSystemType;
  readonly faultType: ArticleFaultType;
  readonly source: ArticleSource;
  readonly sourceNote: string;
  readonly origins: string;
  readonly note: string;
}

const EMPTY: Written = {
  shortDescription: '', symptom: '', cause: '', solution: '', prevention: '', categoryId: '', kind: 'OTHER', systemType: 'OTHER', faultType: 'OTHER', source: 'OWN_EXPERIENCE', sourceNote: '', origins: '', note: '',
};

function writtenOf(article: Article): Written {
  const { shortDescription, symptom, cause, solution, prevention, kind, systemType, faultType, source } = article;
  return {
    shortDescription, symptom, cause, solution, prevention, kind, systemType, faultType, source, categoryId: article.category.id, sourceNote: article.internals?.sourceNote ?? '',
    origins: article.origins.map(({ number }) => number).join(', '), note: '',
  };
}

const KINDS: readonly ArticleKind[] = ['HARDWARE', 'SOFTWARE', 'OTHER'];
const SYSTEMS: readonly ArticleSystemType[] = ['SYSTEM_SOFTWARE', 'APPLICATION_SOFTWARE', 'CONSULTING', 'OTHER'];
const FAULTS: readonly ArticleFaultType[] = ['HARDWARE', 'SOFTWARE', 'SERVER', 'DATABASE', 'CLIENT', 'NETWORK', 'SECURITY', 'CONFIGURATION', 'OTHER'];
const SOURCES: readonly ArticleSource[] = ['OWN_EXPERIENCE', 'PROBLEM', 'PUBLIC_CASE'];

interface EditorProps {
  readonly article: Article | null;
  readonly reload: () => Promise<unknown>;
}

function Editor({ article, reload }: EditorProps) {
  const t = useKnowledgeWords();
  const [written, setWritten] = useState<Written>(article === null ? EMPTY : writtenOf(article));
  const set = (part: Partial<Written>): void => setWritten((before) => ({ ...before, ...part }));
  const { save, errors, busy } = useSaving(article, written);
  const { shortDescription, symptom, cause, solution, prevention } = written;
  const errorsAt = (field: string): readonly UserErrorFieldsFragment[] => errors.filter((error) => error.field === field);
  const known = ['shortDescription', 'categoryId', ...PARTS];
  return (
    <main className="ticket">
      <p className="ticket-number"><Link to="/knowledge">{t('back')}</Link>{article === null ? null : <Link to={`/knowledge/${article.number}`}>{article.number}</Link>}</p>
      <div className="kb-editor">
        <form onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}>
          <h1>{t(article === null ? 'write.new' : 'write.edit')}</h1>
          <Refusals errors={errors.filter(({ field }) => field === null || !known.includes(field))} />
          <Labelled label={t('field.short')} hint={t('field.shortHint')} errors={errorsAt('shortDescription')}>
            {(id) => <input id={id} required autoFocus maxLength={120} value={shortDescription} onChange={(event) => set({ shortDescription: event.target.value })} />}
          </Labelled>
          <Classification written={written} set={set} errors={errorsAt('categoryId')} fresh={article === null} />
          {PARTS.map((part) => (
            <Labelled key={part} label={t(`part.${part}`)} errors={errorsAt(part)}>
              {(id) => <textarea id={id} rows={part === 'solution' ? 6 : 3} value={written[part]} onChange={(event) => set({ [part]: event.target.value })} />}
            </Labelled>
          ))}
          {article === null ? null : <Labelled label={t('field.noteVersion')} errors={[]}>{(id) => <input id={id} value={written.note} onChange={(event) => set({ note: event.target.value })} />}</Labelled>}
          <div className="form-end"><button type="submit" className="main" disabled={busy}>{t('write.save')}</button></div>
        </form>
        <aside className="kb-side">
          <CheckSide text={{ shortDescription, symptom, cause, solution, prevention }} articleId={article?.id} />
          {article === null ? null : <EditorFiles article={article} reload={reload} />}
        </aside>
      </div>
    </main>
  );
}

interface ClassificationProps {
  readonly written: Written;
  readonly set: (part: Partial<Written>) => void;
  readonly errors: readonly UserErrorFieldsFragment[];
  readonly fresh: boolean;
}

function Classification({ written, set, errors, fresh }: ClassificationProps) {
  const t = useKnowledgeWords();
  const { locale } = useDeskWords();
  const branches = branchesOf(useQuery(KnowledgeTreeDocument).data?.knowledgeCategories ?? []);
  const choice = <Key extends string>(label: string, value: Key, keys: readonly Key[], name: (key: Key) => string, choose: (key: Key) => void) => (
    <Labelled label={label} errors={[]}>
      {(id) => <select id={id} value={value} onChange={(event) => { const key = keys.find((one) => one === event.target.value); if (key !== undefined) choose(key); }}>{keys.map((key) => <option key={key} value={key}>{name(key)}</option>)}</select>}
    </Labelled>
  );
  return (
    <div className="kb-row">
      <Labelled label={t('field.category')} errors={errors}>
        {(id) => (
          <select id={id} required value={written.categoryId} onChange={(event) => set({ categoryId: event.target.value })}>
            <option value="">—</option>
            {branches.map(({ upper, lower }) => <optgroup key={upper.id} label={categoryName(upper, locale)}>{lower.filter(({ active }) => active).map((sub) => <option key={sub.id} value={sub.id}>{categoryName(sub, locale)}</option>)}</optgroup>)}
          </select>
        )}
      </Labelled>
      {choice(t('field.kind'), written.kind, KINDS, (key) => t(`kind.${key}`), (kind) => set({ kind }))}
      {choice(t('field.systemType'), written.systemType, SYSTEMS, (key) => t(`system.${key}`), (systemType) => set({ systemType }))}
      {choice(t('field.faultType'), written.faultType, FAULTS, (key) => t(`fault.${key}`), (faultType) => set({ faultType }))}
      {fresh ? choice(t('field.source'), written.source, SOURCES, (key) => t(`source.${key}`), (source) => set({ source })) : null}
      <Labelled label={t('field.sourceNote')} errors={[]}>{(id) => <input id={id} value={written.sourceNote} onChange={(event) => set({ sourceNote: event.target.value })} />}</Labelled>
      <Labelled label={t('field.origins')} hint={t('field.originsHint')} errors={[]}>{(id) => <input id={id} value={written.origins} onChange={(event) => set({ origins: event.target.value })} />}</Labelled>
    </div>
  );
}

interface LabelledProps {
  readonly label: string;
  readonly hint?: string;
  readonly errors: readonly UserErrorFieldsFragment[];
  readonly children: (id: string) => React.ReactNode;
}

function Labelled({ label, hint, errors, children }: LabelledProps) {
  const id = `kb-${label}`;
  return (
    <div className="field" data-refused={errors.length > 0}>
      <label htmlFor={id}>{label}</label>
      {children(id)}
      {hint === undefined ? null : <small className="quiet">{hint}</small>}
      <Refusals errors={errors} />
    </div>
  );
}

/** Saves with the version that was opened; the key makes a second try after a lost answer safe (API-03). */
function useSaving(article: Article | null, written: Written) {
  const client = useApolloClient();
  const navigate = useNavigate();
  const key = useRef(newKey());
  const [errors, setErrors] = useState<readonly UserErrorFieldsFragment[]>([]);
  const [busy, setBusy] = useState(false);
  const send = async () => {
    const { source, origins, note, ...rest } = written;
    const input = { ...rest, origins: wordsOf(origins).map((number) => ({ number: number.toUpperCase() })), idempotencyKey: key.current };
    if (article === null) return (await client.mutate({ mutation: CreateArticleDocument, variables: { input: { ...input, source } } })).data?.createArticle;
    return (await client.mutate({ mutation: EditArticleDocument, variables: { input: { ...input, note, id: article.id, expectedVersion: article.version } } })).data?.editArticle;
  };
  const save = async (): Promise<void> => {
    setBusy(true);
    try {
      const answer = await send();
      setErrors(answer?.userErrors ?? []);
      if (answer?.article) {
        // The answer has no text: without this the article's page shows the old one.
        if (article !== null) await client.query({ query: ArticleByNumberDocument, variables: { number: answer.article.number } });
        await navigate(`/knowledge/${answer.article.number}`);
      } else key.current = newKey();
    } catch (error) {
      setErrors([{ code: 'UNREACHABLE', message: error instanceof Error ? error.message : String(error), field: null }]);
    } finally {
      setBusy(false);
    }
  };
  return { save, errors, busy };
}
