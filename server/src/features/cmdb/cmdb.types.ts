import { GraphQLJSON } from 'graphql-scalars';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Node } from '../../platform/graphql/node.types.ts';
import { DateTime } from '../../platform/graphql/scalars.ts';
import { CiRelationTypeView } from './cmdb-class.types.ts';

export const CiLife = { ORDERED: 'ordered', IN_STOCK: 'in-stock', IN_USE: 'in-use', IN_REPAIR: 'in-repair', RETIRED: 'retired', DISPOSED: 'disposed' } as const;
registerEnumType(CiLife, { name: 'CiLife', description: 'Stages of the life of an item (CMDB-02).' });

export const CiSeal = { NONE: 'none', INTACT: 'intact', BROKEN: 'broken' } as const;
registerEnumType(CiSeal, { name: 'CiSeal', description: 'Seal of an item (CMDB-11).' });

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

  @Field(() => GraphQLJSON, { description: 'Attributes of its class, by key; ports under "port …".' })
  attributes!: Record<string, string>;

  @Field(() => CiLife, { description: 'Where it stands in its life (CMDB-02).' })
  life!: string;

  @Field(() => String, { nullable: true, description: 'Who uses it.' })
  userName?: string | null;

  @Field(() => String, { nullable: true, description: 'Where at the site: room, rack.' })
  location?: string | null;

  @Field(() => String, { nullable: true, description: 'Version of the product.' })
  productVersion?: string | null;

  @Field(() => String, { nullable: true, description: 'Model.' })
  model?: string | null;

  @Field(() => String, { nullable: true, description: 'Specification.' })
  specification?: string | null;

  @Field(() => String, { nullable: true, description: 'Supplier.' })
  supplier?: string | null;

  @Field(() => String, { nullable: true, description: 'Whom to ask for at the supplier (CMDB-11).' })
  supplierContact?: string | null;

  @Field(() => String, { nullable: true, description: 'Telephone of that person.' })
  supplierPhone?: string | null;

  @Field(() => String, { nullable: true, description: 'Serial number.' })
  serial?: string | null;

  @Field(() => String, { nullable: true, description: 'Serial number of the system (CMDB-11).' })
  systemSerial?: string | null;

  @Field(() => String, { nullable: true, description: 'Purchase contract number.' })
  contractNumber?: string | null;

  @Field(() => String, { nullable: true, description: 'Last day of the warranty, YYYY-MM-DD.' })
  warrantyEndsOn?: string | null;

  @Field(() => String, { nullable: true, description: 'Number on its asset label.' })
  assetLabel?: string | null;

  @Field(() => String, { nullable: true, description: 'Accessories (CMDB-11).' })
  accessories?: string | null;

  @Field(() => [String], { description: 'Addresses.' })
  addresses!: string[];

  @Field(() => [String], { description: 'Responsible persons; of a shared device in order (CMDB-11).' })
  responsible!: string[];

  @Field(() => CiSeal, { description: 'Its seal (CMDB-11).' })
  seal!: string;

  @Field(() => DateTime, { description: 'When it came into the register.' })
  createdAt!: number;

  @Field(() => DateTime, { description: 'When it was altered last.' })
  updatedAt!: number;

  @Field(() => Int, { description: 'Counts alterations; given back as expectedVersion.' })
  version!: number;
}

@ObjectType({ description: 'A relation of an item, seen from it.' })
export class CiNeighbour {
  @Field(() => ID, { description: 'Id of the relation.' })
  relationId!: string;

  @Field(() => String, { description: 'Kind of relation, read from source to target.' })
  type!: string;

  @Field(() => CiRelationTypeView, { nullable: true, description: 'Its names in both directions.' })
  typeNames!: CiRelationTypeView | null;

  @Field(() => Boolean, { description: 'Whether the item asked about is the source.' })
  outgoing!: boolean;

  @Field(() => Ci, { description: 'The other item.' })
  ci!: Ci;
}
