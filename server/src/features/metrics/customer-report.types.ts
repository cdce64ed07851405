import { Field, Float, ID, Int, InputType, ObjectType } from 'type-graphql';
import { UserError } from '../../platform/graphql/payload.types.ts';
import { DateTime } from '../../platform/graphql/scalars.ts';
import { IncidentLevel } from '../service-level/level.types.ts';
import { MetricFrozenValue, MetricLabel, MetricNoteKind, MetricPeriodView, MetricReportNoteView } from './metrics.types.ts';

@ObjectType({ description: 'A promise that was not kept, and what is known of why (SLM-06).' })
export class MissedPromiseView {
  @Field(() => ID, { description: 'Id of the incident.' }) id!: string;
  @Field(() => String, { description: 'Its number.' }) number!: string;
  @Field(() => String, { description: 'Its title.' }) title!: string;
  @Field(() => IncidentLevel, { description: 'Its level.' }) level!: string;
  @Field(() => String, { description: 'response or resolution.' }) clock!: string;
  @Field(() => DateTime, { description: 'When it was due.' }) dueAt!: number;
  @Field(() => DateTime, { nullable: true, description: 'When it was met; null: not yet, or never.' }) metAt!: number | null;
  @Field(() => Float, { description: 'Wall time of its suspensions, minutes.' }) pendingMinutes!: number;
  @Field(() => [String], { description: 'What it waited for: keys of the vocabulary.' }) pendingReasons!: readonly string[];
  @Field(() => String, { nullable: true, description: 'Class of the cause: key of the vocabulary; null while not known.' }) cause!: string | null;
}

@ObjectType({ description: 'That a report was issued, and what was said of it since.' })
export class CustomerReportIssue {
  @Field(() => String, { description: 'Remarks and suggestions.' }) remark!: string;
  @Field(() => DateTime, { description: 'When.' }) issuedAt!: number;
  @Field(() => String, { description: 'By whom.' }) issuedBy!: string;
  @Field(() => String, { description: 'SHA-256 of what was issued.' }) sha256!: string;
  @Field(() => Boolean, { description: 'Whether what is stored is still what was issued, by its digest.' }) unaltered!: boolean;
  @Field(() => [MetricReportNoteView], { description: 'Corrections, disputes and exclusions, oldest first.' }) notes!: readonly MetricReportNoteView[];
}

@ObjectType({ description: 'The service report of a customer for a month or quarter (SLM-06): frozen once issued, else as it stands now.' })
export class CustomerServiceReport {
  @Field(() => ID, { description: 'Whose.' }) customerId!: string;
  @Field(() => String, { description: 'Short name of the customer.' }) customerName!: string;
  @Field(() => String, { description: 'Zone in which the period begins (D-12).' }) timeZone!: string;
  @Field(() => MetricPeriodView, { description: 'The period.' }) period!: MetricPeriodView;
  @Field(() => DateTime, { description: 'When it was counted; of an issued one when it was issued.' }) asOf!: number;
  @Field(() => MetricLabel, { nullable: true, description: 'The tier that was promised; null: the level table alone (D-32).' }) tier!: MetricLabel | null;
  @Field(() => [MetricFrozenValue], { description: 'Figures with their definitions, everything together first, then each part.' }) figures!: readonly MetricFrozenValue[];
  @Field(() => [MissedPromiseView], { description: 'Missed responses and resolutions, at most 100 of each.' }) missed!: readonly MissedPromiseView[];
  @Field(() => Int, { description: 'How many there are in all.' }) missedTotal!: number;
  @Field(() => CustomerReportIssue, { nullable: true, description: 'Null while it is not issued.' }) issued!: CustomerReportIssue | null;
}

@ObjectType({ description: 'A report that was issued.' })
export class IssuedCustomerReport {
  @Field(() => String, { description: 'Key of the period.' }) period!: string;
  @Field(() => DateTime, { description: 'When.' }) issuedAt!: number;
  @Field(() => String, { description: 'By whom.' }) issuedBy!: string;
}

@InputType({ description: 'Which report to issue.' })
export class IssueCustomerReportInput {
  @Field(() => ID, { description: 'The customer.' }) customerId!: string;
  @Field(() => String, { description: '"2026-11" or "2026-Q4"; it must be over.' }) period!: string;
  @Field(() => String, { nullable: true, description: 'Remarks and suggestions, at most 20,000 characters.' }) remark?: string | null;
  @Field(() => String, { nullable: true, description: 'Same key and body: the first answer again (API-03).' }) idempotencyKey?: string | null;
}

@InputType({ description: 'What is said of an issued report.' })
export class NoteCustomerReportInput {
  @Field(() => ID, { description: 'The customer.' }) customerId!: string;
  @Field(() => String, { description: 'The period.' }) period!: string;
  @Field(() => MetricNoteKind, { description: 'What it is; a customer disputes.' }) kind!: 'correction' | 'dispute' | 'exclusion';
  @Field(() => String, { description: 'The text, at most 20,000 characters.' }) text!: string;
  @Field(() => String, { nullable: true, description: 'Same key and body: the first answer again (API-03).' }) idempotencyKey?: string | null;
}

@ObjectType({ description: 'The report, or why not.' })
export class CustomerReportPayload {
  @Field(() => CustomerServiceReport, { nullable: true, description: 'The report as it is now.' }) report!: CustomerServiceReport | null;
  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' }) userErrors!: UserError[];
}
