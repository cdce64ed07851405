import type { Client } from 'pg';

/** Tables whose rows belong to one incident, in an order in which they may be filled. */
export const TABLES = ['ticket', 'incident', 'ticket_span', 'suspension', 'handoff', 'work_log_entry', 'clock_fact', 'clock', 'clock_firing', 'escalation', 'alarm', 'timer'] as const;
/** Ids that are the clone's own; all others (customer, team, people, agreement) are the template's. */
const OWN_IDS = new Set(['id', 'ticket_id', 'subject_id', 'clock_id']);

export interface Clones {
  readonly templateId: string;
  /** Numbers of the clones, both included; a number is used once for each template. */
  readonly from: number;
  readonly to: number;
  /** By how many milliseconds all instants of clone `n` are moved: an SQL expression of `n`. */
  readonly shiftMs: string;
  /** Left out: all of them. */
  readonly tables?: readonly CloneTable[];
  /** What is not the template's: an SQL expression of `n` by `table.column`. */
  readonly instead?: Readonly<Record<string, string>>;
}

export type CloneTable = (typeof TABLES)[number];

/**
 * Copies an incident that the services made, with clocks, history and timer, so that the rows are those that the real code stores;
 * all instants are moved by the same span, which changes nothing in a calendar that is always open. Events are not copied.
 */
export async function cloneIncidents(client: Client, { templateId, from, to, shiftMs, tables = TABLES, instead = {} }: Clones): Promise<void> {
  for (const table of tables) {
    const { rows } = await client.query<{ name: string; type: string }>(
      'select column_name as name, data_type as type from information_schema.columns where table_schema = current_schema() and table_name = $1 order by ordinal_position', [table],
    );
    const values = rows.map(({ name, type }) => instead[`${table}.${name}`] ?? valueOf(name, type));
    const key = table === 'ticket' ? 'id' : 'ticket_id';
    await client.query(
      `insert into ${table} (${rows.map(({ name }) => `"${name}"`).join(', ')})
       select ${values.join(', ')} from ${table} o cross join ${shifts(shiftMs)} where o.${key} = $1`, [templateId, from, to],
    );
  }
}

/** The id that clone `n` of a template has, as SQL. */
export function cloneId(templateId: string, n: string): string {
  return `md5('${templateId}' || ${n})::uuid`;
}

/** The numbers from `$2` to `$3` as `n`, and by what each moves in time, worked out once for all its rows. */
export function shifts(shiftMs: string): string {
  return `(select n, (${shiftMs}) * interval '1 millisecond' as shift from generate_series($2::int, $3::int) n) g`;
}

function valueOf(name: string, type: string): string {
  if (type === 'uuid' && OWN_IDS.has(name)) return `md5(o."${name}"::text || n)::uuid`;
  if (type.startsWith('timestamp')) return `o."${name}" + shift`;
  if (name === 'number') return `o.number || '-' || n`;
  return `o."${name}"`;
}
