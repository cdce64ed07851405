import type { Em } from '../../platform/db/orm.ts';

const PREFIX = { incident: 'INC' } as const;

/** D-31: prefix and sequence per kind; gaps allowed, never reused. */
export async function nextNumber(em: Em, kind: keyof typeof PREFIX): Promise<string> {
  const rows = await em.execute<{ n: string }[]>(`select nextval('ticket_number_${kind}') as n`);
  return `${PREFIX[kind]}-${rows[0]!.n.padStart(7, '0')}`;
}
