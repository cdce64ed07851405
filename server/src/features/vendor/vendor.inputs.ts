import { Field, ID, InputType, Int } from 'type-graphql';
import { DateTime } from '../../platform/graphql/scalars.ts';

@InputType({ description: 'A vendor for the register.' })
export class AddVendorInput {
  @Field(() => String, { description: 'Name; no other vendor has it.' }) name!: string;
  @Field(() => [String], { description: 'Products, 1–50.' }) products!: string[];
  @Field(() => String, { nullable: true, description: 'Whom to call.' }) contact?: string | null;
  @Field(() => String, { nullable: true, description: 'Telephone.' }) phone?: string | null;
  @Field(() => String, { nullable: true, description: 'E-mail.' }) email?: string | null;
  @Field(() => String, { nullable: true, description: '8–200 characters.' }) idempotencyKey?: string | null;
}

@InputType({ description: 'What is known of a vendor from now on.' })
export class ChangeVendorInput extends AddVendorInput {
  @Field(() => ID, { description: 'Which vendor.' }) id!: string;
  @Field(() => Int, { description: 'The version that it was decided on.' }) expectedVersion!: number;
  @Field(() => Boolean, { description: 'Offered for new cases.' }) active!: boolean;
}

@InputType({ description: 'A command on a vendor case.' })
export class VendorCaseCommandInput {
  @Field(() => ID, { description: 'Which case.' }) id!: string;
  @Field(() => Int, { description: 'The version that it was decided on.' }) expectedVersion!: number;
  @Field(() => String, { nullable: true, description: '8–200 characters.' }) idempotencyKey?: string | null;
}

@InputType({ description: 'A case that was opened at a vendor (VND-05).' })
export class OpenVendorCaseInput {
  @Field(() => ID, { description: 'The incident or problem that it is for.' }) ticketId!: string;
  @Field(() => ID, { description: 'Vendor.' }) vendorId!: string;
  @Field(() => String, { description: 'One of the vendor\'s products.' }) product!: string;
  @Field(() => String, { description: 'The vendor\'s number.' }) caseNumber!: string;
  @Field(() => String, { nullable: true, description: 'Whom to ask.' }) contact?: string | null;
  @Field(() => DateTime, { nullable: true, description: 'When the vendor is to report next.' }) nextUpdateAt?: number | null;
  @Field(() => String, { nullable: true, description: '8–200 characters.' }) idempotencyKey?: string | null;
}

@InputType({ description: 'The number that was owed (VND-05).' })
export class EnterVendorCaseNumberInput extends VendorCaseCommandInput {
  @Field(() => ID, { description: 'Vendor.' }) vendorId!: string;
  @Field(() => String, { description: 'One of the vendor\'s products.' }) product!: string;
  @Field(() => String, { description: 'The vendor\'s number.' }) caseNumber!: string;
  @Field(() => String, { nullable: true, description: 'Whom to ask.' }) contact?: string | null;
  @Field(() => DateTime, { nullable: true, description: 'When the vendor is to report next.' }) nextUpdateAt?: number | null;
}

@InputType({ description: 'What the vendor said.' })
export class UpdateVendorCaseInput extends VendorCaseCommandInput {
  @Field(() => String, { description: 'The text.' }) text!: string;
  @Field(() => DateTime, { nullable: true, description: 'When it will say more; left out: not known.' }) nextUpdateAt?: number | null;
}

@InputType({ description: 'How a case ended.' })
export class CloseVendorCaseInput extends VendorCaseCommandInput {
  @Field(() => String, { description: 'With what result.' }) result!: string;
}

@InputType({ description: 'Why a case is not needed any more.' })
export class DropVendorCaseInput extends VendorCaseCommandInput {
  @Field(() => String, { description: 'Why.' }) reason!: string;
}
