import { readFileSync } from 'node:fs';
import { z } from 'zod';

const FILE = new URL('../../../../schema/operations.json', import.meta.url);
const Operations = z.record(z.string().regex(/^[0-9a-f]{64}$/), z.string());

let read: ReadonlyMap<string, string> | null = null;

/** The documents that schema/operations.json names, by the SHA-256 of their text. */
export function trustedDocuments(): ReadonlyMap<string, string> {
  read ??= new Map(Object.entries(Operations.parse(JSON.parse(readFileSync(FILE, 'utf8')))));
  return read;
}

const Reference = z.object({
  documentId: z.string().optional(),
  extensions: z.object({ persistedQuery: z.object({ version: z.literal(1), sha256Hash: z.string() }) }).optional(),
});

/** The hash by which a request names its document, in either spelling; null where it brings the text or none. */
export function documentHash(body: object): string | null {
  if (!('documentId' in body) && !('extensions' in body)) return null;
  const { data } = Reference.safeParse(body);
  const hash = data?.documentId ?? data?.extensions?.persistedQuery.sha256Hash;
  return hash === undefined ? null : hash.replace(/^sha256:/, '');
}
