import type { GraphQLSchema } from 'graphql';
import type { JsonPlan, JsonPlanner } from './json-document.ts';
import { readDocument } from './limits.ts';
import { trustedDocuments } from './trusted-documents.ts';

const MOST = 1000;

/** Plans by the text of a document, made once: of the trusted documents, and of the 1,000 other ones that were asked last. */
export class PlannedDocuments {
  private readonly schema: GraphQLSchema;
  private readonly planner: JsonPlanner;
  private readonly trusted = new Map<string, JsonPlan | null>();
  private readonly others = new Map<string, JsonPlan | 'met once' | null>();

  constructor(schema: GraphQLSchema, planner: JsonPlanner) {
    this.schema = schema;
    this.planner = planner;
  }

  ofHash(hash: string): JsonPlan | null {
    const kept = this.trusted.get(hash);
    if (kept !== undefined) return kept;
    const text = trustedDocuments().get(hash);
    const made = text === undefined ? null : this.make(text);
    if (text !== undefined) this.trusted.set(hash, made);
    return made;
  }

  /**
   * Of a text that came with the request. The first time it is left to the resolvers, which validate it anyway: a costly document
   * that is never sent again is not validated twice.
   */
  ofText(text: string): JsonPlan | null {
    if (!this.planner.concerns(text)) return null;
    const kept = this.others.get(text);
    const plan = kept === undefined ? 'met once' : kept === 'met once' ? this.make(text) : kept;
    this.others.delete(text);
    this.others.set(text, plan);
    if (this.others.size > MOST) this.others.delete(this.others.keys().next().value ?? text);
    return plan === 'met once' ? null : plan;
  }

  private make(text: string): JsonPlan | null {
    const read = readDocument(this.schema, text);
    return 'errors' in read ? null : this.planner.planOf(read.document);
  }
}
