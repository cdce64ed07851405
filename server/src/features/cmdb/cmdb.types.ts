import { GraphQLJSON } from 'graphql-scalars';
import { Field, ID, ObjectType } from 'type-graphql';
import { Node } from '../../platform/graphql/node.types.ts';

@ObjectType({ implements: Node, description: 'A configuration item 配置项.' })
export class Ci extends Node {
  @Field(() => String, { description: 'Name.' })
  name!: string;

  @Field(() => String, { description: 'Class, e.g. server.' })
  class!: string;

  @Field(() => String, { description: 'Status in the register.' })
  status!: string;

  @Field(() => ID, { nullable: true, description: 'The customer whose item it is.' })
  customerId!: string | null;

  @Field(() => String, { nullable: true, description: 'Key in the register that it was imported from.' })
  externalId!: string | null;

  @Field(() => String, { nullable: true, description: 'Its owner.' })
  ownerName!: string | null;

  @Field(() => String, { nullable: true, description: 'Where it stands.' })
  site!: string | null;

  @Field(() => GraphQLJSON, { description: 'Further attributes, by name.' })
  attributes!: Record<string, string>;
}

@ObjectType({ description: 'A relation of an item, seen from it.' })
export class CiNeighbour {
  @Field(() => ID, { description: 'Id of the relation.' })
  relationId!: string;

  @Field(() => String, { description: 'Kind of relation, read from source to target.' })
  type!: string;

  @Field(() => Boolean, { description: 'Whether the item asked about is the source.' })
  outgoing!: boolean;

  @Field(() => Ci, { description: 'The other item.' })
  ci!: Ci;
}
