import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { PageInfo } from '../../platform/graphql/page.types.ts';
import { Ci } from './cmdb.types.ts';

@InputType({ description: 'What narrows the register; what is left out narrows nothing.' })
export class RegisterFilterInput {
  @Field(() => String, { nullable: true, description: 'Part of the name, serial or asset label, or the whole key of the source register.' }) search?: string | null;
  @Field(() => [String], { nullable: true, description: 'Only of these classes.' }) classes?: string[] | null;
  @Field(() => [String], { nullable: true, description: 'Only in these stages of life, e.g. in-use.' }) lives?: string[] | null;
  @Field(() => [ID], { nullable: true, description: 'Only of these customers.' }) customerIds?: string[] | null;
  @Field(() => String, { nullable: true, description: 'Only at this place.' }) site?: string | null;
}

@ObjectType({ description: 'A page of the register.' })
export class RegisterPage {
  @Field(() => [Ci], { description: 'By name.' }) nodes!: readonly Ci[];
  @Field(() => Int, { description: 'How many the filter leaves in all.' }) total!: number;
  @Field(() => PageInfo, { description: 'Where the page stands.' }) pageInfo!: PageInfo;
}

@ObjectType({ description: 'A word of the register and how many items have it.' })
export class RegisterFacet {
  @Field(() => String, { description: 'The word, e.g. a class.' }) key!: string;
  @Field(() => Int, { description: 'How many items have it.' }) items!: number;
}

@ObjectType({ description: 'The words that items can be narrowed by.' })
export class RegisterFacets {
  @Field(() => [RegisterFacet], { description: 'Classes.' }) classes!: readonly RegisterFacet[];
  @Field(() => [RegisterFacet], { description: 'Stages of life.' }) lives!: readonly RegisterFacet[];
}
