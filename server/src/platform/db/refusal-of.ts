import { DriverException } from '@mikro-orm/core';
import { Refusal } from '../../kernel/refusal.ts';
import { log } from '../log/log.ts';

/**
 * What PostgreSQL refused because of what was asked, as our own refusal: an id that is no UUID, a record that is not
 * there, a value that somebody else took a moment before. Null for everything that is our fault (API-02).
 */
export function refusalOfDatabase(error: unknown): Refusal | null {
  const busy = busyBecause(error);
  if (busy !== null) {
    log.warn({ reason: busy }, 'work was given up: the database is busy');
    return new Refusal('BUSY', `${busy} Nothing was changed: try again in a few seconds.`);
  }
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

/** PostgreSQL's codes of work that it gave up, all of it, before it was committed. */
const GIVEN_UP: Readonly<Record<string, string>> = {
  '40P01': 'Two commands waited for each other.', // deadlock_detected
  '40001': 'Somebody else changed the same records at the same time.', // serialization_failure
  '55P03': 'Somebody else holds the record for longer than is waited for.', // lock_not_available
  '57014': 'The question took longer than is waited for.', // query_canceled
  '53300': 'The database takes no more connections.', // too_many_connections
};
/** What pg's pool says when nobody gave a connection back in time. */
const POOL_EXHAUSTED = 'timeout exceeded when trying to connect';

function busyBecause(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if (error.message.includes(POOL_EXHAUSTED)) return 'All connections to the database are in use.';
  return 'code' in error && typeof error.code === 'string' ? (GIVEN_UP[error.code] ?? null) : null;
}

function camel(column: string): string {
  return column.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
