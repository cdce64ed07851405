import { Field, ID, ObjectType } from 'type-graphql';

@ObjectType({ description: 'An attribute of a class of items.' })
export class CiAttributeView {
  @Field(() => ID, { description: 'Id.' }) id!: string;
  @Field(() => String, { description: 'The class that it was given to; others inherit it.' }) classKey!: string;
  @Field(() => String, { description: 'Key among the attributes.' }) key!: string;
  @Field(() => String, { description: 'English name.' }) name!: string;
  @Field(() => String, { description: 'Chinese name.' }) nameZh!: string;
  @Field(() => String, { description: 'text, integer, number, boolean, date, choice, ip, url or email.' }) type!: string;
  @Field(() => Boolean, { description: 'Whether it must be given.' }) required!: boolean;
  @Field(() => [String], { description: 'What may be chosen.' }) choices!: readonly string[];
  @Field(() => String, { nullable: true, description: 'Unit.' }) unit!: string | null;
}

@ObjectType({ description: 'A class of configuration items (CMDB-01).' })
export class CiClassView {
  @Field(() => String, { description: 'Key, e.g. network-device.' }) key!: string;
  @Field(() => String, { nullable: true, description: 'The class above it.' }) parentKey!: string | null;
  @Field(() => String, { description: 'English name.' }) name!: string;
  @Field(() => String, { description: 'Chinese name.' }) nameZh!: string;
  @Field(() => Boolean, { description: 'Only there to be inherited from.' }) abstract!: boolean;
  @Field(() => [CiAttributeView], { description: 'Own and inherited attributes.' }) attributes!: readonly CiAttributeView[];
}

@ObjectType({ description: 'A rule: which class may have a relation to which (CMDB-03).' })
export class CiRelationRuleView {
  @Field(() => ID, { description: 'Id.' }) id!: string;
  @Field(() => String, { description: 'Class of the source, with all below it.' }) sourceClass!: string;
  @Field(() => String, { description: 'Class of the target, with all below it.' }) targetClass!: string;
  @Field(() => String, { nullable: true, description: 'Whose failure reaches whom, where it differs from the type.' }) propagation!: string | null;
}

@ObjectType({ description: 'A type of relation with the names of both directions (CMDB-03).' })
export class CiRelationTypeView {
  @Field(() => String, { description: 'Key, e.g. runs_on.' }) key!: string;
  @Field(() => String, { description: 'English, source to target: runs on.' }) name!: string;
  @Field(() => String, { description: 'Chinese, source to target.' }) nameZh!: string;
  @Field(() => String, { description: 'English, target to source: hosts.' }) reverseName!: string;
  @Field(() => String, { description: 'Chinese, target to source.' }) reverseNameZh!: string;
  @Field(() => String, { description: 'Whose failure reaches whom: target-to-source, source-to-target, both, none.' }) propagation!: string;
  @Field(() => [CiRelationRuleView], { description: 'Which classes may have it.' }) rules!: readonly CiRelationRuleView[];
}
