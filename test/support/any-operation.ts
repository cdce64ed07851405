import {
  getNamedType, getNullableType, isEnumType, isInputObjectType, isInterfaceType, isLeafType, isListType, isNonNullType, isObjectType, isUnionType,
  type GraphQLArgument, type GraphQLField, type GraphQLInputType, type GraphQLOutputType, type GraphQLSchema,
} from 'graphql';

/** Answers for arguments and input fields, by the path of names that leads there; undefined: leave it out if it may be. */
export type Fill = (name: string, type: GraphQLInputType, owner: string) => unknown;

/** Every field of the schema as a whole operation: all that it can answer, down to a depth, with arguments from `fill`. */
export class AnyOperation {
  private readonly schema: GraphQLSchema;
  private readonly depth: number;

  constructor(schema: GraphQLSchema, depth = 4) {
    this.schema = schema;
    this.depth = depth;
  }

  fields(root: 'Query' | 'Mutation' | 'Subscription'): GraphQLField<unknown, unknown>[] {
    const type = this.schema.getType(root);
    if (!isObjectType(type)) throw new Error(`no ${root}`);
    return Object.values(type.getFields());
  }

  /** The document and its variables. */
  of(root: 'query' | 'mutation' | 'subscription', field: GraphQLField<unknown, unknown>, fill: Fill): { source: string; variables: Record<string, unknown> } {
    const given = field.args.map((arg) => ({ arg, value: this.value(arg.name, arg.type, field.name, fill) })).filter(({ value }) => value !== undefined);
    const declared = given.length === 0 ? '' : `(${given.map(({ arg }) => `$${arg.name}: ${String(arg.type)}`).join(', ')})`;
    const passed = given.length === 0 ? '' : `(${given.map(({ arg }) => `${arg.name}: $${arg.name}`).join(', ')})`;
    return {
      source: `${root} Any${declared} { ${field.name}${passed}${this.selection(field.type, this.depth, [])} }`,
      variables: Object.fromEntries(given.map(({ arg, value }) => [arg.name, value])),
    };
  }

  private value(name: string, type: GraphQLInputType, owner: string, fill: Fill): unknown {
    const given = fill(name, type, owner);
    if (given !== undefined) return given;
    if (!isNonNullType(type)) return undefined;
    const bare = getNullableType(type);
    if (isListType(bare)) return [];
    if (isEnumType(bare)) return bare.getValues()[0]?.name;
    if (!isInputObjectType(bare)) throw new Error(`nothing to give for ${owner}.${name}: ${String(type)}`);
    return this.inputOf(bare, owner, fill);
  }

  private inputOf(type: ReturnType<typeof getNamedType>, owner: string, fill: Fill): object {
    if (!isInputObjectType(type)) throw new Error('not an input');
    return Object.fromEntries(Object.values(type.getFields()).map((field) => [field.name, this.value(field.name, field.type, `${owner}.${type.name}`, fill)]).filter(([, value]) => value !== undefined));
  }

  private selection(type: GraphQLOutputType, depth: number, path: readonly string[]): string {
    const named = getNamedType(type);
    if (isLeafType(named)) return '';
    const kinds = isUnionType(named) || isInterfaceType(named) ? this.schema.getPossibleTypes(named) : [named];
    const parts = kinds.filter((kind) => isObjectType(kind)).map((kind) => {
      const inner = Object.values(kind.getFields()).flatMap((field) => this.leafOrMore(field, depth, [...path, kind.name]));
      return kinds.length > 1 ? `... on ${kind.name} { __typename ${inner.map((text) => aliased(text, kind.name)).join(' ')} }` : inner.join(' ');
    });
    return ` { __typename ${parts.join(' ')} }`;
  }

  private leafOrMore(field: GraphQLField<unknown, unknown>, depth: number, path: readonly string[]): string[] {
    if (field.args.some(isRequired)) return [];
    const named = getNamedType(field.type);
    if (isLeafType(named)) return [field.name];
    // Back to a type that is open already would go round for ever.
    if (depth === 0 || path.filter((name) => name === named.name).length > 0) return [];
    return [`${field.name}${this.selection(field.type, depth - 1, path)}`];
  }
}

/** Unlike types under one name may not stand in one answer. */
const aliased = (text: string, kind: string): string => text.replace(/^(\w+)/, `$1_${kind}: $1`);

const isRequired = (arg: GraphQLArgument): boolean => isNonNullType(arg.type) && arg.defaultValue === undefined;
