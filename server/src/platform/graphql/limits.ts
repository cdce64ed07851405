import {
  GraphQLError, Kind, parse, specifiedRules, validate,
  type DocumentNode, type FieldNode, type FragmentDefinitionNode, type GraphQLSchema, type SelectionSetNode, type ValidationContext, type ValidationRule,
} from 'graphql';

/**
 * What one operation may ask for (API-04). Tokens are counted while parsing, because validating a long document is what
 * costs most: 40 ms for 3,764 tokens of nested fragments here, under 1 ms for a usual one.
 */
export const LIMITS = {
  tokens: 2000,
  depth: 12,
  aliases: 30,
  rootFields: 10,
  directives: 30,
  /** Fields after spreading the fragments, each list counted as often as its `first` says. */
  fields: 20_000,
  /** Reported at most, so that a wrong document cannot make a long answer. */
  errors: 10,
  bodyBytes: 1_000_000,
} as const;

interface Measure {
  readonly depth: number;
  readonly fields: number;
}

/** Refuses documents that ask for more than {@link LIMITS}, naming the limit. The schema's own fields (`__schema`) are bounded by tokens alone. */
export const boundedOperation: ValidationRule = (context) => ({
  Document(document) {
    const aliases = countOf(document, (node) => node.kind === Kind.FIELD && 'alias' in node && node.alias !== undefined);
    const directives = countOf(document, (node) => node.kind === Kind.DIRECTIVE);
    refuseAbove(context, 'aliases', aliases);
    refuseAbove(context, 'directives', directives);
    const measure = measurer(context);
    for (const definition of document.definitions) {
      if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
      const { depth, fields } = measure(definition.selectionSet);
      refuseAbove(context, 'rootFields', definition.selectionSet.selections.length);
      refuseAbove(context, 'depth', depth);
      refuseAbove(context, 'fields', fields);
    }
  },
});

/** Parses and validates a document that came over a WebSocket, under the same limits as over HTTP. */
export function readDocument(schema: GraphQLSchema, text: string): { document: DocumentNode } | { errors: readonly GraphQLError[] } {
  try {
    const document = parse(text, { maxTokens: LIMITS.tokens });
    const errors = validate(schema, document, [...specifiedRules, boundedOperation], { maxErrors: LIMITS.errors });
    return errors.length > 0 ? { errors: errors.map((error) => coded(error, 'GRAPHQL_VALIDATION_FAILED')) } : { document };
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return { errors: [coded(error, 'GRAPHQL_PARSE_FAILED')] };
  }
}

function coded(error: GraphQLError, code: string): GraphQLError {
  return new GraphQLError(error.message, { nodes: error.nodes ?? null, source: error.source ?? null, positions: error.positions ?? null, extensions: { code, ...error.extensions } });
}

type Limit = 'depth' | 'aliases' | 'rootFields' | 'directives' | 'fields';
const WORDS: Readonly<Record<Limit, string>> = {
  depth: 'levels deep', aliases: 'aliases', rootFields: 'fields at the root', directives: 'directives', fields: 'fields in all, lists counted by their "first"',
};

function refuseAbove(context: ValidationContext, limit: Limit, got: number): void {
  if (got <= LIMITS[limit]) return;
  context.reportError(
    new GraphQLError(`An operation may have at most ${LIMITS[limit]} ${WORDS[limit]}, got ${got}. Ask for less, or in several requests.`, {
      extensions: { code: 'LIMIT_EXCEEDED', limit: { name: limit, most: LIMITS[limit], got } },
    }),
  );
}

/** Each fragment is measured once, however often it is spread; one that spreads itself is reported by another rule. */
function measurer(context: ValidationContext): (selections: SelectionSetNode) => Measure {
  const known = new Map<string, Measure>();
  const measureFragment = (name: string): Measure => {
    const kept = known.get(name);
    if (kept) return kept;
    known.set(name, { depth: 0, fields: 0 });
    const fragment: FragmentDefinitionNode | null | undefined = context.getFragment(name);
    const measured = fragment ? measure(fragment.selectionSet) : { depth: 0, fields: 0 };
    known.set(name, measured);
    return measured;
  };
  const measure = (set: SelectionSetNode): Measure => {
    let depth = 0;
    let fields = 0;
    for (const selection of set.selections) {
      const part =
        selection.kind === Kind.FIELD ? measureField(selection)
        : selection.kind === Kind.INLINE_FRAGMENT ? measure(selection.selectionSet)
        : measureFragment(selection.name.value);
      depth = Math.max(depth, part.depth);
      fields += part.fields;
    }
    return { depth, fields };
  };
  const measureField = (field: FieldNode): Measure => {
    if (field.name.value.startsWith('__') || !field.selectionSet) return { depth: 1, fields: 1 };
    const below = measure(field.selectionSet);
    return { depth: below.depth + 1, fields: 1 + below.fields * rowsOf(field) };
  };
  return measure;
}

/** A literal `first`; one given by a variable counts as a usual page. */
function rowsOf(field: FieldNode): number {
  const first = field.arguments?.find((argument) => argument.name.value === 'first')?.value;
  if (first === undefined) return 1;
  return first.kind === Kind.INT ? Math.max(1, Number(first.value)) : 50;
}

function countOf(root: object, counts: (node: { kind: string }) => boolean): number {
  let count = 0;
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(visit);
    if (typeof value !== 'object' || value === null || !('kind' in value) || typeof value.kind !== 'string') return;
    if (counts({ ...value, kind: value.kind })) count += 1;
    for (const [key, child] of Object.entries(value)) if (key !== 'loc') visit(child);
  };
  visit(root);
  return count;
}
