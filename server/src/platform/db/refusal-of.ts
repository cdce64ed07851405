import { DriverException } from '@mikro-orm/core';
import { Refusal } from '../../kernel/refusal.ts';

/**
 * What PostgreSQL refused because of what was asked, as our own refusal: an id that is no UUID, a record that is not
 * there, a value that somebody else took a moment before. Null for everything that is our fault (API-02).
 */
export function refusalOfDatabase(error: unknown): Refusal | null {
  if (!(error instanceof DriverException)) return null;
  const facts: { readonly code?: unknown; readonly detail?: unknown } = error;
  const [, column = '', value = ''] = /Key \(([\w, ]+)\)=\((.*)\)/.exec(String(facts.detail ?? '')) ?? [];
  const field = column === '' ? null : camel(column.split(', ').at(-1) ?? column);
  switch (facts.code) {
    case '22P02': // invalid_text_representation
      if (!error.message.includes('type uuid')) return null;
      return new Refusal('INVALID_INPUT', `An id must be a UUID such as 01890a5d-ac96-774b-bcce-b302099a8057: ${error.message.split('\n')[0]?.replace(/^.*: /, '')}.`);
    case '23503': // foreign_key_violation
      // The other half of this code, deleting what is still in use, is a mistake of ours.
      if (!String(facts.detail).includes('is not present')) return null;
      return new Refusal('NOT_FOUND', `There is no record "${value}" for "${field}".`, field);
    case '23505': // unique_violation
      return new Refusal('NOT_UNIQUE', `There is already one with ${field} "${value}".`, field);
    case '22001': // string_data_right_truncation
    case '22003': // numeric_value_out_of_range
      return new Refusal('OUT_OF_RANGE', 'A value is too large to be kept.');
    default:
      return null;
  }
}

function camel(column: string): string {
  return column.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
