import { Client, DatabaseError } from 'pg';
import { Failure } from '../failure.ts';

const OLDEST = 15;
const PATIENCE_MS = 10_000;

/**
 * Makes sure that the database answers and may be used, before anything else relies on it.
 * Throws a `Failure` DATABASE_UNREACHABLE or DATABASE_REFUSED, whose sentence names server and database, never the password.
 */
export async function reachDatabase(databaseUrl: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: PATIENCE_MS });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ version: string; allowed: boolean }>(
      `select current_setting('server_version_num') as version,
        has_schema_privilege(current_schema(), 'create') as allowed`,
    );
    const major = Math.floor(Number(rows[0]?.version) / 10_000);
    if (major < OLDEST) throw refused(databaseUrl, `it is PostgreSQL ${major}, needed is ${OLDEST} or newer`);
    if (!rows[0]?.allowed) throw refused(databaseUrl, 'its user may not make tables there');
  } catch (error) {
    throw failureOf(error, databaseUrl);
  } finally {
    await client.end().catch(() => undefined);
  }
}

function failureOf(error: unknown, databaseUrl: string): unknown {
  if (error instanceof Failure) return error;
  if (error instanceof DatabaseError) return refused(databaseUrl, error.message);
  const reason = error instanceof AggregateError ? codeOf(error.errors[0]) : codeOf(error);
  return new Failure(
    'DATABASE_UNREACHABLE',
    `No PostgreSQL answers at ${placeOf(databaseUrl)} (${reason}). Start it, or correct DATABASE_URL.`,
    { cause: error },
  );
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused', ENOTFOUND: 'unknown host', EAI_AGAIN: 'unknown host', ETIMEDOUT: 'no answer',
  EHOSTUNREACH: 'no way to that host', ECONNRESET: 'connection closed',
};

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return REASONS[code] ?? (error.message || code);
}

function refused(databaseUrl: string, reason: string): Failure {
  const database = decodeURIComponent(new URL(databaseUrl).pathname.slice(1));
  return new Failure('DATABASE_REFUSED', `PostgreSQL at ${placeOf(databaseUrl)} refuses database "${database}": ${reason}. Correct DATABASE_URL.`);
}

function placeOf(databaseUrl: string): string {
  const { hostname, port } = new URL(databaseUrl);
  return `${hostname}:${port || '5432'}`;
}
