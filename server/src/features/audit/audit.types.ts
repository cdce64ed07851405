import { GraphQLJSON } from 'graphql-scalars';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { UserError } from '../../platform/graphql/payload.types.ts';
import { DateTime, Seq } from '../../platform/graphql/scalars.ts';

@ObjectType({ description: 'One entry of the audit trail: who, when, what, before, after, why, from where (ORG-05).' })
export class AuditEntry {
  @Field(() => Seq, { description: 'Position in the log; it grows by one, without gaps.' })
  seq!: number;

  @Field(() => String, { description: 'What happened, e.g. incident.suspended.' })
  type!: string;

  @Field(() => String, { description: 'Kind of the record it happened to.' })
  subjectKind!: string;

  @Field(() => ID, { description: 'The record it happened to.' })
  subjectId!: string;

  @Field(() => String, { description: 'Who did it.' })
  actorName!: string;

  @Field(() => ID, { description: 'Id of the person or token; the name of the job for the system.' })
  actorId!: string;

  @Field(() => String, { description: 'From where: channel and address.' })
  origin!: string;

  @Field(() => String, { nullable: true, description: 'The person of another system for whom an integrator acted.' })
  onBehalfOf!: string | null;

  @Field(() => DateTime, { description: 'When it happened.' })
  occurredAt!: number;

  @Field(() => DateTime, { description: 'When it was written down.' })
  recordedAt!: number;

  @Field(() => GraphQLJSON, { nullable: true, description: 'What was before.' })
  before!: unknown;

  @Field(() => GraphQLJSON, { nullable: true, description: 'What is since.' })
  after!: unknown;

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason!: string | null;

  @Field(() => Boolean, { description: 'Personal data was erased from it.' })
  redacted!: boolean;
}

@ObjectType({ description: 'A page of the audit trail, oldest first.' })
export class AuditTrail {
  @Field(() => [AuditEntry], { description: 'The entries.' })
  entries!: AuditEntry[];

  @Field(() => Boolean, { description: 'Whether there is more.' })
  hasNextPage!: boolean;

  @Field(() => Seq, { nullable: true, description: 'Give it as "after" for the next page.' })
  endCursor!: number | null;
}

@InputType({ description: 'Personal data to erase from one entry.' })
export class RedactEventInput {
  @Field(() => Seq, { description: 'The entry.' })
  seq!: number;

  @Field(() => String, { description: 'Why; it stays in the entry.' })
  reason!: string;
}

@ObjectType({ description: 'Answer to redactEvent.' })
export class RedactEventPayload {
  @Field(() => AuditEntry, { nullable: true, description: 'The entry as it is now.' })
  entry!: AuditEntry | null;

  @Field(() => [UserError], { description: 'Why not.' })
  userErrors!: UserError[];
}
