import { createHash } from 'node:crypto';
import type { Actor } from '../../kernel/actor.ts';
import type { DownloadedFile } from '../../kernel/feature.ts';
import { toIso } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { requiredText } from '../../kernel/text.ts';
import type { Database } from '../../platform/db/database.ts';
import { newId } from '../../platform/time/new-id.ts';
import { articleCase, lockArticle, seesArticle, tellArticle } from './knowledge-case.service.ts';
import { guardArticle } from './knowledge-states.rules.ts';
import { ARTICLE_LIMITS } from './knowledge.rules.ts';
import { KnowledgeArticleEntity } from './knowledge.entity.ts';

export interface NewArticleFile {
  readonly articleId: string;
  readonly name: string;
  readonly mediaType: string;
  readonly content: Buffer;
}

/** KNW-02: a picture or script that the text names. Returns the file's id. */
export async function attachArticleFile(database: Database, actor: Actor, input: NewArticleFile): Promise<string> {
  const name = requiredText(input.name, 'name');
  const size = input.content.length;
  if (size === 0) throw new Refusal('MISSING_FIELD', 'The file is empty.', 'content');
  if (size > ARTICLE_LIMITS.fileBytes) throw new Refusal('TOO_LARGE', `A file may have ${ARTICLE_LIMITS.fileBytes} bytes, got ${size}.`, 'content');
  return database.change(actor, async (change) => {
    const { em } = change;
    const article = await lockArticle(em, actor, input.articleId);
    guardArticle('attachArticleFile', await articleCase(database, em, actor, article), actor);
    const names = await em.execute<{ name: string }[]>('select name from knowledge_file where article_id = ?', [article.id]);
    if (names.length >= ARTICLE_LIMITS.files) throw new Refusal('TOO_LARGE', `An article may have ${ARTICLE_LIMITS.files} files.`, 'content');
    if (names.some((file) => file.name === name)) throw new Refusal('NOT_UNIQUE', `${article.number} has a file "${name}" already; the text could not tell them apart.`, 'name');
    const id = newId();
    const sha256 = createHash('sha256').update(input.content).digest('hex');
    const now = await change.now();
    await em.execute(
      'insert into knowledge_file (id, article_id, name, media_type, size, sha256, content, added_by, added_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?::timestamptz)',
      [id, article.id, name, input.mediaType, size, sha256, input.content, actor.name, toIso(now)],
    );
    tellArticle(change, article, { happened: 'fileAttached', now, after: { fileId: id, name, size, sha256 } });
    return id;
  });
}

/** Takes a file away again, e.g. one that the text names nowhere. */
export async function removeArticleFile(database: Database, actor: Actor, { id, fileId }: { readonly id: string; readonly fileId: string }): Promise<string> {
  return database.change(actor, async (change) => {
    const { em } = change;
    const article = await lockArticle(em, actor, id);
    guardArticle('attachArticleFile', await articleCase(database, em, actor, article), actor);
    const gone = await em.execute<{ name: string }[]>('delete from knowledge_file where id = ? and article_id = ? returning name', [fileId, article.id]);
    if (gone.length === 0) throw new Refusal('NOT_FOUND', `There is no file "${fileId}" at ${article.number}.`, 'fileId');
    tellArticle(change, article, { happened: 'fileRemoved', now: await change.now(), before: { fileId, name: gone[0]?.name } });
    return article.id;
  });
}

/** The file itself, for whoever may read its article. */
export async function readArticleFile(database: Database, actor: Actor, id: string): Promise<DownloadedFile> {
  const em = database.em;
  const rows = await em.execute<{ name: string; articleId: string; content: Buffer }[]>(`select name, article_id as "articleId", content from knowledge_file where id::text = ?`, [id]);
  const file = rows[0];
  const article = file ? await em.findOne(KnowledgeArticleEntity, { id: file.articleId }) : null;
  if (!file || !article || !seesArticle(actor, article)) throw new Refusal('NOT_FOUND', 'There is no such file.', 'id');
  // Never shown in our origin: an attached page must not run here.
  return { fileName: file.name, mediaType: 'application/octet-stream', content: file.content };
}
