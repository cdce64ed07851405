import express, { type Express, type Request, type Response } from 'express';
import { attachArticleFile } from '../features/knowledge/knowledge-file.service.ts';
import { ATTACHMENT_LIMITS, attach, readAttachment } from '../features/ticket/ticket-attachment.service.ts';
import { signedIn, type RequestContext } from '../platform/graphql/context.ts';
import { Refusal, type RefusalCode } from '../kernel/refusal.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const STATUS: Partial<Record<RefusalCode, number>> = { UNAUTHENTICATED: 401, FORBIDDEN: 403, NOT_FOUND: 404, TOO_LARGE: 413, BUSY: 503 };

/**
 * Files go beside GraphQL (INC-03): `POST /attachments?ticket=ID&name=photo.png` (`incident=ID` is
 * understood too; `paper=change-plan` names a demanded paper, CHG-10; `customer=yes|no` whether the customer sees it) with the bytes as body answers `{ "id" }`,
 * `GET /attachments/ID` gives them back as a download. `POST /attachments?article=ID&name=…` adds a file to a draft of an article (KNW-02).
 */
export function serveAttachments(app: Express, contextOf: (request: Request, response: Response) => Promise<RequestContext>): void {
  app.post('/attachments', express.raw({ type: () => true, limit: ATTACHMENT_LIMITS.bytes }), async (request, response) => {
    await answer(response, async () => {
      const context = await contextOf(request, response);
      const content: unknown = request.body;
      const file = {
        name: String(request.query['name'] ?? ''), mediaType: request.headers['content-type'] ?? 'application/octet-stream', content: Buffer.isBuffer(content) ? content : Buffer.alloc(0),
      };
      const { article, ticket, incident, paper, customer } = request.query;
      const id = article === undefined
        ? await attach(context.database, signedIn(context), { ...file, ticketId: uuid(ticket ?? incident, ticket === undefined ? 'incident' : 'ticket'), paper: textOf(paper), customerVisible: yesOrNo(customer) })
        : await attachArticleFile(context.database, signedIn(context), { ...file, articleId: uuid(article, 'article') });
      response.status(201).json({ id });
    });
  });
  app.get('/attachments/:id', async (request, response) => {
    await answer(response, async () => {
      const context = await contextOf(request, response);
      const file = await readAttachment(context.database, signedIn(context), uuid(request.params['id'], 'id'));
      // Always a download, never shown in our origin: an uploaded page must not run here.
      response.set({ 'Content-Type': 'application/octet-stream', 'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}` });
      response.send(file.content);
    });
  });
}

function uuid(value: unknown, field: string): string {
  if (typeof value === 'string' && UUID.test(value)) return value;
  throw new Refusal('INVALID_INPUT', `"${field}" must be an id that this API gave.`, field);
}

/** Said plainly, or left to what is usual. */
function yesOrNo(value: unknown): boolean | null {
  if (value === undefined) return null;
  if (value === 'yes' || value === 'no') return value === 'yes';
  throw new Refusal('INVALID_INPUT', '"customer" must be yes or no.', 'customer');
}

/** One text of a query; a repeated one is none. */
const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

export async function answer(response: Response, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    response.status(STATUS[error.code] ?? 400).json({ errors: [{ message: error.message, extensions: { code: error.code, field: error.field } }] });
  }
}
