import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { UserError } from '../../platform/graphql/payload.types.ts';
import { DateTime } from '../../platform/graphql/scalars.ts';
import { TicketKind } from '../ticket/ticket.types.ts';
import type { ShiftHandoverSection as SectionKey } from './shift-handover.rules.ts';

export const ShiftHandoverState = { DRAFTING: 'drafting', SIGNED: 'signed', QUESTIONED: 'questioned', TAKEN_OVER: 'taken-over' } as const;
registerEnumType(ShiftHandoverState, { name: 'ShiftHandoverState', description: 'Drafting: the leaving leader completes it. Signed: it waits for the next leader. Questioned: sent back. Taken over: done.' });
export const ShiftHandoverSection = { ESCALATIONS: 'escalations', INCIDENTS: 'incidents', HANDOFFS: 'handoffs', SUSPENDED: 'suspended', CHANGES: 'changes' } as const;
registerEnumType(ShiftHandoverSection, { name: 'ShiftHandoverSection', description: 'What a line of a shift handover is about.' });
export const ShiftHandoverAction = { COMPLETE: 'complete', REDRAW: 'redraw', SIGN: 'sign', SEND_BACK: 'sendBack', TAKE_OVER: 'takeOver' } as const;
registerEnumType(ShiftHandoverAction, { name: 'ShiftHandoverAction', description: 'What one may do with a shift handover.' });
type State = (typeof ShiftHandoverState)[keyof typeof ShiftHandoverState];
type Action = (typeof ShiftHandoverAction)[keyof typeof ShiftHandoverAction];

/** A handover as it is read. */
export interface ShiftHandoverRow {
  readonly id: string; readonly version: number; readonly state: State; readonly teamId: string; readonly team: string; readonly teamZh: string;
  readonly startsAt: number; readonly endsAt: number; readonly drawnAt: number; readonly notes: string | null; readonly question: string | null; readonly questionBy: string | null;
  readonly signedAt: number | null; readonly signedById: string | null; readonly signedBy: string | null; readonly takenOverAt: number | null; readonly takenOverBy: string | null;
  readonly sha256: string | null; readonly lineCount: number;
}

@ObjectType({ description: 'One record that is handed over, as it stood when it was drawn up.' })
export class ShiftHandoverLineView {
  @Field(() => ID, { description: 'Id, for its note.' }) id!: string;
  @Field(() => ShiftHandoverSection, { description: 'What it is about.' }) section!: SectionKey;
  @Field(() => TicketKind, { description: 'Kind of the record.' }) recordKind!: string;
  @Field(() => String, { description: 'Number of the record.' }) number!: string;
  @Field(() => String, { description: 'Title of the record.' }) title!: string;
  @Field(() => String, { description: 'Customer.' }) customer!: string;
  @Field(() => String, { nullable: true, description: 'LV1–LV4.' }) level!: string | null;
  @Field(() => String, { nullable: true, description: 'Who holds or implements it.' }) holder!: string | null;
  @Field(() => DateTime, { nullable: true, description: 'What matters: when it is due, was raised, was handed over, should end, begins.' }) at!: number | null;
  @Field(() => String, { nullable: true, description: 'State, escalation step, reason of the handoff, category of the suspension.' }) detail!: string | null;
  @Field(() => String, { nullable: true, description: 'What the leader says to it.' }) note!: string | null;
  @Field(() => Boolean, { description: 'Whether the record is still open now.' }) open!: boolean;
}

@ObjectType({ description: 'Somebody of a shift.' })
export class ShiftPerson {
  @Field(() => ID, { description: 'Id of the person.' }) id!: string;
  @Field(() => String, { description: 'Name.' }) name!: string;
  @Field(() => String, { nullable: true, description: 'Telephone number.' }) phone!: string | null;
}

@ObjectType('ShiftHandover', { description: 'What one shift leader 值班长 hands over to the next (ORG-06).' })
export class ShiftHandoverView {
  @Field(() => ID, { description: 'Id.' }) id!: string;
  @Field(() => Int, { description: 'Give it as expectedVersion with a change.' }) version!: number;
  @Field(() => ShiftHandoverState, { description: 'How far it is.' }) state!: State;
  @Field(() => ID, { description: 'The team.' }) teamId!: string;
  @Field(() => String, { description: "The team's English name." }) team!: string;
  @Field(() => String, { description: "The team's Chinese name." }) teamZh!: string;
  @Field(() => DateTime, { description: 'Start of the shift that ends.' }) startsAt!: number;
  @Field(() => DateTime, { description: 'End of the shift.' }) endsAt!: number;
  @Field(() => DateTime, { description: 'When its lines were drawn up.' }) drawnAt!: number;
  @Field(() => String, { nullable: true, description: 'Notes to the whole.' }) notes!: string | null;
  @Field(() => String, { nullable: true, description: 'What the next leader asked.' }) question!: string | null;
  @Field(() => String, { nullable: true, description: 'Who asked.' }) questionBy!: string | null;
  @Field(() => DateTime, { nullable: true, description: 'When it was signed.' }) signedAt!: number | null;
  @Field(() => String, { nullable: true, description: 'Who signed.' }) signedBy!: string | null;
  @Field(() => DateTime, { nullable: true, description: 'When it was taken over.' }) takenOverAt!: number | null;
  @Field(() => String, { nullable: true, description: 'Who took it over.' }) takenOverBy!: string | null;
  @Field(() => String, { nullable: true, description: 'SHA-256 of what was signed.' }) sha256!: string | null;
  @Field(() => Int, { description: 'How many lines it has.' }) lineCount!: number;
}

@InputType({ description: 'A shift handover and the version that one has read.' })
export class ShiftHandoverInput {
  @Field(() => ID, { description: 'The handover.' }) id!: string;
  @Field(() => Int, { description: 'The version that the change is based on.' }) expectedVersion!: number;
}

@InputType({ description: 'A note to a line.' })
export class ShiftHandoverNoteInput {
  @Field(() => ID, { description: 'The line.' }) id!: string;
  @Field(() => String, { nullable: true, description: 'At most 2,000 characters; blank takes it away.' }) note?: string | null;
}

@InputType({ description: 'Notes to a shift handover; what is left out stays.' })
export class CompleteShiftHandoverInput extends ShiftHandoverInput {
  @Field(() => String, { nullable: true, description: 'To the whole, at most 2,000 characters.' }) notes?: string | null;
  @Field(() => [ShiftHandoverNoteInput], { nullable: true, description: 'To its lines.' }) lines?: ShiftHandoverNoteInput[] | null;
}

@InputType({ description: 'A question to the leaving leader.' })
export class SendShiftHandoverBackInput extends ShiftHandoverInput {
  @Field(() => String, { description: 'What is unclear.' }) question!: string;
}

@InputType({ description: 'The team whose shift ends.' })
export class DrawUpShiftHandoverInput {
  @Field(() => ID, { description: 'The team.' }) teamId!: string;
}

@ObjectType({ description: 'Answer to a change of a shift handover.' })
export class ShiftHandoverPayload {
  @Field(() => ShiftHandoverView, { nullable: true, description: 'The handover as it is now.' }) shiftHandover!: ShiftHandoverRow | null;
  @Field(() => [UserError], { description: 'Why not.' }) userErrors!: UserError[];
}

export type AvailableShiftAction = Action;
