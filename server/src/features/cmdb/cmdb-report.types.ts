import { GraphQLJSON } from 'graphql-scalars';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { UserError } from '../../platform/graphql/payload.types.ts';
import { DateTime } from '../../platform/graphql/scalars.ts';
import type { CiStatusReportContent } from './cmdb-report.rules.ts';

@ObjectType({ description: 'A configuration status report as it was issued (CMDB-10).' })
export class CiStatusReportView {
  @Field(() => ID, { description: 'Id.' }) id!: string;
  @Field(() => String, { description: 'Number, CSR-…' }) number!: string;
  @Field(() => ID, { nullable: true, description: 'Whose items; null: the whole register.' }) customerId!: string | null;
  @Field(() => String, { description: 'The month, e.g. 2026-10.' }) month!: string;
  @Field(() => GraphQLJSON, { description: 'What it says: figures, alterations with their change numbers, baselines, unauthorised differences.' }) content!: CiStatusReportContent;
  @Field(() => DateTime, { description: 'When it was issued.' }) issuedAt!: number;
  @Field(() => String, { description: 'By whom.' }) issuedByName!: string;
  @Field(() => String, { description: 'sha256 of the content.' }) digest!: string;
}

@InputType({ description: 'Which report to issue.' })
export class IssueCiStatusReportInput {
  @Field(() => ID, { nullable: true, description: 'Whose items; left out: the whole register.' }) customerId?: string | null;
  @Field(() => String, { description: 'A month that is over, e.g. 2026-10.' }) month!: string;
}

@ObjectType({ description: 'Answer of the issuing of a report.' })
export class CiStatusReportPayload {
  @Field(() => CiStatusReportView, { nullable: true, description: 'The report.' }) report!: CiStatusReportView | null;
  @Field(() => [UserError], { description: 'Why none was issued.' }) userErrors!: UserError[];
}
