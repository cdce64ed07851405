import { isEnumType, isInputObjectType, isInterfaceType, isObjectType, printSchema, type GraphQLSchema } from 'graphql';

/** The schema in its own language, for review and for the wallboard's generator. */
export function printWithDescriptions(schema: GraphQLSchema): string {
  return `# Printed from the code by "pnpm schema"; never edited by hand.\n\n${printSchema(schema)}\n`;
}

/** Types and fields that say nothing about themselves (API-01). Enum values speak by the description of their enum. */
export function undescribed(schema: GraphQLSchema): string[] {
  return Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__')).flatMap((type) => {
    const own = type.description || ['Query', 'Mutation', 'Subscription'].includes(type.name) ? [] : [type.name];
    if (isEnumType(type) || !(isObjectType(type) || isInterfaceType(type) || isInputObjectType(type))) return own;
    return [...own, ...Object.values(type.getFields()).filter(({ description }) => !description).map(({ name }) => `${type.name}.${name}`)];
  });
}
