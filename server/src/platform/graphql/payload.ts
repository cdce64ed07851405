import { Refusal } from '../../kernel/refusal.ts';
import { refusalOfDatabase } from '../db/refusal-of.ts';
import type { UserError } from './payload.types.ts';

/** Runs a command and answers `{ [name]: result, userErrors: [] }`; a refusal becomes a user error, the rest rises. */
export async function payload<K extends string, T>(
  name: K,
  command: () => Promise<T>,
): Promise<{ [P in K]: T | null } & { userErrors: UserError[] }> {
  try {
    return { [name]: await command(), userErrors: [] } as unknown as { [P in K]: T | null } & { userErrors: UserError[] };
  } catch (thrown) {
    const error = refusalOfDatabase(thrown) ?? thrown;
    if (!(error instanceof Refusal) || error.code === 'UNAUTHENTICATED' || error.code === 'FORBIDDEN') throw error;
    const { code, message, field, detail } = error;
    return { [name]: null, userErrors: [{ code, message, field, detail }] } as unknown as { [P in K]: T | null } & { userErrors: UserError[] };
  }
}
