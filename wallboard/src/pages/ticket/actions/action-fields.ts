import { labelOf, teamName, type Term } from '../../../app/desk-words.tsx';
import type { ActionContext, ActionField, Options } from './action-form-types.ts';

/** Inputs that several forms share. */

export const reason: ActionField = { name: 'reason', label: 'field.reason', kind: 'long', required: true };
export const optionalReason: ActionField = { ...reason, required: false };

export function terms(list: (context: ActionContext) => readonly Term[]): (context: ActionContext) => Options {
  return (context) => list(context).map(({ key }) => [key, labelOf(list(context), key, context.locale)]);
}

export const teams = ({ choices, locale }: ActionContext): Options => (choices?.teams ?? []).map((team) => [team.id, teamName(team, locale)]);
export const people = ({ choices }: ActionContext): Options => (choices?.people ?? []).map(({ id, name }) => [id, name]);
export const levels = ({ vocabulary, locale }: ActionContext): Options =>
  (['LV1', 'LV2', 'LV3', 'LV4'] as const).map((level) => [level, `${level} ${labelOf(vocabulary.levels, level, locale)}`]);
export const channels = terms(({ vocabulary }) => vocabulary.channels);
export const causeClasses = terms(({ vocabulary }) => vocabulary.causeClasses);

export function levelOf(text: string): 'LV1' | 'LV2' | 'LV3' | 'LV4' {
  return (['LV1', 'LV2', 'LV3', 'LV4'] as const).find((level) => level === text) ?? 'LV4';
}
