import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { PageInfo } from '../../platform/graphql/page.types.ts';
import { UserError } from '../../platform/graphql/payload.types.ts';
import { DateTime } from '../../platform/graphql/scalars.ts';
import type { CensusFinding as FindingKey, CensusKind as KindKey } from './cmdb-census.rules.ts';

export const CensusKind = { CENSUS: 'census', INSPECTION: 'inspection' } as const;
registerEnumType(CensusKind, { name: 'CensusKind', description: 'Half-yearly census 资产普查 or monthly inspection (CMDB-08).' });
export const CensusFinding = { UNCHECKED: 'unchecked', FOUND: 'found', MISSING: 'missing', DIFFERENT: 'different', UNREGISTERED: 'unregistered' } as const;
registerEnumType(CensusFinding, { name: 'CensusFinding', description: 'What was found of an item (CMDB-08).' });
export const CensusResolution = { CHANGE: 'change', REGISTER: 'register', THING: 'thing' } as const;
registerEnumType(CensusResolution, {
  name: 'CensusResolution', description: 'How a difference is resolved (CMDB-08).',
  valuesConfig: { CHANGE: { description: 'A change sees to it.' }, REGISTER: { description: 'The register is corrected now.' }, THING: { description: 'The thing was put right.' } },
});

@ObjectType({ description: 'A field that was found otherwise than the register says.' })
export class CensusDifferenceView {
  @Field(() => String, { description: 'Column of the register.' }) field!: string;
  @Field(() => String, { nullable: true, description: 'In the register.' }) register!: string | null;
  @Field(() => String, { nullable: true, description: 'As found.' }) found!: string | null;
}

@ObjectType({ description: 'An item of a census.' })
export class CensusItemView {
  @Field(() => ID, { description: 'Id.' }) id!: string;
  @Field(() => ID, { nullable: true, description: 'The CI; null: the register does not know it.' }) ciId!: string | null;
  @Field(() => String, { description: 'Name.' }) name!: string;
  @Field(() => String, { nullable: true, description: 'Class in the register.' }) ciClass!: string | null;
  @Field(() => String, { nullable: true, description: 'Key in the register.' }) key!: string | null;
  @Field(() => String, { nullable: true, description: 'Where it should stand.' }) site!: string | null;
  @Field(() => String, { nullable: true, description: 'Where exactly.' }) location!: string | null;
  @Field(() => CensusFinding, { description: 'What was found.' }) finding!: FindingKey;
  @Field(() => [CensusDifferenceView], { description: 'What differs.' }) differences!: readonly CensusDifferenceView[];
  @Field(() => String, { nullable: true, description: 'Note.' }) note!: string | null;
  @Field(() => DateTime, { nullable: true, description: 'When it was looked at.' }) checkedAt!: number | null;
  @Field(() => String, { nullable: true, description: 'By whom.' }) checkedByName!: string | null;
  @Field(() => String, { nullable: true, description: 'change or correction; null: not resolved, or nothing to resolve.' }) resolution!: string | null;
  @Field(() => String, { nullable: true, description: 'The number of the change, or what was corrected.' }) resolvedBy!: string | null;
  @Field(() => String, { nullable: true, description: 'By whom.' }) resolvedByName!: string | null;
}

@ObjectType({ description: 'A page of items.' })
export class CensusItemPage {
  @Field(() => [CensusItemView], { description: 'By place and name.' }) nodes!: readonly CensusItemView[];
  @Field(() => PageInfo, { description: 'Where the page stands.' }) pageInfo!: PageInfo;
}

@ObjectType({ description: 'A census 资产普查 or an inspection (CMDB-08).' })
export class CensusView {
  @Field(() => ID, { description: 'Id.' }) id!: string;
  @Field(() => String, { description: 'Number, CEN-…' }) number!: string;
  @Field(() => CensusKind, { description: 'Census or inspection.' }) kind!: KindKey;
  @Field(() => String, { description: 'proposed, running or closed.' }) state!: string;
  @Field(() => ID, { nullable: true, description: 'Whose items; null: everybody’s.' }) customerId!: string | null;
  @Field(() => String, { nullable: true, description: 'Name of the customer.' }) customerName!: string | null;
  @Field(() => String, { nullable: true, description: 'Only this class.' }) ciClass!: string | null;
  @Field(() => String, { nullable: true, description: 'Only at this place.' }) site!: string | null;
  @Field(() => DateTime, { description: 'When it was proposed.' }) proposedAt!: number;
  @Field(() => DateTime, { description: 'When it is to be done.' }) dueAt!: number;
  @Field(() => DateTime, { nullable: true, description: 'When it began.' }) startedAt!: number | null;
  @Field(() => String, { nullable: true, description: 'Who began it.' }) startedByName!: string | null;
  @Field(() => DateTime, { nullable: true, description: 'When it was closed.' }) closedAt!: number | null;
  @Field(() => String, { nullable: true, description: 'Who closed it.' }) closedByName!: string | null;
  @Field(() => Int, { description: 'Give it as expectedVersion.' }) version!: number;
  @Field(() => Int, { description: 'Items in all.' }) items!: number;
  @Field(() => Int, { description: 'Not looked at yet.' }) unchecked!: number;
  @Field(() => Int, { description: 'As the register says.' }) found!: number;
  @Field(() => Int, { description: 'Not there.' }) missing!: number;
  @Field(() => Int, { description: 'Otherwise than the register says.' }) different!: number;
  @Field(() => Int, { description: 'There, but not in the register.' }) unregistered!: number;
  @Field(() => Int, { description: 'Differences without a change and without a correction.' }) open!: number;
}

@InputType({ description: 'Begins a census: a proposed one by its id, or a new one of a scope.' })
export class StartCensusInput {
  @Field(() => ID, { nullable: true, description: 'One that was proposed.' }) id?: string | null;
  @Field(() => CensusKind, { nullable: true, description: 'CENSUS when left out.' }) kind?: KindKey | null;
  @Field(() => ID, { nullable: true, description: 'Only items of this customer.' }) customerId?: string | null;
  @Field(() => String, { nullable: true, description: 'Only this class.' }) ciClass?: string | null;
  @Field(() => String, { nullable: true, description: 'Only at this place.' }) site?: string | null;
  @Field(() => DateTime, { nullable: true, description: 'When it is to be done; in 14 days when left out.' }) dueAt?: number | null;
}

@InputType({ description: 'A field that was found otherwise than the register says.' })
export class CensusDifferenceInput {
  @Field(() => String, { description: 'Column of the register, e.g. serial.' }) field!: string;
  @Field(() => String, { nullable: true, description: 'In the register.' }) register?: string | null;
  @Field(() => String, { nullable: true, description: 'As found.' }) found?: string | null;
}

@InputType({ description: 'What was found of an item.' })
export class RecordFindingInput {
  @Field(() => ID, { description: 'The item of the census.' }) itemId!: string;
  @Field(() => CensusFinding, { description: 'FOUND, MISSING or DIFFERENT.' }) finding!: FindingKey;
  @Field(() => [CensusDifferenceInput], { nullable: true, description: 'With DIFFERENT: what.' }) differences?: CensusDifferenceInput[] | null;
  @Field(() => String, { nullable: true, description: 'Note.' }) note?: string | null;
}

@InputType({ description: 'Something that stands there and is not in the register.' })
export class RecordUnregisteredInput {
  @Field(() => ID, { description: 'The census.' }) censusId!: string;
  @Field(() => String, { description: 'What it is.' }) name!: string;
  @Field(() => String, { nullable: true, description: 'Note, e.g. serial number and place.' }) note?: string | null;
}

@InputType({ description: 'Ends a census.' })
export class CloseCensusInput {
  @Field(() => ID, { description: 'The census.' }) id!: string;
  @Field(() => Int, { description: 'The version that was looked at.' }) expectedVersion!: number;
}

@ObjectType({ description: 'Answer of a command on a census.' })
export class CensusPayload {
  @Field(() => CensusView, { nullable: true, description: 'The census as it is now.' }) census!: CensusView | null;
  @Field(() => [UserError], { description: 'Why nothing was done.' }) userErrors!: UserError[];
}

@ObjectType({ description: 'Answer of a command on an item of a census.' })
export class CensusItemPayload {
  @Field(() => ID, { nullable: true, description: 'Id of the item.' }) itemId!: string | null;
  @Field(() => [UserError], { description: 'Why nothing was done.' }) userErrors!: UserError[];
}
