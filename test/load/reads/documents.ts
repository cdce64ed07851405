import { trustedDocuments } from '../../../server/src/platform/graphql/trusted-documents.ts';

/** A trusted document by the name of its operation. */
export function documentOf(name: string): { readonly text: string; readonly byHash: object } {
  const [hash, text] = [...trustedDocuments()].find(([, candidate]) => candidate.startsWith(`query ${name}(`)) ?? [];
  if (hash === undefined || text === undefined) throw new Error(`There is no trusted document ${name}.`);
  return { text, byHash: { extensions: { persistedQuery: { version: 1, sha256Hash: hash } } } };
}
