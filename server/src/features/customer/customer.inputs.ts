import { GraphQLJSON } from 'graphql-scalars';
import { Field, ID, InputType, Int } from 'type-graphql';
import { DateTime } from '../../platform/graphql/scalars.ts';
import type { HoursOfDay } from '../calendar/calendar.rules.ts';
import { Importance } from './customer.types.ts';

type ImportanceKey = (typeof Importance)[keyof typeof Importance];

@InputType({ description: 'A customer to add.' })
export class CreateCustomerInput {
  @Field(() => String, { description: 'Short name, unique.' }) name!: string;
  @Field(() => String, { description: 'Full registered name.' }) fullName!: string;
  @Field(() => String, { description: 'IANA time zone, e.g. Asia/Shanghai.' }) timeZone!: string;
  @Field(() => Importance, { nullable: true, description: 'NORMAL when left out.' }) importance?: ImportanceKey | null;
}

@InputType({ description: 'What to change of a customer; what is left out stays.' })
export class UpdateCustomerInput {
  @Field(() => ID, { description: 'The customer.' }) id!: string;
  @Field(() => Int, { description: 'The version that the change is based on.' }) expectedVersion!: number;
  @Field(() => String, { nullable: true, description: 'Short name.' }) name?: string;
  @Field(() => String, { nullable: true, description: 'Full name.' }) fullName?: string;
  @Field(() => String, { nullable: true, description: 'IANA time zone.' }) timeZone?: string;
  @Field(() => Importance, { nullable: true, description: 'Importance.' }) importance?: ImportanceKey | null;
  @Field(() => Boolean, { nullable: true, description: 'False once it has left; refused while something needs it (customerUses).' }) active?: boolean | null;
}

@InputType({ description: 'A place of a customer.' })
export class CreateSiteInput {
  @Field(() => ID, { description: 'The customer.' }) customerId!: string;
  @Field(() => String, { description: 'Name.' }) name!: string;
  @Field(() => String, { nullable: true, description: 'Address.' }) address?: string | null;
}

@InputType({ description: 'A project of a customer.' })
export class CreateProjectInput {
  @Field(() => ID, { description: 'The customer.' }) customerId!: string;
  @Field(() => String, { description: "The provider's project number, unique." }) number!: string;
  @Field(() => String, { description: 'Name.' }) name!: string;
  @Field(() => ID, { nullable: true, description: 'Project manager.' }) managerId?: string | null;
  @Field(() => DateTime, { nullable: true, description: 'Start.' }) startsAt?: number | null;
  @Field(() => DateTime, { nullable: true, description: 'End, not included.' }) endsAt?: number | null;
}

@InputType({ description: 'A service for the catalogue.' })
export class CreateServiceInput {
  @Field(() => String, { description: 'Short key, unique.' }) key!: string;
  @Field(() => String, { description: 'English name.' }) name!: string;
  @Field(() => String, { description: 'Chinese name.' }) nameZh!: string;
  @Field(() => ID, { nullable: true, description: 'First line.' }) firstLineTeamId?: string | null;
  @Field(() => ID, { nullable: true, description: 'Second line.' }) secondLineTeamId?: string | null;
  @Field(() => ID, { nullable: true, description: 'Third line or vendor.' }) thirdLineTeamId?: string | null;
  @Field(() => [ID], { nullable: true, description: 'Configuration items that it depends on.' }) ciIds?: string[] | null;
}

@InputType({ description: "A customer's own hours on one date." })
export class SetCustomerDateInput {
  @Field(() => ID, { description: 'The customer.' }) customerId!: string;
  @Field(() => String, { description: 'The date, e.g. 2026-02-14.' }) date!: string;
  @Field(() => GraphQLJSON, { nullable: true, description: 'Pairs of times such as [["09:00","18:00"]]; [] is closed; null follows the calendar again.' }) hours!: HoursOfDay | null;
  @Field(() => String, { nullable: true, description: 'Its name.' }) name?: string | null;
  @Field(() => String, { nullable: true, description: 'Why; needed for a date that has passed (D-22).' }) reason?: string | null;
}
