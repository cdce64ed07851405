import { useMutation } from '@apollo/client/react';
import { useId, useState, type ChangeEvent } from 'react';
import { useDeskWords } from '../../app/desk-words.tsx';
import { RemoveArticleFileDocument, type UserErrorFieldsFragment } from '../../graphql/generated/desk/graphql.ts';
import { Refusals } from './article-feedback.tsx';
import type { Article } from './article-page.tsx';
import { useKnowledgeWords } from './knowledge-words.ts';

/** Files of a draft; the text must name each (KNW-02). */
export function EditorFiles({ article, reload }: { readonly article: Article; readonly reload: () => Promise<unknown> }) {
  const t = useKnowledgeWords();
  const desk = useDeskWords();
  const id = useId();
  const [remove] = useMutation(RemoveArticleFileDocument);
  const [errors, setErrors] = useState<readonly UserErrorFieldsFragment[]>([]);
  const add = async ({ currentTarget: input }: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const file = input.files?.[0];
    if (file === undefined) return;
    const refused = await sendFile(article.id, file).catch(() => ({ code: 'UNREACHABLE', message: desk.t('server.away'), field: null }));
    input.value = '';
    setErrors(refused === null ? [] : [refused]);
    await reload();
  };
  const takeAway = async (fileId: string): Promise<void> => {
    const { data } = await remove({ variables: { input: { id: article.id, fileId } } });
    setErrors(data?.removeArticleFile.userErrors ?? []);
    await reload();
  };
  return (
    <section className="card">
      <h2>{t('field.files')}<small>{article.files.length}</small></h2>
      <p className="quiet">{t('field.filesHint')}</p>
      <ul>{article.files.map((file) => <li key={file.id}><a href={`/downloads/article-file?id=${file.id}`} download={file.name}>{file.name}</a> <button type="button" className="plain" onClick={() => void takeAway(file.id)}>{t('field.removeFile')}</button></li>)}</ul>
      <label htmlFor={id}>{t('field.addFile')}</label> <input id={id} type="file" onChange={(event) => void add(event)} />
      <Refusals errors={errors} />
    </section>
  );
}

/** Null when it was taken, else why not. */
async function sendFile(articleId: string, file: File): Promise<UserErrorFieldsFragment | null> {
  const response = await fetch(`/attachments?article=${articleId}&name=${encodeURIComponent(file.name)}`, {
    method: 'POST', body: file, headers: { 'content-type': file.type || 'application/octet-stream' },
  });
  if (response.ok) return null;
  const body: unknown = await response.json();
  const errors = typeof body === 'object' && body !== null && 'errors' in body && Array.isArray(body.errors) ? body.errors : [];
  const [first]: readonly { readonly message?: unknown; readonly extensions?: { readonly code?: unknown } }[] = errors;
  return { code: String(first?.extensions?.code ?? ''), message: String(first?.message ?? response.statusText), field: null };
}
