import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import express, { type Express, type Request, type Response } from 'express';
import type { DownloadedFile, StreamedFile } from '../kernel/feature.ts';
import type { RequestContext } from '../platform/graphql/context.ts';
import { Refusal } from '../kernel/refusal.ts';
import { answer } from './attachment-routes.ts';
import { FEATURES } from './features.ts';

const DOWNLOADS = new Map(FEATURES.flatMap(({ downloads }) => downloads ?? []).map((download) => [download.name, download]));

/** Each holds a connection to the database while its client reads: never so many that nobody else has one. */
const LONG_FILES_AT_ONCE = 4;
/** 100,000 records are 13 MB: 20 kB/s are enough. */
const LONG_FILE_MS = 10 * 60_000;
let longFiles = 0;

/** Files made on demand, by name: `GET /downloads/NAME?…`. Always a download, never shown in our origin. */
export function serveDownloads(app: Express, contextOf: (request: Request, response: Response) => Promise<RequestContext>): void {
  app.get('/downloads/:name', async (request, response) => {
    await answer(response, async () => {
      const download = DOWNLOADS.get(request.params.name);
      if (!download) throw new Refusal('NOT_FOUND', `There is no download "${request.params.name.slice(0, 60)}". There are: ${[...DOWNLOADS.keys()].join(', ')}.`, 'name');
      const file = await download.make(await contextOf(request, response), textsOf(request.query));
      if ('pieces' in file && longFiles >= LONG_FILES_AT_ONCE) throw new Refusal('BUSY', `${LONG_FILES_AT_ONCE} long files are being sent, which is as many as may be at once; try again in a minute.`);
      response.set({ 'Content-Type': file.mediaType, 'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.fileName)}`, 'Cache-Control': 'no-store' });
      await send(response, file);
    });
  });
}

async function send(response: Response, file: DownloadedFile | StreamedFile): Promise<void> {
  if ('content' in file) {
    response.send(typeof file.content === 'string' ? file.content : Buffer.from(file.content));
    return;
  }
  longFiles += 1;
  try {
    await pipeline(Readable.from(file.pieces), response, { signal: AbortSignal.timeout(LONG_FILE_MS) });
  } catch (error) {
    // A reader who goes away has ended the making of it; anything else cuts the connection, so that half a file does not look whole, and is told.
    if (!isGone(error)) throw error;
  } finally {
    longFiles -= 1;
  }
}

/** Or reads too slowly, which its connection was cut for. */
const isGone = (error: unknown): boolean => error instanceof Error && 'code' in error && (error.code === 'ERR_STREAM_PREMATURE_CLOSE' || error.code === 'ABORT_ERR');

const UPLOADS = new Map(FEATURES.flatMap(({ uploads }) => uploads ?? []).map((upload) => [upload.name, upload]));
const UPLOAD_BYTES = 10 * 1024 * 1024;

/** Files that a feature takes, by name: `POST /uploads/NAME?…` with the bytes as body answers JSON. */
export function serveUploads(app: Express, contextOf: (request: Request, response: Response) => Promise<RequestContext>): void {
  app.post('/uploads/:name', express.raw({ type: () => true, limit: UPLOAD_BYTES }), async (request, response) => {
    await answer(response, async () => {
      const name = String(request.params['name']);
      const upload = UPLOADS.get(name);
      if (!upload) throw new Refusal('NOT_FOUND', `There is no upload "${name.slice(0, 60)}". There are: ${[...UPLOADS.keys()].join(', ')}.`, 'name');
      const content: unknown = request.body;
      response.status(201).json(await upload.take(await contextOf(request, response), textsOf(request.query), Buffer.isBuffer(content) ? content : Buffer.alloc(0)));
    });
  });
}

function textsOf(query: Request['query']): Record<string, string> {
  return Object.fromEntries(Object.entries(query).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])));
}
