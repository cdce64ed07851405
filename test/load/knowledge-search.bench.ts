import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { ENTITIES } from '../../server/src/app/entities.ts';
import { importArticles } from '../../server/src/features/knowledge/knowledge-import.service.ts';
import { searchArticles } from '../../server/src/features/knowledge/knowledge-search.service.ts';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import { Database } from '../../server/src/platform/db/database.ts';
import { migrate } from '../../server/src/platform/db/migrate.ts';
import { createOrm } from '../../server/src/platform/db/orm.ts';
import { DEMO_ARTICLES } from '../../server/src/seed/demo-articles.ts';
import { seedPolicy } from '../../server/src/seed/policy.ts';
import { JUDGED, type Judged } from './knowledge-judged.ts';

/**
 * KNW-06: how much of what answers a query each way of searching finds, and how quickly, in one run over the same articles and queries.
 * `TEST_DATABASE_URL=postgres://… node --import tsx test/load/knowledge-search.bench.ts [COPIES]`; with COPIES the articles are padded with
 * so many variations of themselves for the times (they are not judged).
 */

const serverUrl = process.env['TEST_DATABASE_URL'];
if (!serverUrl) throw new Error('Give TEST_DATABASE_URL, a PostgreSQL server on which a database may be made.');
const copies = Number(process.argv[2] ?? 0);
const ROUNDS = copies > 0 ? 3 : 15;
const DEPTH = 10;
const system = SYSTEM('bench');

interface Way {
  readonly name: string;
  search(query: string): Promise<readonly string[]>;
}

async function run(url: string): Promise<void> {
  await migrate(url);
  const orm = await createOrm(url, ENTITIES, 4);
  const database = new Database(orm);
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const keys = await fill(database);
    const trigram = await prepare(client);
    const ways = [watchfloor(database, keys), like(client, keys), likeWords(client, keys), ...(trigram ? [trigrams(client, keys)] : [])];
    if (copies > 0) await pad(database, client);
    await report(ways, keys.size);
  } finally {
    await client.end();
    await orm.close(true);
  }
}

/** Loads the demo's articles; answers which id is which article. */
async function fill(database: Database): Promise<Map<string, string>> {
  await seedPolicy(database);
  const ids = await importArticles(database, system, DEMO_ARTICLES.map(({ key: _, short, ...article }) => reviewed({ ...article, shortDescription: short })));
  return new Map(ids.map((id, index) => [id, DEMO_ARTICLES[index]?.key ?? '']));
}

function reviewed<Article extends object>(article: Article) {
  const author = { id: 'author', name: 'Author' };
  return { ...article, source: 'own-experience' as const, worth: ['general' as const], author, reviewer: { id: 'reviewer', name: 'Reviewer' }, publishedAt: Date.parse('2026-01-01T00:00:00Z'), openToCustomers: false };
}

/** Other articles made of the same words, in other combinations, so that the index is as long as that of a large provider. */
async function pad(database: Database, client: Client): Promise<void> {
  const part = (at: number, of: 'symptom' | 'cause' | 'solution' | 'prevention') => DEMO_ARTICLES[at % DEMO_ARTICLES.length]?.[of] ?? '';
  for (let copy = 1; copy <= copies; copy += 1) {
    await importArticles(database, system, DEMO_ARTICLES.map(({ key, short, ...article }, index) => reviewed({
      ...article, shortDescription: `${short} ${copy}-${index}`.slice(0, 120), symptom: part(index + copy * 7, 'symptom'), cause: part(index + copy * 13, 'cause'), solution: part(index + copy * 29, 'solution'), prevention: `${part(index + copy * 31, 'prevention')} ${key}`,
    })));
  }
  await client.query('analyze');
}

const watchfloor = (database: Database, keys: ReadonlyMap<string, string>): Way => ({
  name: 'Watchfloor',
  search: async (query) => (await searchArticles(database.em, system, { text: query, first: DEPTH })).hits.map(({ id }) => keys.get(id) ?? id),
});

/** What all others read: one column with the whole text; the title first. */
const TEXT = `a.title || ' ' || a.symptom || ' ' || a.cause || ' ' || a.solution || ' ' || a.prevention`;

const like = (client: Client, keys: ReadonlyMap<string, string>): Way => ({
  name: 'LIKE, the whole query',
  search: (query) => ask(client, keys, `select id from knowledge_article a where ${TEXT} ilike $1 order by (title ilike $1) desc, number limit ${DEPTH}`, [`%${query}%`]),
});

const likeWords = (client: Client, keys: ReadonlyMap<string, string>): Way => ({
  name: 'LIKE, every word',
  search: (query) => ask(client, keys, `select id from knowledge_article a where ${TEXT} ilike all ($1::text[]) order by (title ilike any ($1::text[])) desc, number limit ${DEPTH}`, [query.split(/\s+/).map((word) => `%${word}%`)]),
});

const trigrams = (client: Client, keys: ReadonlyMap<string, string>): Way => ({
  name: 'pg_trgm, word_similarity',
  search: (query) => ask(client, keys, `select id from knowledge_article a where $1 <% (${TEXT}) order by word_similarity($1, ${TEXT}) desc, number limit ${DEPTH}`, [query]),
});

async function ask(client: Client, keys: ReadonlyMap<string, string>, sql: string, values: readonly unknown[]): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(sql, [...values]);
  return rows.map(({ id }) => keys.get(id) ?? id);
}

/** Trigrams with their index, at the threshold that serves them best here; false where the server does not have them. */
async function prepare(client: Client): Promise<boolean> {
  const { rows } = await client.query(`select 1 from pg_available_extensions where name = 'pg_trgm'`);
  if (rows.length === 0) return false;
  await client.query('create extension pg_trgm');
  await client.query(`create index bench_trigrams on knowledge_article using gin ((title || ' ' || symptom || ' ' || cause || ' ' || solution || ' ' || prevention) gin_trgm_ops)`);
  await client.query(`set pg_trgm.word_similarity_threshold = ${process.env['TRIGRAM_THRESHOLD'] ?? '0.15'}`);
  await client.query('analyze');
  return true;
}

interface Judgement {
  readonly recall: number;
  readonly first: number;
  readonly precision: number;
  readonly reciprocal: number;
}

function judge({ relevant }: Judged, found: readonly string[]): Judgement {
  const right = found.filter((key) => relevant.includes(key));
  const place = found.findIndex((key) => relevant.includes(key));
  return {
    recall: right.length / relevant.length, first: place === 0 ? 1 : 0, reciprocal: place < 0 ? 0 : 1 / (place + 1),
    // Of as many answers as there are right ones (R-precision): an answer with one right article cannot fill ten places.
    precision: found.slice(0, relevant.length).filter((key) => relevant.includes(key)).length / relevant.length,
  };
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
const percent = (values: readonly number[]): string => `${(100 * mean(values)).toFixed(1)}`;
const quantile = (values: readonly number[], share: number): number => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;

async function report(ways: readonly Way[], articles: number): Promise<void> {
  const times = new Map(ways.map((way) => [way.name, new Array<number>()]));
  const judged = new Map(ways.map((way) => [way.name, new Array<Judgement & { kind: string; query: string; found: readonly string[] }>()]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const one of JUDGED) {
      for (const way of ways) {
        const begun = performance.now();
        const found = await way.search(one.query);
        times.get(way.name)?.push(performance.now() - begun);
        if (round === 0) judged.get(way.name)?.push({ ...judge(one, found), kind: one.kind, query: one.query, found });
      }
    }
  }
  console.log(`${articles} articles judged${copies > 0 ? `, ${articles * (copies + 1)} in the table` : ''}, ${JUDGED.length} queries, ${ROUNDS} interleaved rounds\n`);
  console.log(`| way | recall@10 % | R-precision % | first is right % | mean reciprocal rank | ms p50 | ms p95 |\n|---|---:|---:|---:|---:|---:|---:|`);
  for (const { name: way } of ways) {
    const all = judged.get(way) ?? [];
    const spent = times.get(way) ?? [];
    console.log(`| ${way} | ${percent(all.map(({ recall }) => recall))} | ${percent(all.map(({ precision }) => precision))} | ${percent(all.map(({ first }) => first))} | ${mean(all.map(({ reciprocal }) => reciprocal)).toFixed(3)} | ${quantile(spent, 0.5).toFixed(1)} | ${quantile(spent, 0.95).toFixed(1)} |`);
  }
  const kinds = [...new Set(JUDGED.map(({ kind }) => kind))];
  console.log(`\n| recall@10 % | ${kinds.join(' | ')} |\n|---|${kinds.map(() => '---:').join('|')}|`);
  for (const { name: way } of ways) console.log(`| ${way} | ${kinds.map((kind) => percent((judged.get(way) ?? []).filter((one) => one.kind === kind).map(({ recall }) => recall))).join(' | ')} |`);
  if (process.env['MISSES']) for (const one of judged.get('Watchfloor') ?? []) if (one.recall < 1 || one.first < 1) console.log(`${one.kind} "${one.query}" recall ${one.recall} → ${one.found.slice(0, 4).join(', ')}`);
}

async function onServer(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

function urlOf(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}

const name = `watchfloor_bench_${randomBytes(5).toString('hex')}`;
await onServer(serverUrl, `create database ${name} template template0 encoding 'UTF8' locale 'C.UTF-8'`);
try {
  await run(urlOf(serverUrl, name));
} finally {
  await onServer(serverUrl, `drop database ${name} with (force)`);
}
