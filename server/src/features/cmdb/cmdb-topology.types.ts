import { Field, ID, Int, ObjectType } from 'type-graphql';
import { PageInfo } from '../../platform/graphql/page.types.ts';

@ObjectType({ description: 'An item as a node of the network picture.' })
export class TopologyNodeView {
  @Field(() => ID, { description: 'Id of the CI.' }) id!: string;
  @Field(() => String, { description: 'Name.' }) name!: string;
  @Field(() => String, { description: 'Class.' }) class!: string;
  @Field(() => String, { description: 'Status.' }) status!: string;
  @Field(() => String, { nullable: true, description: 'Where it stands.' }) site!: string | null;
  @Field(() => String, { nullable: true, description: 'Its role, e.g. Router.' }) role!: string | null;
}

@ObjectType({ description: 'A connection between two items.' })
export class TopologyLinkView {
  @Field(() => ID, { description: 'One end.' }) sourceId!: string;
  @Field(() => ID, { description: 'The other end.' }) targetId!: string;
  @Field(() => [String], { description: 'The ports at both ends, one text a cable.' }) ports!: readonly string[];
}

@ObjectType({ description: 'Network topology, drawn from the relations "connected to" (CMDB-07).' })
export class NetworkTopology {
  @Field(() => [TopologyNodeView], { description: 'Items with a connection, by name.' }) nodes!: readonly TopologyNodeView[];
  @Field(() => [TopologyLinkView], { description: 'At most 500 connections.' }) links!: readonly TopologyLinkView[];
  @Field(() => Boolean, { description: 'Whether there are more connections than shown: narrow by place or customer.' }) cutOff!: boolean;
}

@ObjectType({ description: 'A place that items stand at.' })
export class CiSiteView {
  @Field(() => String, { description: 'Its name in the register.' }) site!: string;
  @Field(() => Int, { description: 'Items there.' }) items!: number;
  @Field(() => Int, { description: 'Racks among them.' }) racks!: number;
}

@ObjectType({ description: 'A device at its units of a rack.' })
export class PlacedDeviceView {
  @Field(() => ID, { description: 'Id of the CI.' }) id!: string;
  @Field(() => String, { description: 'Name.' }) name!: string;
  @Field(() => String, { description: 'Class.' }) class!: string;
  @Field(() => String, { description: 'Status.' }) status!: string;
  @Field(() => String, { nullable: true, description: 'Model.' }) model!: string | null;
  @Field(() => Int, { description: 'Lowest unit that it fills; 1 is at the bottom.' }) unit!: number;
  @Field(() => Int, { description: 'How many units it fills.' }) height!: number;
  @Field(() => Boolean, { description: 'Whether the register does not tell its height and one unit is assumed.' }) heightAssumed!: boolean;
}

@ObjectType({ description: 'A device of a rack that has no possible place in the picture.' })
export class UnplacedDeviceView {
  @Field(() => ID, { description: 'Id of the CI.' }) id!: string;
  @Field(() => String, { description: 'Name.' }) name!: string;
  @Field(() => String, { description: 'Class.' }) class!: string;
  @Field(() => String, { description: 'Status.' }) status!: string;
  @Field(() => String, { nullable: true, description: 'Model.' }) model!: string | null;
  @Field(() => String, { description: '"unknown": no position in the register; "outside": the rack has no such unit; "overlap": another device is there.' }) reason!: string;
  @Field(() => String, { nullable: true, description: 'The position that the register names.' }) position!: string | null;
}

@ObjectType({ description: 'A rack with what stands in it 机柜示意图 (CMDB-07).' })
export class RackElevation {
  @Field(() => ID, { description: "Id of the rack's CI." }) id!: string;
  @Field(() => String, { description: 'Name.' }) name!: string;
  @Field(() => String, { nullable: true, description: 'Where it stands.' }) site!: string | null;
  @Field(() => Int, { description: 'Height in units.' }) units!: number;
  @Field(() => Boolean, { description: 'Whether the register does not tell its height and 42 is assumed.' }) unitsAssumed!: boolean;
  @Field(() => [PlacedDeviceView], { description: 'Drawn devices, the highest first.' }) placed!: readonly PlacedDeviceView[];
  @Field(() => [UnplacedDeviceView], { description: 'Devices without a possible place.' }) unplaced!: readonly UnplacedDeviceView[];
}

@ObjectType({ description: 'A page of racks.' })
export class RackConnection {
  @Field(() => [RackElevation], { description: 'By place and name.' }) nodes!: readonly RackElevation[];
  @Field(() => PageInfo, { description: 'Where the page stands.' }) pageInfo!: PageInfo;
}

@ObjectType({ description: 'A cable of the port connection table 端口连接表 (CMDB-07).' })
export class PortConnectionView {
  @Field(() => ID, { description: 'Id.' }) id!: string;
  @Field(() => String, { description: 'The cable.' }) cable!: string;
  @Field(() => ID, { description: 'Item at one end.' }) aId!: string;
  @Field(() => String, { description: 'Its name.' }) aName!: string;
  @Field(() => String, { description: 'Its port.' }) aPort!: string;
  @Field(() => ID, { description: 'Item at the other end.' }) bId!: string;
  @Field(() => String, { description: 'Its name.' }) bName!: string;
  @Field(() => String, { description: 'Its port.' }) bPort!: string;
  @Field(() => String, { nullable: true, description: 'Kind of cable.' }) cableType!: string | null;
  @Field(() => String, { description: 'As in the register, e.g. connected.' }) status!: string;
}

@ObjectType({ description: 'A page of the port connection table.' })
export class PortConnectionPage {
  @Field(() => [PortConnectionView], { description: 'By cable.' }) nodes!: readonly PortConnectionView[];
  @Field(() => PageInfo, { description: 'Where the page stands.' }) pageInfo!: PageInfo;
}
