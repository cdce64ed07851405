import { Field, ID, Int, ObjectType } from 'type-graphql';
import { GraphQLJSON } from 'graphql-scalars';
import { DateTime, Seq } from '../../platform/graphql/scalars.ts';
import { TicketKind } from './ticket.types.ts';

@ObjectType({ description: 'A CI that a record concerns (INC-13).' })
export class CiLinkView {
  @Field(() => ID, { description: 'Id of the CI.' })
  id!: string;

  @Field(() => String, { description: 'Name of the CI.' })
  name!: string;

  @Field(() => String, { description: 'Class of the CI.' })
  class!: string;

  @Field(() => Boolean, { description: 'Whether the fault was traced to it.' })
  cause!: boolean;
}

@ObjectType({ description: 'A file at a record (INC-03).' })
export class AttachmentView {
  @Field(() => ID, { description: 'Id; the file is at /attachments/ID.' })
  id!: string;

  @Field(() => String, { description: 'File name.' })
  name!: string;

  @Field(() => String, { description: 'Media type, as uploaded.' })
  mediaType!: string;

  @Field(() => Int, { description: 'Size in bytes.' })
  size!: number;

  @Field(() => String, { description: 'SHA-256 of the content, hexadecimal.' })
  sha256!: string;

  @Field(() => String, { nullable: true, description: 'Which demanded paper it is, e.g. change-plan (CHG-10).' })
  paper!: string | null;

  @Field(() => Boolean, { description: 'Whether the customer sees it.' })
  customerVisible!: boolean;

  @Field(() => DateTime, { description: 'When it was attached.' })
  recordedAt!: number;

  @Field(() => String, { description: 'By whom.' })
  author!: string;
}

@ObjectType({ description: 'What an action still lacks.' })
export class ActionLack {
  @Field(() => String, { description: 'Code, as in userErrors.' })
  code!: string;

  @Field(() => String, { description: 'One sentence.' })
  message!: string;

  @Field(() => String, { nullable: true, description: 'The field it is about.' })
  field!: string | null;
}

@ObjectType({ description: 'An action, whether the signed-in person may take it now, and what it lacks (API-03).' })
export class AvailableActionView {
  @Field(() => String, { description: 'Name of the mutation.' })
  action!: string;

  @Field(() => Boolean, { description: 'Possible now.' })
  allowed!: boolean;

  @Field(() => [ActionLack], { description: 'What is missing, or who would be allowed.' })
  lacks!: ActionLack[];
}

@ObjectType({ description: 'An entry of a record\'s history, from the event log.' })
export class TimelineEntry {
  @Field(() => Seq, { description: 'Position in the event log.' })
  seq!: number;

  @Field(() => String, { description: 'Type of event, e.g. incident.suspended.' })
  type!: string;

  @Field(() => DateTime, { description: 'When it happened.' })
  occurredAt!: number;

  @Field(() => DateTime, { description: 'When it was recorded.' })
  recordedAt!: number;

  @Field(() => String, { description: 'Who.' })
  actor!: string;

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason!: string | null;

  @Field(() => GraphQLJSON, { nullable: true, description: 'Before.' })
  before!: unknown;

  @Field(() => GraphQLJSON, { nullable: true, description: 'After.' })
  after!: unknown;

  @Field(() => String, { nullable: true, description: 'imported or inferred, for history of another system.' })
  mark!: string | null;
}

@ObjectType({ description: 'A record on a CI that this record concerns too (INC-13).' })
export class CiRecordView {
  @Field(() => ID, { description: 'Its id.' })
  id!: string;

  @Field(() => TicketKind, { description: 'What kind of record it is.' })
  recordKind!: string;

  @Field(() => String, { description: 'Its number.' })
  number!: string;

  @Field(() => String, { description: 'Its title.' })
  title!: string;

  @Field(() => Boolean, { description: 'Whether it is still open.' })
  open!: boolean;

  @Field(() => DateTime, { description: 'When it was opened.' })
  openedAt!: number;

  @Field(() => String, { description: 'Name of the CI.' })
  ci!: string;
}
