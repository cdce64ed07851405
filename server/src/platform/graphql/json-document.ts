import { getArgumentValues, getVariableValues, Kind, visit, type DocumentNode, type FieldNode, type FragmentDefinitionNode, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import type { Actor } from '../../kernel/actor.ts';
import type { FeatureManifest } from '../../kernel/feature.ts';
import type { Sql } from '../db/prepared.ts';
import { compileRow, fieldsOf, type Asked, type CompiledRow } from './json-compile.ts';
import type { JsonRoot } from './json-root.ts';
import type { JsonShape } from './json-shape.ts';

/** The planner of what the features contribute; said loosely in their manifests because the kernel imports nothing. */
export function plannerOf(schema: GraphQLSchema, features: readonly Pick<FeatureManifest, 'jsonRoots' | 'jsonShapes'>[]): JsonPlanner {
  const roots = features.flatMap(({ jsonRoots }) => (jsonRoots ?? []) as readonly JsonRoot[]);
  return new JsonPlanner(schema, { roots, shapes: features.flatMap(({ jsonShapes }) => (jsonShapes ?? []) as readonly JsonShape[]) });
}

/** Looks ahead at documents: which of them one statement can answer, and with which. */
export class JsonPlanner {
  private readonly schema: GraphQLSchema;
  private readonly roots: ReadonlyMap<string, JsonRoot>;
  private readonly shapes: ReadonlyMap<string, JsonShape>;

  constructor(schema: GraphQLSchema, { roots, shapes }: { readonly roots: readonly JsonRoot[]; readonly shapes: readonly JsonShape[] }) {
    this.schema = schema;
    this.shapes = new Map(shapes.map((shape) => [shape.type, shape]));
    this.roots = new Map(roots.map((root) => [root.field, root]));
  }

  /** Whether a text may ask for one of its fields at all. */
  concerns(text: string): boolean {
    for (const field of this.roots.keys()) if (text.includes(field)) return true;
    return false;
  }

  /** The plan of a valid document with one operation; null where the resolvers answer it. */
  planOf(document: DocumentNode): JsonPlan | null {
    const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
    const operation = operations.length === 1 ? operations[0]! : null;
    const query = this.schema.getQueryType();
    if (operation?.operation !== 'query' || operation.directives?.length || !query) return null;
    const fragments = Object.fromEntries(document.definitions.flatMap((definition): [string, FragmentDefinitionNode][] =>
      (definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition]] : [])));
    const fields = [...(fieldsOf({ schema: this.schema, fragments, variables: {} }, query, [operation.selectionSet]) ?? [])];
    const [key, nodes] = fields[0] ?? [];
    const root = this.roots.get(nodes?.[0]?.name.value ?? '');
    if (fields.length !== 1 || !root || !nodes || key === undefined) return null;
    return new JsonPlan({ schema: this.schema, fragments, operation, key, nodes, root, shapes: this.shapes });
  }
}

interface PlanFacts {
  readonly schema: GraphQLSchema;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  readonly operation: OperationDefinitionNode;
  readonly key: string;
  readonly nodes: readonly FieldNode[];
  readonly root: JsonRoot;
  readonly shapes: ReadonlyMap<string, JsonShape>;
}

/** A document that was looked through once. */
export class JsonPlan {
  readonly name: string | null;
  /** Under which key its answer stands. */
  readonly key: string;
  private readonly facts: PlanFacts;
  private readonly rows = new Map<string, CompiledRow | null>();
  private readonly constant: boolean;

  constructor(facts: PlanFacts) {
    this.facts = facts;
    this.key = facts.key;
    this.name = facts.operation.name?.value ?? null;
    this.constant = !variesWithin(facts);
  }

  /** One row with the columns of `who`, and the time by `clock` (SQL, ms), `stale`, `data` (text). Null: the resolvers answer. @throws whatever they will throw too */
  statement(actor: Actor, variables: Readonly<Record<string, unknown>>, { who, clock }: { readonly who: Sql; readonly clock: string }): Sql | null {
    const { schema, fragments, operation, nodes, root } = this.facts;
    const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variables, { maxErrors: 1 });
    const field = schema.getQueryType()?.getFields()[root.field];
    if (!coerced || !field) return null;
    const asked: Asked = { schema, fragments, variables: coerced };
    const given = getArgumentValues(field, nodes[0]!, coerced);
    const answer = root.plan({ actor, given, nodes, asked, row: (type, inner) => this.row(asked, type, inner) });
    return answer && {
      sql: `with asked as materialized (select clock.ms, to_timestamp(clock.ms / 1000) as now from (select ${clock} as ms) clock)${answer.tables.sql === '' ? '' : `, ${answer.tables.sql}`}
select who.*, asked.ms, answer.stale, answer.data
from asked cross join (${answer.select.sql}) answer left join (${who.sql}) who on true`,
      parameters: [...answer.tables.parameters, ...answer.select.parameters, ...who.parameters],
    };
  }

  private row(asked: Asked, type: string, nodes: readonly FieldNode[]): CompiledRow | null {
    const kept = this.rows.get(type);
    if (kept !== undefined) return kept;
    const shape = this.facts.shapes.get(type);
    const made = shape ? compileRow(asked, shape, nodes.flatMap(({ selectionSet }) => selectionSet ?? [])) : null;
    if (this.constant) this.rows.set(type, made);
    return made;
  }
}

/** Whether a variable decides about anything but the arguments of the root field. */
function variesWithin({ nodes, fragments }: PlanFacts): boolean {
  let found = false;
  const look = { Variable: () => void (found = true) };
  for (const node of nodes) if (node.selectionSet) visit(node.selectionSet, look);
  for (const fragment of Object.values(fragments)) visit(fragment, look);
  return found;
}
