import { Field, ID, InputType, Int } from 'type-graphql';
import { DateTime } from '../../platform/graphql/scalars.ts';
import { Locale, TokenKind } from './access.types.ts';

@InputType({ description: 'A person to put on the list.' })
export class CreatePersonInput {
  @Field(() => String, { description: 'Name as shown, 1–200 characters.' })
  name!: string;

  @Field(() => String, { description: 'E-mail, unique.' })
  email!: string;

  @Field(() => String, { nullable: true, description: 'Telephone number.' })
  phone?: string | null;

  @Field(() => Locale, { nullable: true, description: 'Language; zh-CN when left out.' })
  locale?: 'zh-CN' | 'en' | null;

  @Field(() => ID, { nullable: true, description: 'For a contact of a customer: that customer.' })
  customerId?: string | null;

  @Field(() => String, { nullable: true, description: '10–200 characters; without one the person cannot sign in.' })
  password?: string | null;
}

@InputType({ description: 'What to change of a person; what is left out stays.' })
export class UpdatePersonInput {
  @Field(() => ID, { description: 'The person.' })
  id!: string;

  @Field(() => Int, { description: 'The version that the change is based on.' })
  expectedVersion!: number;

  @Field(() => String, { nullable: true, description: 'Name.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'E-mail.' })
  email?: string | null;

  @Field(() => String, { nullable: true, description: 'Telephone number; empty takes it away.' })
  phone?: string | null;

  @Field(() => Locale, { nullable: true, description: 'Language.' })
  locale?: 'zh-CN' | 'en' | null;

  @Field(() => Boolean, { nullable: true, description: 'False signs the person out everywhere.' })
  active?: boolean | null;
}

@InputType({ description: 'A new password.' })
export class ChangePasswordInput {
  @Field(() => ID, { description: 'Whose.' })
  personId!: string;

  @Field(() => String, { description: '10–200 characters.' })
  password!: string;

  @Field(() => String, { nullable: true, description: 'Needed to change your own.' })
  currentPassword?: string | null;
}

@InputType({ description: 'A role to give.' })
export class GrantRoleInput {
  @Field(() => ID, { description: 'To whom.' })
  personId!: string;

  @Field(() => String, { description: 'Key of the role.' })
  role!: string;

  @Field(() => ID, { nullable: true, description: 'Limits it to a customer.' })
  customerId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Limits it to a team.' })
  teamId?: string | null;
}

@InputType({ description: 'A role to take away.' })
export class RevokeRoleInput {
  @Field(() => ID, { description: 'The grant.' })
  grantId!: string;
}

@InputType({ description: 'A token to make.' })
export class CreateTokenInput {
  @Field(() => String, { description: 'What it is for.' })
  name!: string;

  @Field(() => TokenKind, { description: 'Integrator or screen.' })
  kind!: 'integrator' | 'screen';

  @Field(() => [String], { nullable: true, description: 'Permissions of an integrator.' })
  scopes?: string[] | null;

  @Field(() => ID, { nullable: true, description: 'Limits it to a customer.' })
  customerId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Limits it to a team.' })
  teamId?: string | null;

  @Field(() => ID, { nullable: true, description: 'The board of a screen.' })
  boardId?: string | null;

  @Field(() => DateTime, { nullable: true, description: 'From when it no longer works.' })
  expiresAt?: number | null;
}

@InputType({ description: 'A token to end.' })
export class RevokeTokenInput {
  @Field(() => ID, { description: 'The token.' })
  tokenId!: string;
}
