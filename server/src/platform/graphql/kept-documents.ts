import type { DocumentNode, GraphQLError, GraphQLSchema } from 'graphql';
import { readDocument } from './limits.ts';

const MOST = 1000;

type Read = { readonly document: DocumentNode } | { readonly errors: readonly GraphQLError[] };

/** Documents that were parsed and validated already: the least recently used is forgotten first. */
export class KeptDocuments {
  private readonly schema: GraphQLSchema;
  private readonly kept = new Map<string, Read>();

  constructor(schema: GraphQLSchema) {
    this.schema = schema;
  }

  read(text: string): Read {
    const known = this.kept.get(text);
    const read = known ?? readDocument(this.schema, text);
    if ('errors' in read) return read;
    this.kept.delete(text);
    this.kept.set(text, read);
    if (this.kept.size > MOST) this.kept.delete(this.kept.keys().next().value!);
    return read;
  }
}
