import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Node } from '../../platform/graphql/node.types.ts';
import { UserError } from '../../platform/graphql/payload.types.ts';
import { DateTime } from '../../platform/graphql/scalars.ts';
import { CustomerName, TicketKind } from '../ticket/ticket.types.ts';
import type { VendorCaseState as State } from './vendor-case.rules.ts';

export const VendorCaseState = { NUMBER_OWED: 'number-owed', OPEN: 'open', CLOSED: 'closed', DROPPED: 'dropped' } as const satisfies Record<string, State>;
registerEnumType(VendorCaseState, { name: 'VendorCaseState', description: 'State of a vendor case; NUMBER_OWED: demanded by an escalation step, its number not entered yet (VND-05).' });

@ObjectType('Vendor', { description: 'A vendor 原厂商.' })
export class VendorView {
  @Field(() => ID, { description: 'Id.' }) id!: string;
  @Field(() => String, { description: 'Name.' }) name!: string;
  @Field(() => [String], { description: 'Products that cases are opened for.' }) products!: string[];
  @Field(() => String, { nullable: true, description: 'Whom to call.' }) contact!: string | null;
  @Field(() => String, { nullable: true, description: 'Telephone.' }) phone!: string | null;
  @Field(() => String, { nullable: true, description: 'E-mail.' }) email!: string | null;
  @Field(() => Boolean, { description: 'Offered for new cases.' }) active!: boolean;
  @Field(() => Int, { description: 'Version.' }) version!: number;
}

@ObjectType({ description: 'The incident or problem that a vendor case is for.' })
export class VendorCaseRecord {
  @Field(() => ID, { description: 'Id.' }) id!: string;
  @Field(() => String, { description: 'Number.' }) number!: string;
  @Field(() => String, { description: 'Title.' }) title!: string;
  @Field(() => TicketKind, { description: 'Incident or problem.' }) recordKind!: string;
  @Field(() => Boolean, { description: 'Still open.' }) open!: boolean;
}

@ObjectType({ description: 'What the vendor said.' })
export class VendorCaseEntryView {
  @Field(() => ID, { description: 'Id.' }) id!: string;
  @Field(() => String, { description: 'The text.' }) text!: string;
  @Field(() => DateTime, { description: 'When it was recorded.' }) recordedAt!: number;
  @Field(() => String, { description: 'By whom.' }) author!: string;
}

@ObjectType('VendorCase', { implements: Node, description: 'A support case at a vendor 原厂CASE (VND-05).' })
export class VendorCaseView extends Node {
  @Field(() => String, { description: 'Our number, e.g. VND-0000012.' }) number!: string;
  @Field(() => Int, { description: 'Version.' }) version!: number;
  @Field(() => VendorCaseState, { description: 'Where it stands.' }) state!: State;
  @Field(() => VendorView, { nullable: true, description: 'The vendor; null while the number is owed.' }) vendor!: VendorView | null;
  @Field(() => String, { nullable: true, description: 'Product.' }) product!: string | null;
  @Field(() => String, { nullable: true, description: 'The vendor\'s own number; null: owed.' }) caseNumber!: string | null;
  @Field(() => String, { nullable: true, description: 'Whom to ask at the vendor.' }) contact!: string | null;
  @Field(() => CustomerName, { description: 'Customer.' }) customer!: CustomerName;
  @Field(() => VendorCaseRecord, { nullable: true, description: 'What it is for.' }) record!: VendorCaseRecord | null;
  @Field(() => String, { nullable: true, description: 'The escalation step that demanded it.' }) demandedBy!: string | null;
  @Field(() => DateTime, { description: 'When it was opened or demanded.' }) openedAt!: number;
  @Field(() => String, { description: 'By whom.' }) openedBy!: string;
  @Field(() => DateTime, { nullable: true, description: 'When its number was entered.' }) numberEnteredAt!: number | null;
  @Field(() => String, { nullable: true, description: 'By whom.' }) numberEnteredBy!: string | null;
  @Field(() => DateTime, { nullable: true, description: 'When the vendor is to report next.' }) nextUpdateAt!: number | null;
  @Field(() => DateTime, { nullable: true, description: 'When it ended.' }) endedAt!: number | null;
  @Field(() => String, { nullable: true, description: 'Who ended it.' }) endedBy!: string | null;
  @Field(() => String, { nullable: true, description: 'With what result.' }) result!: string | null;
}

@ObjectType({ description: 'Answer of a command on the register of vendors.' })
export class VendorPayload {
  @Field(() => VendorView, { nullable: true, description: 'The vendor; null when it was refused.' }) vendor!: VendorView | null;
  @Field(() => [UserError], { description: 'Why it was refused; empty when it was carried out.' }) userErrors!: UserError[];
}

@ObjectType({ description: 'Answer of a command on a vendor case.' })
export class VendorCasePayload {
  @Field(() => VendorCaseView, { nullable: true, description: 'The case; null when it was refused.' }) vendorCase!: VendorCaseView | null;
  @Field(() => [UserError], { description: 'Why it was refused; empty when it was carried out.' }) userErrors!: UserError[];
}
