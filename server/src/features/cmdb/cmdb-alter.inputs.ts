import { GraphQLJSON } from 'graphql-scalars';
import { Field, ID, InputType, Int } from 'type-graphql';
import { CiLife, CiSeal } from './cmdb.types.ts';
import type { CiLife as Life, CiSeal as Seal } from './cmdb.rules.ts';

@InputType({ description: 'What may be said of an item (CMDB-02, CMDB-11). Left out: as it is; null: nothing.' })
export class CiPatchInput {
  @Field(() => String, { nullable: true, description: 'Name.' }) name?: string;
  @Field(() => String, { nullable: true, description: 'Class.' }) class?: string | null;
  @Field(() => CiLife, { nullable: true, description: 'Stage of life.' }) life?: Life | null;
  @Field(() => ID, { nullable: true, description: 'Customer.' }) customerId?: string | null;
  @Field(() => String, { nullable: true, description: 'Owner.' }) ownerName?: string | null;
  @Field(() => String, { nullable: true, description: 'User.' }) userName?: string | null;
  @Field(() => String, { nullable: true, description: 'Site.' }) site?: string | null;
  @Field(() => String, { nullable: true, description: 'Where at the site.' }) location?: string | null;
  @Field(() => String, { nullable: true, description: 'Version of the product.' }) productVersion?: string | null;
  @Field(() => String, { nullable: true, description: 'Model.' }) model?: string | null;
  @Field(() => String, { nullable: true, description: 'Specification.' }) specification?: string | null;
  @Field(() => String, { nullable: true, description: 'Supplier.' }) supplier?: string | null;
  @Field(() => String, { nullable: true, description: 'Contact at the supplier.' }) supplierContact?: string | null;
  @Field(() => String, { nullable: true, description: 'Telephone of the contact.' }) supplierPhone?: string | null;
  @Field(() => String, { nullable: true, description: 'Serial number.' }) serial?: string | null;
  @Field(() => String, { nullable: true, description: 'Serial number of the system.' }) systemSerial?: string | null;
  @Field(() => String, { nullable: true, description: 'Purchase contract number.' }) contractNumber?: string | null;
  @Field(() => String, { nullable: true, description: 'Last day of the warranty, YYYY-MM-DD.' }) warrantyEndsOn?: string | null;
  @Field(() => String, { nullable: true, description: 'Number on its asset label.' }) assetLabel?: string | null;
  @Field(() => String, { nullable: true, description: 'Accessories.' }) accessories?: string | null;
  @Field(() => [String], { nullable: true, description: 'Addresses, at most 20.' }) addresses?: string[] | null;
  @Field(() => [String], { nullable: true, description: 'Responsible persons in order, at most 20.' }) responsible?: string[] | null;
  @Field(() => GraphQLJSON, { nullable: true, description: 'Single attributes by key; null takes one away.' }) attributes?: Record<string, string | null> | null;
}

@InputType({ description: 'An item to take into the register.' })
export class RegisterCiInput {
  @Field(() => String, { description: 'Class.' }) class!: string;
  @Field(() => String, { description: 'Name.' }) name!: string;
  @Field(() => String, { nullable: true, description: 'Key in another register, unique.' }) externalId?: string | null;
  @Field(() => CiSeal, { nullable: true, description: 'Seal; NONE when left out.' }) seal?: Seal | null;
  @Field(() => CiPatchInput, { nullable: true, description: 'What else is known of it; IN_STOCK when no stage of life is given.' }) facts?: CiPatchInput | null;
  @Field(() => String, { nullable: true, description: 'The same key with the same body answers with the first answer.' }) idempotencyKey?: string | null;
}

@InputType({ description: 'An alteration of an item. A controlled one needs a reason here, or alterCiByChange (CMDB-06).' })
export class AlterCiInput {
  @Field(() => ID, { description: 'The item.' }) id!: string;
  @Field(() => Int, { description: 'The version that it is based on.' }) expectedVersion!: number;
  @Field(() => CiPatchInput, { description: 'What to alter.' }) patch!: CiPatchInput;
  @Field(() => String, { nullable: true, description: 'Why it is altered without a change; recorded as an exception. Needs cmdb.control.' }) exceptionReason?: string | null;
  @Field(() => String, { nullable: true, description: 'The same key with the same body answers with the first answer.' }) idempotencyKey?: string | null;
}

@InputType({ description: 'A relation to make.' })
export class RelateCisInput {
  @Field(() => ID, { description: 'The item that e.g. runs on.' }) sourceId!: string;
  @Field(() => String, { description: 'Type, e.g. runs_on.' }) type!: string;
  @Field(() => ID, { description: 'The item that it e.g. runs on.' }) targetId!: string;
  @Field(() => String, { nullable: true, description: 'Why without a change, if one of them is controlled.' }) exceptionReason?: string | null;
  @Field(() => String, { nullable: true, description: 'The same key with the same body answers with the first answer.' }) idempotencyKey?: string | null;
}

@InputType({ description: 'A relation to end.' })
export class EndCiRelationInput {
  @Field(() => ID, { description: 'The relation.' }) relationId!: string;
  @Field(() => String, { nullable: true, description: 'Why without a change, if one of its items is controlled.' }) exceptionReason?: string | null;
  @Field(() => String, { nullable: true, description: 'The same key with the same body answers with the first answer.' }) idempotencyKey?: string | null;
}

@InputType({ description: 'How many of what it has over a type of relation an item needs (CMDB-04).' })
export class SetCiRedundancyInput {
  @Field(() => ID, { description: 'The item.' }) ciId!: string;
  @Field(() => String, { description: 'Type of relation, e.g. member_of, powered_by.' }) type!: string;
  @Field(() => Int, { nullable: true, description: 'How many must stand; null: all.' }) required?: number | null;
  @Field(() => String, { nullable: true, description: 'Why without a change, if it is controlled.' }) exceptionReason?: string | null;
  @Field(() => String, { nullable: true, description: 'The same key with the same body answers with the first answer.' }) idempotencyKey?: string | null;
}

@InputType({ description: 'What a service of the catalogue rests on (AGR-06).' })
export class SetServiceCisInput {
  @Field(() => ID, { description: 'The service.' }) serviceId!: string;
  @Field(() => [ID], { description: 'All items that it rests on, at most 500.' }) ciIds!: string[];
  @Field(() => String, { nullable: true, description: 'The same key with the same body answers with the first answer.' }) idempotencyKey?: string | null;
}

@InputType({ description: 'An item that is known not to be affected (CMDB-04).' })
export class MarkCiNotAffectedInput {
  @Field(() => ID, { description: 'The item.' }) ciId!: string;
  @Field(() => ID, { nullable: true, description: 'The incident or change that it is said for; left out: until it is taken back.' }) ticketId?: string | null;
  @Field(() => String, { description: 'Why.' }) reason!: string;
  @Field(() => String, { nullable: true, description: 'The same key with the same body answers with the first answer.' }) idempotencyKey?: string | null;
}

@InputType({ description: 'A seal found broken (CMDB-11).' })
export class ReportBrokenSealInput {
  @Field(() => ID, { description: 'The item.' }) ciId!: string;
  @Field(() => String, { description: 'What was found.' }) note!: string;
  @Field(() => String, { nullable: true, description: 'The same key with the same body answers with the first answer.' }) idempotencyKey?: string | null;
}

@InputType({ description: 'The end of a comparison of a thing with the register (CMDB-11).' })
export class CloseCiComparisonInput {
  @Field(() => ID, { description: 'The comparison.' }) id!: string;
  @Field(() => String, { description: 'same or different.' }) finding!: string;
  @Field(() => String, { nullable: true, description: 'What differs; needed with "different".' }) note?: string | null;
  @Field(() => Boolean, { defaultValue: false, description: 'Whether it has a new seal now.' }) resealed!: boolean;
  @Field(() => String, { nullable: true, description: 'The same key with the same body answers with the first answer.' }) idempotencyKey?: string | null;
}

@InputType({ description: 'Items to keep as they stand (CMDB-05).' })
export class TakeCiBaselineInput {
  @Field(() => String, { description: 'Name.' }) name!: string;
  @Field(() => String, { nullable: true, description: 'What it is for.' }) description?: string | null;
  @Field(() => [ID], { nullable: true, description: 'The items; or all that fit what follows.' }) ciIds?: string[] | null;
  @Field(() => ID, { nullable: true, description: 'Only of this customer.' }) customerId?: string | null;
  @Field(() => [String], { nullable: true, description: 'Only of these classes.' }) classes?: string[] | null;
  @Field(() => String, { nullable: true, description: 'Only at this site.' }) site?: string | null;
  @Field(() => ID, { nullable: true, description: 'The baseline whose place it takes.' }) replacesId?: string | null;
  @Field(() => String, { nullable: true, description: 'The same key with the same body answers with the first answer.' }) idempotencyKey?: string | null;
}
