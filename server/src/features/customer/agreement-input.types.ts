import { GraphQLJSON } from 'graphql-scalars';
import { Field, ID, InputType, Int } from 'type-graphql';
import { DateTime } from '../../platform/graphql/scalars.ts';

@InputType({ description: 'Terms of an agreement.' })
class AgreementTermsFields {
  @Field(() => String, { description: 'Name.' }) name!: string;
  @Field(() => String, { nullable: true, description: 'Key of a tier; null: the level table alone (D-32).' }) tier?: string | null;
  @Field(() => ID, { description: 'Calendar in which LV3 and LV4 run (D-01).' }) calendarId!: string;
  @Field(() => GraphQLJSON, { nullable: true, description: 'Own targets, per level or for "any", e.g. {"LV1":{"resolution":{"minutes":240}}}.' }) targets?: unknown;
  @Field(() => [String], { nullable: true, description: 'Channels besides the telephone whose contact counts as a response (D-06).' }) responseChannels?: string[] | null;
  @Field(() => GraphQLJSON, { nullable: true, description: 'Own criteria and examples of levels (INC-26).' }) levelCriteria?: unknown;
  @Field(() => String, { nullable: true, description: 'How often it is reported on.' }) reportingCadence?: string | null;
  @Field(() => DateTime, { description: 'First instant in force.' }) startsAt!: number;
  @Field(() => DateTime, { description: 'First instant no longer in force.' }) endsAt!: number;
  @Field(() => ID, { nullable: true, description: 'SLA owner SLA负责人.' }) slaOwnerId?: string | null;
  @Field(() => ID, { nullable: true, description: 'Service manager 服务经理.' }) serviceManagerId?: string | null;
  @Field(() => ID, { nullable: true, description: 'Service delivery manager 服务交付经理.' }) serviceDeliveryManagerId?: string | null;
  @Field(() => ID, { nullable: true, description: 'Project manager 项目经理.' }) projectManagerId?: string | null;
  @Field(() => ID, { nullable: true, description: 'Department manager 部门经理.' }) departmentManagerId?: string | null;
  @Field(() => ID, { nullable: true, description: 'Technical manager 技术经理.' }) technicalManagerId?: string | null;
}

@InputType({ description: 'An agreement to conclude (AGR-03).' })
export class CreateAgreementInput extends AgreementTermsFields {
  @Field(() => ID, { description: 'The customer.' }) customerId!: string;
  @Field(() => ID, { nullable: true, description: 'The project.' }) projectId?: string | null;
  @Field(() => String, { description: 'Number, unique.' }) number!: string;
}

@InputType({ description: 'New terms of an agreement, as a whole.' })
export class UpdateAgreementInput extends AgreementTermsFields {
  @Field(() => ID, { description: 'The agreement.' }) id!: string;
  @Field(() => Int, { description: 'The version that the change is based on.' }) expectedVersion!: number;
}

@InputType({ description: 'One line: what it names must all be so for it to apply; null stands for any (AGR-08).' })
export class AgreementLineInput {
  @Field(() => ID, { nullable: true, description: 'The service.' }) serviceId?: string | null;
  @Field(() => ID, { nullable: true, description: 'The site.' }) siteId?: string | null;
  @Field(() => String, { nullable: true, description: 'The department.' }) department?: string | null;
  @Field(() => ID, { nullable: true, description: 'The configuration item.' }) ciId?: string | null;
  @Field(() => String, { nullable: true, description: "A tier in place of the agreement's." }) tier?: string | null;
  @Field(() => ID, { nullable: true, description: "A calendar in place of the agreement's." }) calendarId?: string | null;
  @Field(() => GraphQLJSON, { nullable: true, description: 'Own targets.' }) targets?: unknown;
}

@InputType({ description: 'All lines of an agreement.' })
export class SetAgreementLinesInput {
  @Field(() => ID, { description: 'The agreement.' }) id!: string;
  @Field(() => Int, { description: 'The version that the change is based on.' }) expectedVersion!: number;
  @Field(() => [AgreementLineInput], { description: 'At most 500; none at all covers everything.' }) lines!: AgreementLineInput[];
}
