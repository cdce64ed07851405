import { Field, ID, InterfaceType } from 'type-graphql';

/** Rows are plain objects; whoever answers `node` sets `__typename`. */
@InterfaceType('Node', {
  description: 'Anything with an id of its own.',
  resolveType: (value: { __typename?: string; constructor: { name: string } }) => value.__typename ?? value.constructor.name,
})
export abstract class Node {
  @Field(() => ID, { description: 'Opaque and never reused.' })
  id!: string;
}
