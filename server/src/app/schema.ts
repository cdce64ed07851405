import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import { lexicographicSortSchema } from 'graphql';
import { buildSchema, type NonEmptyArray } from 'type-graphql';
import { NodeResolver } from '../platform/graphql/node.resolver.ts';
import { FEATURES } from './features.ts';

let built: Promise<GraphQLSchema> | null = null;

/** The one schema, made of what the features contribute. Built once: type-graphql keeps its metadata globally. */
export function graphqlSchema(): Promise<GraphQLSchema> {
  built ??= build();
  return built;
}

async function build(): Promise<GraphQLSchema> {
  const resolvers: NonEmptyArray<new () => object> = [NodeResolver, ...FEATURES.flatMap((feature) => feature.resolvers ?? [])];
  const schema = await buildSchema({
    resolvers,
    validate: false,
    // Streams come from the event log; nothing is published in memory.
    pubSub: {
      publish: () => undefined,
      subscribe: () => {
        throw new Error('Must hold: every subscription names its own stream');
      },
    },
  });
  return lexicographicSortSchema(schema);
}
