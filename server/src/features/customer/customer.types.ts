import { GraphQLJSON } from 'graphql-scalars';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Node } from '../../platform/graphql/node.types.ts';
import { PageInfo } from '../../platform/graphql/page.types.ts';
import { UserError } from '../../platform/graphql/payload.types.ts';
import { DateTime } from '../../platform/graphql/scalars.ts';
import type { HoursOfDay } from '../calendar/calendar.rules.ts';
import { IncidentLevel } from '../service-level/level.types.ts';
import type { Level } from '../service-level/service-level.rules.ts';

export const Importance = { NORMAL: 'normal', IMPORTANT: 'important', KEY: 'key' } as const;
registerEnumType(Importance, { name: 'Importance', description: 'Importance of a customer.' });

@ObjectType({ implements: Node, description: 'A customer 客户 (AGR-01).' })
export class Customer extends Node {
  @Field(() => String, { description: 'Short name, unique.' })
  name!: string;

  @Field(() => String, { description: 'Full registered name.' })
  fullName!: string;

  @Field(() => String, { description: 'IANA time zone.' })
  timeZone!: string;

  @Field(() => Importance, { description: 'Importance.' })
  importance!: string;

  @Field(() => Boolean, { description: 'False once the customer has left.' })
  active!: boolean;

  @Field(() => Int, { description: 'Give it as expectedVersion with a change.' })
  version!: number;
}

@ObjectType({ description: 'A place of a customer.' })
export class Site {
  @Field(() => ID, { description: 'Id.' })
  id!: string;

  @Field(() => String, { description: 'Name.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Address.' })
  address!: string | null;

  @Field(() => Boolean, { description: 'False once it is given up.' })
  active!: boolean;

  @Field(() => Int, { description: 'Give it as expectedVersion with a change.' })
  version!: number;
}

@ObjectType({ description: 'A project of a customer.' })
export class Project {
  @Field(() => ID, { description: 'Id.' })
  id!: string;

  @Field(() => String, { description: "The provider's project number." })
  number!: string;

  @Field(() => String, { description: 'Name.' })
  name!: string;

  @Field(() => DateTime, { nullable: true, description: 'Start.' })
  startsAt!: number | null;

  @Field(() => DateTime, { nullable: true, description: 'End, not included.' })
  endsAt!: number | null;

  @Field(() => ID, { nullable: true, description: 'Project manager.' })
  managerId!: string | null;

  @Field(() => Int, { description: 'Give it as expectedVersion with a change.' })
  version!: number;
}

@ObjectType({ description: "A customer's own hours on one date (CAL-05)." })
export class CustomerDate {
  @Field(() => String, { description: 'The date, e.g. 2026-02-14.' })
  date!: string;

  @Field(() => GraphQLJSON, { nullable: true, description: 'Pairs of times; [] is closed; null follows the calendar.' })
  hours!: HoursOfDay | null;

  @Field(() => String, { nullable: true, description: 'Its name.' })
  name!: string | null;
}

@ObjectType({ implements: Node, description: 'A service of the catalogue (AGR-06).' })
export class Service extends Node {
  @Field(() => String, { description: 'Short key.' })
  key!: string;

  @Field(() => String, { description: 'English name.' })
  name!: string;

  @Field(() => String, { description: 'Chinese name.' })
  nameZh!: string;

  @Field(() => [ID], { description: 'Configuration items that it depends on.' })
  ciIds!: readonly string[];

  @Field(() => Boolean, { description: 'False once it is out of the catalogue.' })
  active!: boolean;

  @Field(() => Int, { description: 'Give it as expectedVersion with a change.' })
  version!: number;

  @Field(() => ID, { nullable: true, description: 'Team of the first line.' })
  firstLineTeamId!: string | null;

  @Field(() => ID, { nullable: true, description: 'Team of the second line.' })
  secondLineTeamId!: string | null;

  @Field(() => ID, { nullable: true, description: 'Team of the third line, or vendor.' })
  thirdLineTeamId!: string | null;
}

@ObjectType({ implements: Node, description: 'A service agreement 服务协议 (AGR-03).' })
export class Agreement extends Node {
  @Field(() => String, { description: 'Number, unique.' })
  number!: string;

  @Field(() => String, { description: 'Name.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Key of its tier; null: the level table alone (D-32).' })
  tier!: string | null;

  @Field(() => GraphQLJSON, { description: 'Its own targets, per level or for "any" (AGR-05).' })
  targets!: unknown;

  @Field(() => [String], { description: 'Channels besides the telephone whose contact counts as a response (D-06).' })
  responseChannels!: readonly string[];

  @Field(() => String, { nullable: true, description: 'How often it is reported on.' })
  reportingCadence!: string | null;

  @Field(() => DateTime, { description: 'First instant in force.' })
  startsAt!: number;

  @Field(() => DateTime, { description: 'First instant no longer in force.' })
  endsAt!: number;

  @Field(() => DateTime, { nullable: true, description: 'When its end was announced.' })
  renewalWarnedAt!: number | null;

  @Field(() => Int, { description: 'Give it as expectedVersion with a change.' })
  version!: number;

  @Field(() => ID, { description: 'The customer.' })
  customerId!: string;

  @Field(() => ID, { description: 'Its calendar.' })
  calendarId!: string;

  @Field(() => GraphQLJSON, { nullable: true, description: 'Its own criteria and examples of levels (INC-26).' })
  levelCriteria?: unknown;

  @Field(() => ID, { nullable: true, description: 'SLA owner SLA负责人.' })
  slaOwnerId!: string | null;

  @Field(() => ID, { nullable: true, description: 'Service manager 服务经理.' })
  serviceManagerId!: string | null;

  @Field(() => ID, { nullable: true, description: 'Service delivery manager 服务交付经理.' })
  serviceDeliveryManagerId!: string | null;

  @Field(() => ID, { nullable: true, description: 'Project manager 项目经理.' })
  projectManagerId!: string | null;

  @Field(() => ID, { nullable: true, description: 'Department manager 部门经理.' })
  departmentManagerId!: string | null;

  @Field(() => ID, { nullable: true, description: 'Technical manager 技术经理.' })
  technicalManagerId!: string | null;
}

@ObjectType({ description: 'An agreement in a page.' })
export class AgreementEdge {
  @Field(() => String, { description: 'Its place in the list.' }) cursor!: string;
  @Field(() => Agreement, { description: 'The agreement.' }) node!: Agreement;
}

@ObjectType({ description: 'A page of agreements, the first to end first.' })
export class AgreementConnection {
  @Field(() => [AgreementEdge], { description: 'The agreements.' }) edges!: AgreementEdge[];
  @Field(() => PageInfo, { description: 'Where the page stands.' }) pageInfo!: PageInfo;
}

@ObjectType({ description: 'What an agreement covers, and with which terms of its own (AGR-08). Null stands for any.' })
export class AgreementLine {
  @Field(() => ID, { description: 'Id.' })
  id!: string;

  @Field(() => ID, { nullable: true, description: 'The service.' })
  serviceId!: string | null;

  @Field(() => ID, { nullable: true, description: 'The site.' })
  siteId!: string | null;

  @Field(() => String, { nullable: true, description: 'The department.' })
  department!: string | null;

  @Field(() => ID, { nullable: true, description: 'The configuration item.' })
  ciId!: string | null;

  @Field(() => String, { nullable: true, description: "Its tier; null: the agreement's." })
  tier!: string | null;

  @Field(() => ID, { nullable: true, description: "Its calendar; null: the agreement's." })
  calendarId!: string | null;

  @Field(() => GraphQLJSON, { description: 'Its own targets.' })
  targets!: unknown;
}

@ObjectType({ description: 'A customer in a page.' })
export class CustomerEdge {
  @Field(() => String, { description: 'Its place in the list.' })
  cursor!: string;

  @Field(() => Customer, { description: 'The customer.' })
  node!: Customer;
}

@ObjectType({ description: 'A page of customers by name.' })
export class CustomerConnection {
  @Field(() => [CustomerEdge], { description: 'The customers.' })
  edges!: CustomerEdge[];

  @Field(() => PageInfo, { description: 'Where the page stands.' })
  pageInfo!: PageInfo;
}

@ObjectType({ description: 'Whether an agreement covers what is asked about (INC-23).' })
export class Coverage {
  @Field(() => Boolean, { description: 'Whether one does.' })
  covered!: boolean;

  @Field(() => Agreement, { nullable: true, description: 'The agreement.' })
  agreement!: Agreement | null;

  @Field(() => String, { nullable: true, description: 'The line that applies, by what it names; null: the agreement as a whole.' })
  line!: string | null;

  @Field(() => String, { description: 'Which agreement covers it, or why none does.' })
  reason!: string;
}

@ObjectType({ description: 'Written criteria and examples of a level (INC-26).' })
export class LevelCriterion {
  @Field(() => IncidentLevel, { description: 'The level.' })
  level!: Level;

  @Field(() => String, { description: '中文名称' })
  labelZh!: string;

  @Field(() => String, { description: 'English name.' })
  labelEn!: string;

  @Field(() => String, { description: "The criteria in the asker's language." })
  criteria!: string;

  @Field(() => String, { description: "Examples in the asker's language." })
  examples!: string;

  @Field(() => Boolean, { description: "Whether they are the agreement's own words." })
  own!: boolean;
}

@ObjectType({ description: 'Answer to a change of a customer.' })
export class CustomerPayload {
  @Field(() => Customer, { nullable: true, description: 'The customer as it is now.' })
  customer!: Customer | null;

  @Field(() => [UserError], { description: 'Why not.' })
  userErrors!: UserError[];
}

@ObjectType({ description: 'Answer to createSite.' })
export class SitePayload {
  @Field(() => Site, { nullable: true, description: 'The site.' })
  site!: Site | null;

  @Field(() => [UserError], { description: 'Why not.' })
  userErrors!: UserError[];
}

@ObjectType({ description: 'Answer to createProject.' })
export class ProjectPayload {
  @Field(() => Project, { nullable: true, description: 'The project.' })
  project!: Project | null;

  @Field(() => [UserError], { description: 'Why not.' })
  userErrors!: UserError[];
}

@ObjectType({ description: 'Answer to createService.' })
export class ServicePayload {
  @Field(() => Service, { nullable: true, description: 'The service.' })
  service!: Service | null;

  @Field(() => [UserError], { description: 'Why not.' })
  userErrors!: UserError[];
}

@ObjectType({ description: 'Answer to setCustomerDate.' })
export class CustomerDatePayload {
  @Field(() => CustomerDate, { nullable: true, description: 'The date as it is now.' })
  customerDate!: CustomerDate | null;

  @Field(() => [UserError], { description: 'Why not.' })
  userErrors!: UserError[];
}

@ObjectType({ description: 'Answer to a change of an agreement.' })
export class AgreementPayload {
  @Field(() => Agreement, { nullable: true, description: 'The agreement as it is now.' })
  agreement!: Agreement | null;

  @Field(() => [UserError], { description: 'Why not.' })
  userErrors!: UserError[];
}
