import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import type { Vocabulary } from '../../../app/desk-words.tsx';
import type { TicketChoicesQuery, TicketFieldsFragment, UserErrorFieldsFragment } from '../../../graphql/generated/desk/graphql.ts';
import type { DeskMessageKey } from '../../../lib/messages/desk/zh-CN.ts';
import type { Locale } from '../../../lib/messages/translator.ts';

export type Ticket = TicketFieldsFragment;
export type UserError = UserErrorFieldsFragment;

/** What a form's choices are drawn from. */
export interface ActionContext {
  readonly ticket: Ticket;
  readonly vocabulary: Vocabulary;
  readonly choices: TicketChoicesQuery | undefined;
  readonly locale: Locale;
  /** The id behind a number that somebody typed; the typed text when there is none, so that the server says so. */
  readonly idOfNumber: (number: string) => Promise<string>;
}

export type Options = readonly (readonly [key: string, label: string])[];

/** One input of a form. `name` is the field of the mutation's input, so that a refusal finds its place. */
export interface ActionField {
  readonly name: string;
  readonly label: DeskMessageKey;
  readonly kind: 'text' | 'long' | 'choice' | 'instant' | 'flag' | 'number' | 'ci';
  readonly required?: boolean;
  /** A long text whose @name tells that person (WBD-13). */
  readonly mentions?: boolean;
  readonly options?: (context: ActionContext) => Options;
}

/** What every command carries: which record, the version it was decided on, its key, and when it really happened (INC-19). */
export interface CommandBase {
  readonly id: string;
  readonly expectedVersion: number;
  readonly idempotencyKey: string;
  readonly occurredAt: string | undefined;
  readonly lateReason: string | undefined;
}

export interface FormValues {
  readonly text: (name: string) => string;
  /** Undefined when left empty, so that the server decides what that means. */
  readonly maybe: (name: string) => string | undefined;
  readonly flag: (name: string) => boolean;
  readonly number: (name: string) => number | undefined;
  readonly instant: (name: string) => string | undefined;
}

/** Sends a mutation and answers what the server refuses; nothing when it was done. */
export type Send = <Data, Input>(
  mutation: TypedDocumentNode<Data, { input: Input }>, input: Input, errorsOf: (data: Data) => readonly UserError[],
) => Promise<readonly UserError[]>;

export interface TicketAction {
  readonly fields: readonly ActionField[];
  readonly send: (send: Send, base: CommandBase, values: FormValues, context: ActionContext) => Promise<readonly UserError[]>;
}
