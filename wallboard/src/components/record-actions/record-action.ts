import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import type { UserErrorFieldsFragment } from '../../graphql/generated/desk/graphql.ts';

export type UserError = UserErrorFieldsFragment;
export type Options = readonly (readonly [key: string, label: string])[];

/** A work record as its page shows it: what one may do with it now is the server's word (API-03). */
export interface ActionableRecord {
  readonly id: string;
  readonly version: number;
  readonly availableActions: readonly {
    readonly action: string;
    readonly allowed: boolean;
    readonly lacks: readonly { readonly code: string; readonly message: string; readonly field: string | null }[];
  }[];
}

/** What somebody can do something about, before what the state or the person's role does not allow anyhow. */
export function mendableFirst<Lacking extends { readonly lacks: readonly { readonly code: string }[] }>(lacking: readonly Lacking[]): readonly Lacking[] {
  const isFixed = ({ lacks }: Lacking): boolean => lacks.some(({ code }) => code === 'MOVE_NOT_ALLOWED' || code === 'FORBIDDEN');
  return lacking.toSorted((a, b) => Number(isFixed(a)) - Number(isFixed(b)));
}

/** One input of a form. `name` is the field of the mutation's input, so that a refusal finds its place. */
export interface RecordField {
  readonly name: string;
  readonly label: string;
  readonly kind: 'text' | 'long' | 'choice' | 'choices' | 'instant' | 'flag' | 'number' | 'ci';
  readonly required?: boolean;
  readonly options?: Options;
  /** What stands in it at first; an instant as ISO text. */
  readonly value?: string;
  readonly hint?: string;
  /** A long text whose @name tells that person (WBD-13). */
  readonly mentions?: boolean;
}

/** What every command carries: which record, the version it was decided on, and its key. */
export interface CommandBase {
  readonly id: string;
  readonly expectedVersion: number;
  readonly idempotencyKey: string;
}

export interface FormValues {
  readonly text: (name: string) => string;
  /** Undefined when left empty, so that the server decides what that means. */
  readonly maybe: (name: string) => string | undefined;
  readonly all: (name: string) => readonly string[];
  readonly flag: (name: string) => boolean;
  readonly number: (name: string) => number | undefined;
  readonly instant: (name: string) => string | undefined;
}

/** Sends a mutation and answers what the server refuses; nothing when it was done. */
export type Send = <Data, Input>(
  mutation: TypedDocumentNode<Data, { input: Input }>, input: Input, errorsOf: (data: Data) => readonly UserError[],
) => Promise<readonly UserError[]>;

/** An action of a page: offered when the server lists `name` as allowed, with its form. */
export interface RecordAction {
  /** As the server names it. */
  readonly name: string;
  readonly label: string;
  readonly fields: readonly RecordField[];
  /** Right to have, seldom needed: offered behind "more". */
  readonly seldom?: boolean;
  readonly run: (send: Send, base: CommandBase, values: FormValues) => Promise<readonly UserError[]>;
}
