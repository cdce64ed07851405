import { Client } from 'pg';
import { Failure } from '../../platform/failure.ts';
import { CONNECTIONS_PER_SERVER } from '../server.ts';

/** Migrating, seeding and asking this, before and while the servers run. */
const CONNECTIONS_OF_FIRST = 3;

/** The most connections that so many server processes may hold at once. */
export function connectionsOf(processes: number): number {
  return processes * CONNECTIONS_PER_SERVER + CONNECTIONS_OF_FIRST;
}

/**
 * Refuses more processes than PostgreSQL has connections for: each would start, and some would fail at the first busy
 * hour. What others use of the same server is not counted; it comes and goes.
 */
export async function requireConnections(databaseUrl: string, processes: number): Promise<void> {
  const { allowed, because } = await limitOf(databaseUrl);
  const needed = connectionsOf(processes);
  if (needed <= allowed) return;
  const most = Math.floor((allowed - CONNECTIONS_OF_FIRST) / CONNECTIONS_PER_SERVER);
  const fewer = most >= 1 ? `Ask for at most --processes ${most}, or` : 'No process fits:';
  throw new Failure(
    'SETTING_INVALID',
    `--processes ${processes} may need ${needed} connections to PostgreSQL (${CONNECTIONS_PER_SERVER} each and ${CONNECTIONS_OF_FIRST}); it allows ${allowed} by ${because}. `
      + `${fewer} raise that to make room for ${needed}.`,
  );
}

interface Limit {
  readonly allowed: number;
  readonly because: string;
}

async function limitOf(databaseUrl: string): Promise<Limit> {
  const client = new Client({ connectionString: databaseUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ most: number; reserved: number; role: number; database: number }>(
      `select current_setting('max_connections')::int as most,
        current_setting('superuser_reserved_connections')::int + coalesce(current_setting('reserved_connections', true), '0')::int as reserved,
        (select rolconnlimit from pg_roles where rolname = current_user) as role,
        (select datconnlimit from pg_database where datname = current_database()) as database`,
    );
    const { most, reserved, role, database } = rows[0]!;
    const limits: Limit[] = [{ allowed: most - reserved, because: `max_connections = ${most} (${reserved} of them reserved)` }];
    if (role >= 0) limits.push({ allowed: role, because: `the CONNECTION LIMIT ${role} of its user` });
    if (database >= 0) limits.push({ allowed: database, because: `the CONNECTION LIMIT ${database} of the database` });
    return limits.reduce((least, limit) => (limit.allowed < least.allowed ? limit : least));
  } finally {
    await client.end();
  }
}
