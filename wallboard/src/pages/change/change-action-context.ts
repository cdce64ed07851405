import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import type { FormValues, Options, RecordAction, RecordField, Send, UserError } from '../../components/record-actions/record-action.ts';
import type { ChangeAnswerFragment, ChangeChoicesQuery, ChangeFieldsFragment } from '../../graphql/generated/desk/graphql.ts';
import type { ChangeMessageKey } from '../../lib/messages/change/zh-CN.ts';
import type { Locale, Translate } from '../../lib/messages/translator.ts';

export interface ActionContext {
  readonly t: Translate<ChangeMessageKey>;
  readonly locale: Locale;
  readonly change: ChangeFieldsFragment;
  readonly choices: ChangeChoicesQuery | undefined;
  /** The id of a record that somebody names by its number; null when there is none that they may see. */
  readonly idOf: (number: string) => Promise<string | null>;
  /** The version of a CI as it is now. */
  readonly ciVersion: (id: string) => Promise<number>;
}

export const people = ({ choices }: ActionContext): Options => (choices?.people ?? []).map(({ id, name }) => [id, name]);
export const ownCis = ({ change }: ActionContext): Options => change.cis.map(({ id, name }) => [id, name]);
export const termOptions = (list: readonly { readonly key: string; readonly zh: string; readonly en: string }[] | undefined, locale: Locale): Options =>
  (list ?? []).map(({ key, zh, en }) => [key, locale === 'zh-CN' ? zh : en]);

export const reasonField = ({ t }: ActionContext): RecordField => ({ name: 'reason', label: t('field.reason'), kind: 'long', required: true });
export const remarkField = ({ t }: ActionContext): RecordField => ({ name: 'remark', label: t('field.remark'), kind: 'long', required: true });

type Answered<Name extends string> = { readonly [Key in Name]: ChangeAnswerFragment };

/** Sends one of the commands on a change; every one of them answers the same way. */
export function tell<Name extends string, Data extends Answered<Name>, Input>(send: Send, name: Name, mutation: TypedDocumentNode<Data, { input: Input }>, input: Input): Promise<readonly UserError[]> {
  return send(mutation, input, (data) => data[name].userErrors);
}

/** An action whose label is that of its name. */
export function action(name: RecordAction['name'], label: string, fields: readonly RecordField[], run: RecordAction['run'], seldom = false): RecordAction {
  return { name, label, fields, run, seldom };
}

export type { FormValues, RecordAction };
