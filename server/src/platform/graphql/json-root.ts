import type { FieldNode } from 'graphql';
import type { Actor } from '../../kernel/actor.ts';
import type { Sql } from '../db/prepared.ts';
import type { Asked, CompiledRow } from './json-compile.ts';

/** A field of Query that one statement may answer. */
export interface JsonRoot {
  readonly field: string;
  /** Null: not understood, or not this actor's; then the resolvers answer. A Refusal that it throws is thrown by them too. */
  plan(question: RootQuestion): RootAnswer | null;
}

export interface RootQuestion {
  readonly actor: Actor;
  /** Its arguments, coerced, with their defaults. */
  readonly given: object;
  readonly nodes: readonly FieldNode[];
  readonly asked: Asked;
  /** The SQL of what is asked of a row of that type, kept with the document where no variable decides about it. */
  row(type: string, nodes: readonly FieldNode[]): CompiledRow | null;
}

/** The tables that it names, and a select of one row with the columns `data` (text of the field's JSON) and `stale`. */
export interface RootAnswer {
  readonly tables: Sql;
  readonly select: Sql;
}

/** A root whose arguments are known: what the schema has coerced is of that type. */
export function jsonRoot<Given extends object>(field: string, plan: (question: Omit<RootQuestion, 'given'> & { readonly given: Given }) => RootAnswer | null): JsonRoot {
  return { field, plan: (question) => plan(question as RootQuestion & { readonly given: Given }) };
}
