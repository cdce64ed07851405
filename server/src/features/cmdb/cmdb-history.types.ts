import { GraphQLJSON } from 'graphql-scalars';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { UserError } from '../../platform/graphql/payload.types.ts';
import { DateTime } from '../../platform/graphql/scalars.ts';
import { Ci, CiLife, CiSeal } from './cmdb.types.ts';

@ObjectType({ description: 'What an alteration rested on (CMDB-06).' })
export class CiAuthorityView {
  @Field(() => String, { description: 'change, exception, register or import.' }) kind!: string;
  @Field(() => String, { nullable: true, description: 'Number of the change.' }) number!: string | null;
  @Field(() => ID, { nullable: true, description: 'Id of the change.' }) ticketId?: string | null;
  @Field(() => String, { nullable: true, description: 'Reason of the exception, or file of the import.' }) reason!: string | null;
  @Field(() => String, { description: 'Who did it.' }) by!: string;
}

@ObjectType({ description: 'One field that differs.' })
export class CiFieldDifference {
  @Field(() => String, { description: 'Name of the field; of an attribute attributes.KEY.' }) field!: string;
  @Field(() => GraphQLJSON, { nullable: true, description: 'Before.' }) before!: unknown;
  @Field(() => GraphQLJSON, { nullable: true, description: 'After.' }) after!: unknown;
}

@ObjectType({ description: 'An item as it was.' })
export class CiState {
  @Field(() => ID, { description: 'Id of the item.' }) id!: string;
  @Field(() => String, { nullable: true, description: 'Key in another register.' }) externalId!: string | null;
  @Field(() => String, { description: 'Name.' }) name!: string;
  @Field(() => String, { description: 'Class.' }) class!: string;
  @Field(() => String, { description: 'Status in the register.' }) status!: string;
  @Field(() => CiLife, { description: 'Stage of life.' }) life!: string;
  @Field(() => ID, { nullable: true, description: 'Customer.' }) customerId!: string | null;
  @Field(() => String, { nullable: true, description: 'Owner.' }) ownerName!: string | null;
  @Field(() => String, { nullable: true, description: 'User.' }) userName!: string | null;
  @Field(() => String, { nullable: true, description: 'Site.' }) site!: string | null;
  @Field(() => String, { nullable: true, description: 'Where at the site.' }) location!: string | null;
  @Field(() => String, { nullable: true, description: 'Version of the product.' }) productVersion!: string | null;
  @Field(() => String, { nullable: true, description: 'Model.' }) model!: string | null;
  @Field(() => String, { nullable: true, description: 'Serial number.' }) serial!: string | null;
  @Field(() => String, { nullable: true, description: 'Number on its asset label.' }) assetLabel!: string | null;
  @Field(() => [String], { description: 'Responsible persons in order.' }) responsible!: string[];
  @Field(() => CiSeal, { description: 'Seal.' }) seal!: string;
  @Field(() => GraphQLJSON, { description: 'Attributes by key.' }) attributes!: Record<string, string>;
  @Field(() => CiAuthorityView, { nullable: true, description: 'What the alteration rested on; null: it was written past the rules.' }) authority!: CiAuthorityView | null;
  @Field(() => Int, { description: 'Version of the item.' }) version!: number;
}

@ObjectType({ description: 'A version of an item: as it was from an instant on, until another (CMDB-05).' })
export class CiVersionView {
  @Field(() => Int, { description: 'Counts the versions; give it as "before" for older ones.' }) seq!: number;
  @Field(() => DateTime, { description: 'From when.' }) validFrom!: number;
  @Field(() => DateTime, { nullable: true, description: 'Until when, not included; null: it stands.' }) validTo!: number | null;
  @Field(() => CiState, { description: 'The item.' }) ci!: CiState;
  @Field(() => [CiFieldDifference], { description: 'What differs from the version before.' }) differences!: CiFieldDifference[];
}

@ObjectType({ description: 'A relation that an item has or had.' })
export class CiPastRelation {
  @Field(() => ID, { description: 'Id of the relation.' }) relationId!: string;
  @Field(() => String, { description: 'Type, read from source to target.' }) type!: string;
  @Field(() => Boolean, { description: 'Whether the item asked about is the source.' }) outgoing!: boolean;
  @Field(() => Ci, { description: 'The other item, as it is now.' }) ci!: Ci;
  @Field(() => DateTime, { description: 'From when.' }) validFrom!: number;
  @Field(() => DateTime, { nullable: true, description: 'Until when; null: it stands.' }) validTo!: number | null;
  @Field(() => CiAuthorityView, { nullable: true, description: 'What making it rested on.' }) authority!: CiAuthorityView | null;
  @Field(() => CiAuthorityView, { nullable: true, description: 'What ending it rested on.' }) endedAuthority!: CiAuthorityView | null;
}

@ObjectType({ description: 'How many of what it has over a type of relation an item needs (CMDB-04).' })
export class CiRedundancyView {
  @Field(() => String, { description: 'Type of relation.' }) type!: string;
  @Field(() => Int, { description: 'How many it needs.' }) required!: number;
  @Field(() => Int, { description: 'How many it has.' }) has!: number;
}

@ObjectType({ description: 'A look at the thing beside the register (CMDB-11).' })
export class CiComparisonView {
  @Field(() => ID, { description: 'Id.' }) id!: string;
  @Field(() => String, { description: 'Why it was opened.' }) reason!: string;
  @Field(() => DateTime, { description: 'When.' }) openedAt!: number;
  @Field(() => String, { description: 'By whom.' }) openedByName!: string;
  @Field(() => String, { nullable: true, description: 'same or different; null while it is open.' }) finding!: string | null;
  @Field(() => String, { nullable: true, description: 'What differs.' }) note!: string | null;
  @Field(() => DateTime, { nullable: true, description: 'When it was closed.' }) closedAt!: number | null;
  @Field(() => String, { nullable: true, description: 'By whom.' }) closedByName!: string | null;
}

@ObjectType({ description: 'An alteration of a controlled item without a change (CMDB-06).' })
export class CiExceptionView {
  @Field(() => ID, { description: 'Id.' }) id!: string;
  @Field(() => String, { description: 'Why.' }) reason!: string;
  @Field(() => GraphQLJSON, { description: 'What was altered.' }) alteration!: Record<string, unknown>;
  @Field(() => DateTime, { description: 'When.' }) recordedAt!: number;
  @Field(() => String, { description: 'By whom.' }) recordedByName!: string;
}

@ObjectType({ description: 'A set of items as it stood (CMDB-05). Never edited; a newer one takes its place.' })
export class CiBaselineView {
  @Field(() => ID, { description: 'Id.' }) id!: string;
  @Field(() => String, { description: 'Name.' }) name!: string;
  @Field(() => String, { nullable: true, description: 'What it is for.' }) description!: string | null;
  @Field(() => ID, { nullable: true, description: 'Customer.' }) customerId!: string | null;
  @Field(() => ID, { nullable: true, description: 'The baseline whose place it took.' }) replacesId!: string | null;
  @Field(() => DateTime, { description: 'When.' }) takenAt!: number;
  @Field(() => String, { description: 'By whom.' }) takenByName!: string;
  @Field(() => Int, { description: 'How many items.' }) ciCount!: number;
}

@ObjectType({ description: 'A relation of a baseline.' })
export class CiBaselineRelation {
  @Field(() => String, { description: 'Type.' }) type!: string;
  @Field(() => ID, { description: 'The item at its other end.' }) targetId!: string;
}

@ObjectType({ description: 'What became of an item of a baseline.' })
export class CiBaselineDifference {
  @Field(() => ID, { description: 'The item.' }) ciId!: string;
  @Field(() => String, { description: 'Name.' }) name!: string;
  @Field(() => String, { description: 'Class.' }) class!: string;
  @Field(() => String, { description: 'added, removed or changed.' }) kind!: string;
  @Field(() => [CiFieldDifference], { description: 'Fields that differ.' }) fields!: readonly CiFieldDifference[];
  @Field(() => [CiBaselineRelation], { description: 'Relations that came.' }) relationsAdded!: readonly CiBaselineRelation[];
  @Field(() => [CiBaselineRelation], { description: 'Relations that went.' }) relationsEnded!: readonly CiBaselineRelation[];
}

@ObjectType({ description: 'A baseline beside another, or beside the register.' })
export class CiBaselineComparison {
  @Field(() => Int, { description: 'Items that are the same.' }) same!: number;
  @Field(() => [CiBaselineDifference], { description: 'Items that differ, by name.' }) differences!: CiBaselineDifference[];
}

@ObjectType({ description: 'One field to set back.' })
export class CiRestoreField {
  @Field(() => String, { description: 'Name of the field; of an attribute attributes.KEY.' }) field!: string;
  @Field(() => GraphQLJSON, { nullable: true, description: 'As it is.' }) from!: unknown;
  @Field(() => GraphQLJSON, { nullable: true, description: 'As it was.' }) to!: unknown;
}

@ObjectType({ description: 'An alteration that would bring an item back to its baseline.' })
export class CiRestoreStep {
  @Field(() => ID, { description: 'The item.' }) ciId!: string;
  @Field(() => String, { description: 'Name.' }) name!: string;
  @Field(() => String, { description: 'Class.' }) class!: string;
  @Field(() => Boolean, { description: 'Whether it needs a change or an exception (CMDB-06).' }) controlled!: boolean;
  @Field(() => Int, { description: 'The version that the plan is based on.' }) expectedVersion!: number;
  @Field(() => [CiRestoreField], { description: 'Fields to set back.' }) fields!: readonly CiRestoreField[];
  @Field(() => [CiBaselineRelation], { description: 'Relations to make again.' }) relate!: readonly CiBaselineRelation[];
  @Field(() => [CiBaselineRelation], { description: 'Relations to end.' }) end!: readonly CiBaselineRelation[];
}

@ObjectType({ description: 'Answer to takeCiBaseline.' })
export class CiBaselinePayload {
  @Field(() => CiBaselineView, { nullable: true, description: 'The baseline.' }) baseline!: CiBaselineView | null;
  @Field(() => [UserError], { description: 'Why not.' }) userErrors!: UserError[];
}
