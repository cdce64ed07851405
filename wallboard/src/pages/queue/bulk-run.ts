/** One incident of a bulk command, with the version on which it was decided and the key under which it is asked for. */
export interface BulkItem {
  readonly id: string;
  readonly version: number;
}

export interface BulkFault {
  readonly item: BulkItem;
  readonly code: string;
  readonly message: string;
  /** The key under which it may have been done: the server did not answer. Null: it was refused, nothing was done. */
  readonly key: string | null;
}

export interface BulkAnswer {
  readonly results: readonly { readonly id: string; readonly error: { readonly code: string; readonly message: string } | null }[] | null;
  readonly userErrors: readonly { readonly code: string; readonly message: string }[];
}

/** The server takes so many at once. */
export const BULK_CHUNK = 100;
/** More is not selected at once. */
export const MOST_SELECTED = 500;

type Send = (items: readonly BulkItem[], key: string) => Promise<BulkAnswer>;

interface Run {
  readonly send: Send;
  readonly newKey: () => string;
  readonly onProgress?: (done: number) => void;
}

/** Asks for all in parts of a hundred, one after the other. What is refused or not answered is a fault of its own line; the rest goes on. */
export async function runBulk(items: readonly BulkItem[], run: Run): Promise<BulkFault[]> {
  return runChunks(chunked(items).map((chunk) => ({ items: chunk, key: run.newKey() })), run);
}

/**
 * Only what failed: what was refused with the newest version and a new key, because it is a new question; what was not
 * answered with the same of both, because it may have been done.
 */
export async function retryBulk(faults: readonly BulkFault[], newest: (item: BulkItem) => BulkItem, run: Run): Promise<BulkFault[]> {
  const refused = faults.filter(({ key }) => key === null).map(({ item }) => newest(item));
  const unanswered = Map.groupBy(faults.filter(({ key }) => key !== null), ({ key }) => key ?? '');
  return runChunks([
    ...chunked(refused).map((chunk) => ({ items: chunk, key: run.newKey() })),
    ...[...unanswered].map(([key, own]) => ({ items: own.map(({ item }) => item), key })),
  ], run);
}

async function runChunks(chunks: readonly { readonly items: readonly BulkItem[]; readonly key: string }[], { send, onProgress }: Run): Promise<BulkFault[]> {
  const faults: BulkFault[] = [];
  let done = 0;
  for (const { items, key } of chunks) {
    faults.push(...(await faultsOf(items, key, send)));
    done += items.length;
    onProgress?.(done);
  }
  return faults;
}

async function faultsOf(items: readonly BulkItem[], key: string, send: Send): Promise<BulkFault[]> {
  let answer: BulkAnswer;
  try {
    answer = await send(items, key);
  } catch (error) {
    return items.map((item) => ({ item, code: 'UNREACHED', message: error instanceof Error ? error.message : String(error), key }));
  }
  const [whole] = answer.userErrors;
  if (whole !== undefined) return items.map((item) => ({ item, ...whole, key: null }));
  const errors = new Map(answer.results?.map(({ id, error }) => [id, error]));
  return items.flatMap((item) => {
    const error = errors.get(item.id);
    return error == null ? [] : [{ item, code: error.code, message: error.message, key: null }];
  });
}

function chunked(items: readonly BulkItem[]): BulkItem[][] {
  return Array.from({ length: Math.ceil(items.length / BULK_CHUNK) }, (_, index) => items.slice(index * BULK_CHUNK, (index + 1) * BULK_CHUNK));
}
