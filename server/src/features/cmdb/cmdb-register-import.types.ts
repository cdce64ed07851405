import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { UserError } from '../../platform/graphql/payload.types.ts';
import { DateTime } from '../../platform/graphql/scalars.ts';
import { PageInfo } from '../../platform/graphql/page.types.ts';

@ObjectType({ description: 'A field that a file says otherwise than the register.' })
export class RegisterFieldChange {
  @Field(() => String, { description: 'The column.' }) field!: string;
  @Field(() => String, { description: 'Its Chinese title.' }) titleZh!: string;
  @Field(() => String, { description: 'Its English title.' }) titleEn!: string;
  @Field(() => String, { description: 'In the register; empty: nothing.' }) before!: string;
  @Field(() => String, { description: 'In the file; empty: nothing.' }) after!: string;
}

@ObjectType({ description: 'What taking over one line would do.' })
export class RegisterDifferenceView {
  @Field(() => Int, { nullable: true, description: 'Line of the file; null: the file lacks what the register has.' }) line!: number | null;
  @Field(() => String, { description: 'Key of the item, or the cable.' }) key!: string;
  @Field(() => String, { description: 'Its name.' }) name!: string;
  @Field(() => ID, { nullable: true, description: 'The item, when the register knows it.' }) ciId!: string | null;
  @Field(() => String, { description: 'new, changed, controlled (needs a change or an exception), gone, refused or same.' }) outcome!: string;
  @Field(() => [RegisterFieldChange], { description: 'What differs.' }) changes!: readonly RegisterFieldChange[];
  @Field(() => String, { nullable: true, description: 'Why the line is refused.' }) reason!: string | null;
}

@ObjectType({ description: 'A page of differences, in the order of the file.' })
export class RegisterDifferencePage {
  @Field(() => [RegisterDifferenceView], { description: 'Differences.' }) nodes!: readonly RegisterDifferenceView[];
  @Field(() => PageInfo, { description: 'Where the page stands.' }) pageInfo!: PageInfo;
}

@ObjectType({ description: 'How many lines of each outcome.' })
export class RegisterCounts {
  @Field(() => Int, { description: 'Items that the register does not know.' }) new!: number;
  @Field(() => Int, { description: 'Changes of items that are not controlled.' }) changed!: number;
  @Field(() => Int, { description: 'Changes of controlled items: they need a change or an exception (CMDB-06).' }) controlled!: number;
  @Field(() => Int, { description: 'In the register, not in the file.' }) gone!: number;
  @Field(() => Int, { description: 'Lines that cannot be taken over.' }) refused!: number;
  @Field(() => Int, { description: 'Lines that say what the register says.' }) same!: number;
}

@ObjectType({ description: 'A file of the register with its differences (CMDB-06, CMDB-07).' })
export class RegisterImportView {
  @Field(() => ID, { description: 'Id.' }) id!: string;
  @Field(() => String, { description: 'ci, servers or ports.' }) kind!: string;
  @Field(() => String, { description: 'proposed, applied or discarded.' }) state!: string;
  @Field(() => String, { description: 'Name of the file.' }) fileName!: string;
  @Field(() => ID, { nullable: true, description: 'Whose part of the register it is; null: all of it.' }) customerId!: string | null;
  @Field(() => DateTime, { description: 'When it was given.' }) proposedAt!: number;
  @Field(() => String, { description: 'By whom.' }) proposedByName!: string;
  @Field(() => DateTime, { nullable: true, description: 'When it was taken over or put aside.' }) decidedAt!: number | null;
  @Field(() => String, { nullable: true, description: 'By whom.' }) decidedByName!: string | null;
  @Field(() => String, { nullable: true, description: 'Change number or reason of the exception under which it was taken over.' }) authorisedBy!: string | null;
  @Field(() => Int, { description: 'Give it as expectedVersion.' }) version!: number;
}

@ObjectType({ description: 'A file and what taking it over would do to the register as it is now.' })
export class RegisterComparisonView {
  @Field(() => RegisterImportView, { description: 'The file.' }) file!: RegisterImportView;
  @Field(() => RegisterCounts, { description: 'How many lines of each outcome.' }) counts!: RegisterCounts;
  @Field(() => String, { description: 'Stands for exactly these differences: give it with applying.' }) digest!: string;
  @Field(() => RegisterDifferencePage, { description: 'The differences, without the lines that say the same.' }) differences!: RegisterDifferencePage;
}

@InputType({ description: 'Which file to put aside.' })
export class DiscardRegisterImportInput {
  @Field(() => ID, { description: 'The file.' }) id!: string;
  @Field(() => Int, { description: 'The version that was looked at.' }) expectedVersion!: number;
}

@ObjectType({ description: 'Answer of a decision on a file.' })
export class RegisterImportPayload {
  @Field(() => RegisterImportView, { nullable: true, description: 'The file as it is now.' }) file!: RegisterImportView | null;
  @Field(() => [UserError], { description: 'Why nothing was done.' }) userErrors!: UserError[];
}
