import { Field, InputType } from 'type-graphql';

@InputType({ description: 'A new class of items.' })
export class DefineCiClassInput {
  @Field(() => String, { description: 'Lower-case letters, digits, hyphens; unique.' }) key!: string;
  @Field(() => String, { description: 'The class above it, whose attributes and relation rules it inherits.' }) parentKey!: string;
  @Field(() => String, { description: 'English name.' }) name!: string;
  @Field(() => String, { description: 'Chinese name.' }) nameZh!: string;
  @Field(() => Boolean, { nullable: true, description: 'Only to be inherited from.' }) abstract?: boolean | null;
}

@InputType({ description: 'A new attribute of a class and of all below it.' })
export class DefineCiAttributeInput {
  @Field(() => String, { description: 'The class.' }) classKey!: string;
  @Field(() => String, { description: 'Lower-case letters, digits, underscores.' }) key!: string;
  @Field(() => String, { description: 'English name.' }) name!: string;
  @Field(() => String, { description: 'Chinese name.' }) nameZh!: string;
  @Field(() => String, { description: 'text, integer, number, boolean, date, choice, ip, url or email.' }) type!: string;
  @Field(() => Boolean, { nullable: true, description: 'Whether new items must have it.' }) required?: boolean | null;
  @Field(() => [String], { nullable: true, description: 'Of the type choice: 2–50 values.' }) choices?: string[] | null;
  @Field(() => String, { nullable: true, description: 'Unit, e.g. GB.' }) unit?: string | null;
}

@InputType({ description: 'A new type of relation.' })
export class DefineCiRelationTypeInput {
  @Field(() => String, { description: 'Lower-case letters, digits, underscores; unique.' }) key!: string;
  @Field(() => String, { description: 'English, source to target.' }) name!: string;
  @Field(() => String, { description: 'Chinese, source to target.' }) nameZh!: string;
  @Field(() => String, { description: 'English, target to source.' }) reverseName!: string;
  @Field(() => String, { description: 'Chinese, target to source.' }) reverseNameZh!: string;
  @Field(() => String, { description: 'target-to-source, source-to-target, both or none.' }) propagation!: string;
}

@InputType({ description: 'Allows a type of relation between two classes and all below them.' })
export class AllowCiRelationInput {
  @Field(() => String, { description: 'The type.' }) type!: string;
  @Field(() => String, { description: 'Class of the source.' }) sourceClass!: string;
  @Field(() => String, { description: 'Class of the target.' }) targetClass!: string;
  @Field(() => String, { nullable: true, description: 'Where it differs from the type.' }) propagation?: string | null;
}
