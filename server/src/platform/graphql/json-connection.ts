import { isObjectType, type FieldNode, type GraphQLObjectType } from 'graphql';
import { assert } from '../../kernel/assert.ts';
import type { Sql } from '../db/prepared.ts';
import { fieldsOf, objectOf, type Asked } from './json-compile.ts';
import type { RootQuestion } from './json-root.ts';

export interface ConnectionPage {
  /** Type of the connection and of what its edges lead to. */
  readonly type: string;
  readonly nodeType: string;
  /** Tables and joins of a node, behind `page`, a table of `id` and `place` that holds one row more than is shown. */
  readonly from: string;
  readonly first: number;
}

/** A select of `data` and `stale` for a page of nodes and whether there are more; null where more is asked, e.g. cursors. */
export function connectionSelect(question: RootQuestion, { type, nodeType, from, first }: ConnectionPage): Sql | null {
  const { asked } = question;
  const fields = fieldsOf(asked, objectType(asked, type), setsOf(question.nodes));
  let edges: Sql | null = null;
  const pairs: (Sql & { readonly key: string })[] = [];
  for (const [key, nodes] of fields ?? []) {
    const name = nodes[0]!.name.value;
    if (name === 'edges' && !edges) {
      edges = edgeRows(question, nodes, { type: `${nodeType}Edge`, nodeType, from, first });
      if (!edges) return null;
      pairs.push({ key, sql: 'list.edges', parameters: [] });
    } else if (name === 'pageInfo') {
      const info = pageInfo(asked, nodes, first);
      if (!info) return null;
      pairs.push({ key, ...info });
    } else return null;
  }
  if (!edges) return null;
  const data = objectOf(pairs);
  return { sql: `select ${data.sql} as data, list.stale from (${edges.sql}) list`, parameters: [...data.parameters, ...edges.parameters] };
}

function edgeRows(question: RootQuestion, nodes: readonly FieldNode[], { type, nodeType, from, first }: ConnectionPage): Sql | null {
  const fields = [...(fieldsOf(question.asked, objectType(question.asked, type), setsOf(nodes)) ?? [])];
  const [key, inner] = fields[0] ?? [];
  if (fields.length !== 1 || key === undefined || inner?.[0]?.name.value !== 'node') return null;
  const row = question.row(nodeType, inner);
  return row && {
    sql: `select coalesce('[' || string_agg(edge.one, ',') || ']', '[]') as edges, coalesce(bool_or(edge.stale), false) as stale from (select '{"${key}":' || ${row.sql} || '}' as one, ${row.stale} as stale
from page ${from} ${row.joins} where page.place <= ?::int order by page.place) edge`,
    parameters: [...row.parameters, first],
  };
}

function pageInfo(asked: Asked, nodes: readonly FieldNode[], first: number): Sql | null {
  const fields = [...(fieldsOf(asked, objectType(asked, 'PageInfo'), setsOf(nodes)) ?? [])];
  if (fields.length === 0 || fields.some(([, [node]]) => node?.name.value !== 'hasNextPage')) return null;
  return objectOf(fields.map(([key]) => ({ key, sql: '(select count(*) > ?::int from page)::text', parameters: [first] })));
}

const setsOf = (nodes: readonly FieldNode[]) => nodes.flatMap(({ selectionSet }) => selectionSet ?? []);

function objectType({ schema }: Asked, name: string): GraphQLObjectType {
  const type = schema.getType(name);
  assert(isObjectType(type), `${name} is an object type of the schema`);
  return type;
}
