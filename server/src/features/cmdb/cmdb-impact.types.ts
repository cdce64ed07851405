import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DateTime } from '../../platform/graphql/scalars.ts';
import { Ci } from './cmdb.types.ts';

export const CiImpactDirection = { IMPACT: 'impact', DEPENDENCY: 'dependency' } as const;
registerEnumType(CiImpactDirection, {
  name: 'CiImpactDirection', description: 'Which way to walk.',
  valuesConfig: { IMPACT: { description: 'All that is affected when the items fail.' }, DEPENDENCY: { description: 'All that the items rest on.' } },
});

@InputType({ description: 'What to walk from, and how far (CMDB-04).' })
export class CiImpactQuestion {
  @Field(() => [ID], { description: '1–50 items that fail together, or that are asked what they rest on.' }) ciIds!: string[];
  @Field(() => CiImpactDirection, { nullable: true, description: 'IMPACT when left out.' }) direction?: 'impact' | 'dependency' | null;
  @Field(() => DateTime, { nullable: true, description: 'As relations and redundancy were at that instant; left out: as they are.' }) asOf?: number | null;
  @Field(() => Int, { nullable: true, description: 'Steps at most; left out: to any depth.' }) maxDepth?: number | null;
  @Field(() => Int, { nullable: true, description: 'Items shown, 1–1000; 200 when left out. All are counted, whatever is shown.' }) first?: number | null;
  @Field(() => [ID], { nullable: true, description: 'Items known not to be affected: neither counted nor walked through.' }) notAffected?: string[] | null;
  @Field(() => ID, { nullable: true, description: 'Honours what was marked "not affected" for this work record.' }) ticketId?: string | null;
}

@ObjectType({ description: 'An item that the walk reached.' })
export class CiImpactNode {
  @Field(() => ID, { description: 'Id of the item.' }) id!: string;
  @Field(() => String, { description: 'Name.' }) name!: string;
  @Field(() => String, { description: 'Class.' }) class!: string;
  @Field(() => String, { description: 'Stage of life.' }) life!: string;
  @Field(() => ID, { nullable: true, description: 'Whose it is.' }) customerId!: string | null;
  @Field(() => String, { nullable: true, description: 'Where it stands.' }) site!: string | null;
  @Field(() => Int, { description: 'Steps from the nearest item asked about.' }) depth!: number;
  @Field(() => ID, { description: 'The item that it was reached from.' }) via!: string;
  @Field(() => String, { description: 'Type of the relation that it was reached over.' }) type!: string;
  @Field(() => [ID], { description: 'From the item asked about to this one; of a very long path the last 60.' }) path!: string[];
}

@ObjectType({ description: 'A relation between two of the items shown.' })
export class CiImpactEdge {
  @Field(() => ID, { description: 'Id of the relation.' }) id!: string;
  @Field(() => ID, { description: 'Its source.' }) sourceId!: string;
  @Field(() => ID, { description: 'Its target.' }) targetId!: string;
  @Field(() => String, { description: 'Its type, read from source to target.' }) type!: string;
  @Field(() => String, { description: 'Whose failure reaches whom: target-to-source, source-to-target, both, none.' }) propagation!: string;
}

@ObjectType({ description: 'An item that lost some of what it has and stands, because it needs no more than is left.' })
export class CiSpared {
  @Field(() => ID, { description: 'Id of the item.' }) id!: string;
  @Field(() => String, { description: 'Name.' }) name!: string;
  @Field(() => String, { description: 'Class.' }) class!: string;
  @Field(() => String, { description: 'Over which type of relation.' }) type!: string;
  @Field(() => Int, { description: 'How many it needs.' }) required!: number;
  @Field(() => Int, { description: 'How many it has.' }) has!: number;
  @Field(() => Int, { description: 'How many of them fail.' }) failed!: number;
}

@ObjectType({ description: 'So many items of a class.' })
export class CiClassCount {
  @Field(() => String, { description: 'Class.' }) class!: string;
  @Field(() => Int, { description: 'How many.' }) count!: number;
}

@ObjectType({ description: 'A service of the catalogue that is reached (AGR-06).' })
export class ReachedService {
  @Field(() => ID, { description: 'Id of the service.' }) id!: string;
  @Field(() => String, { description: 'Key.' }) key!: string;
  @Field(() => String, { description: 'English name.' }) name!: string;
  @Field(() => String, { description: 'Chinese name.' }) nameZh!: string;
  @Field(() => [ID], { description: 'Items through which it is reached, at most 20.' }) ciIds!: string[];
}

@ObjectType({ description: 'A customer who is reached.' })
export class ReachedCustomer {
  @Field(() => ID, { description: 'Id of the customer.' }) id!: string;
  @Field(() => String, { description: 'Name.' }) name!: string;
  @Field(() => String, { description: 'key, important or normal.' }) importance!: string;
  @Field(() => Int, { description: 'How many of the items are theirs.' }) ciCount!: number;
  @Field(() => [String], { description: 'Numbers of their agreements that name such an item or service.' }) agreements!: string[];
}

@ObjectType({ description: 'An item that was said not to be affected.' })
export class CiNotAffected {
  @Field(() => ID, { nullable: true, description: 'Id of the mark; null when it was only said with the question.' }) markId!: string | null;
  @Field(() => ID, { description: 'Id of the item.' }) ciId!: string;
  @Field(() => String, { description: 'Name.' }) name!: string;
  @Field(() => String, { description: 'Class.' }) class!: string;
  @Field(() => String, { nullable: true, description: 'Why.' }) reason!: string | null;
  @Field(() => String, { nullable: true, description: 'Who said so.' }) markedByName!: string | null;
  @Field(() => DateTime, { nullable: true, description: 'When.' }) markedAt!: number | null;
}

@ObjectType({ description: 'All that is affected when items fail, or all that they rest on (CMDB-04).' })
export class CiImpact {
  @Field(() => [Ci], { description: 'The items asked about.' }) roots!: Ci[];
  @Field(() => CiImpactDirection, { description: 'Which way.' }) direction!: string;
  @Field(() => DateTime, { nullable: true, description: 'As it was then; null: as it is.' }) asOf!: number | null;
  @Field(() => [CiImpactNode], { description: 'Items reached, nearest first.' }) nodes!: CiImpactNode[];
  @Field(() => Int, { description: 'How many were reached, shown or not.' }) total!: number;
  @Field(() => [CiClassCount], { description: 'All of them by class.' }) classes!: CiClassCount[];
  @Field(() => [CiImpactEdge], { description: 'Relations among the items shown and asked about.' }) edges!: CiImpactEdge[];
  @Field(() => [CiSpared], { description: 'Items that redundancy holds up.' }) spared!: CiSpared[];
  @Field(() => [ReachedService], { description: 'Services reached by all of them.' }) services!: ReachedService[];
  @Field(() => [ReachedCustomer], { description: 'Customers reached by all of them, the most important first.' }) customers!: ReachedCustomer[];
  @Field(() => [CiNotAffected], { description: 'What was held not to be affected.' }) notAffected!: CiNotAffected[];
  @Field(() => Boolean, { description: 'Whether the walk ended before everything was reached.' }) cutOff!: boolean;
  @Field(() => String, { nullable: true, description: 'By what: depth, nodes or time.' }) cutOffBy!: string | null;
}
