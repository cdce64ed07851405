import type { Instant } from '../../kernel/instant.ts';
import { ms } from '../../platform/db/ms.ts';
import type { Em } from '../../platform/db/orm.ts';
import type { Propagation } from './cmdb-class.rules.ts';
import { CiGraph, type GraphRedundancy } from './cmdb-graph.rules.ts';

/** What a process keeps of the relations of one database, and up to which revision of them it goes. */
interface Kept {
  readonly graph: CiGraph;
  readonly epoch: number;
  revision: number;
}

/** One graph per connection pool, shared by all its entity managers; made anew when the pool goes. */
const KEPT = new WeakMap<object, Kept>();
const LOADING = new WeakMap<object, Promise<Kept>>();

interface Head {
  readonly revision: number;
  readonly epoch: number;
  /** The change that counted last is this very transaction's own: others must not see it yet, it may be rolled back. */
  readonly own: boolean;
}

/**
 * The graph of all relations as this transaction sees it. It is kept per process and brought up to date by what was added or ended since
 * (one indexed statement), found by a revision that is counted up under a row lock, so that none is ever left out.
 */
export async function graphFor(em: Em): Promise<CiGraph> {
  const pool = em.getDriver();
  const head = await headOf(em);
  if (head.own) return (await load(em)).graph;
  for (;;) {
    const kept = KEPT.get(pool);
    if (!kept || kept.epoch !== head.epoch) {
      const loading = LOADING.get(pool) ?? load(em).finally(() => LOADING.delete(pool));
      LOADING.set(pool, loading);
      const loaded = await loading;
      if ((KEPT.get(pool)?.revision ?? -1) < loaded.revision || KEPT.get(pool)?.epoch !== loaded.epoch) KEPT.set(pool, loaded);
      if (loaded.epoch >= head.epoch) return (await caughtUp(em, loaded, head.revision)) ?? loaded.graph;
      continue;
    }
    const graph = await caughtUp(em, kept, head.revision);
    if (graph) return graph;
  }
}

/** Applies what has happened since; null when somebody else has applied it meanwhile and one must look again. */
async function caughtUp(em: Em, kept: Kept, wanted: number): Promise<CiGraph | null> {
  const since = kept.revision;
  if (since >= wanted) return kept.graph;
  const { rows, redundancies, revision } = await readRelations(em, since);
  if (kept.revision !== since) return null;
  for (const row of rows) {
    if (row.addedRevision > since) kept.graph.add(row);
    else if (row.validTo !== null) kept.graph.end(row, row.validTo);
  }
  kept.graph.redundancies = redundancies;
  kept.revision = revision;
  return kept.graph;
}

async function headOf(em: Em): Promise<Head> {
  const rows = await em.execute<Head[]>(
    `select revision::float8 as revision, epoch::float8 as epoch, coalesce(changed_by = pg_current_xact_id_if_assigned()::text, false) as own from ci_graph where id = 1`,
  );
  return rows[0] ?? { revision: 0, epoch: 0, own: false };
}

async function load(em: Em): Promise<Kept> {
  const { rows, redundancies, revision, epoch } = await readRelations(em, -1);
  const graph = new CiGraph();
  for (const row of rows) graph.add(row);
  graph.redundancies = redundancies;
  return { graph, revision, epoch };
}

interface RelationRow {
  readonly sourceId: string;
  readonly targetId: string;
  readonly type: string;
  readonly propagation: Propagation;
  readonly validFrom: Instant;
  readonly validTo: Instant | null;
  readonly addedRevision: number;
}

interface Read {
  readonly revision: number;
  readonly epoch: number;
  readonly rows: readonly RelationRow[];
  readonly redundancies: readonly GraphRedundancy[];
}

/** Everything after a revision, in one statement: one snapshot of the database, so that revision and rows belong together. */
async function readRelations(em: Em, after: number): Promise<Read> {
  const [read] = await em.execute<{ revision: number; epoch: number; relations: string | null; redundancies: GraphRedundancy[] | null }[]>(
    `select g.revision::float8 as revision, g.epoch::float8 as epoch,
       (select string_agg(concat_ws(' ', r.source_id, r.target_id, r.type, r.propagation, ${ms('r.valid_from')}, coalesce(${ms('r.valid_to')}::text, '-'), r.added_revision), E'\\n')
        from ci_relation_version r where r.added_revision > ? or r.ended_revision > ?) as relations,
       (select jsonb_agg(jsonb_build_object('ciId', d.ci_id, 'type', d.type, 'required', d.required, 'validFrom', ${ms('d.valid_from')}, 'validTo', ${ms('d.valid_to')}))
        from ci_redundancy d) as redundancies
     from ci_graph g where g.id = 1`,
    [after, after],
  );
  if (!read) return { revision: 0, epoch: 0, rows: [], redundancies: [] };
  return { ...read, redundancies: read.redundancies ?? [], rows: (read.relations ?? '').split('\n').filter(Boolean).map(relationOf) };
}

/** One text instead of an object a row: 300,000 relations come in a third of the time. */
function relationOf(line: string): RelationRow {
  const [sourceId = '', targetId = '', type = '', propagation = '', validFrom = '', validTo = '', addedRevision = ''] = line.split(' ');
  return { sourceId, targetId, type, propagation: propagationOf(propagation), validFrom: Number(validFrom), validTo: validTo === '-' ? null : Number(validTo), addedRevision: Number(addedRevision) };
}

function propagationOf(word: string): Propagation {
  return word === 'target-to-source' || word === 'source-to-target' || word === 'both' ? word : 'none';
}
