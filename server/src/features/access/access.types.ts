import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Node } from '../../platform/graphql/node.types.ts';
import { UserError } from '../../platform/graphql/payload.types.ts';
import { DateTime } from '../../platform/graphql/scalars.ts';

export const Locale = { ZH_CN: 'zh-CN', EN: 'en' } as const;
registerEnumType(Locale, { name: 'Locale', description: 'Language of a person: 简体中文 or English.' });

export const TokenKind = { INTEGRATOR: 'integrator', SCREEN: 'screen' } as const;
registerEnumType(TokenKind, { name: 'TokenKind', description: 'Whether a token is for another system or for a screen on a wall.' });

@ObjectType({ description: 'A role that a person holds, everywhere or limited (ORG-01).' })
export class RoleGrant {
  @Field(() => ID, { description: 'Id of the grant, for revokeRole.' })
  id!: string;

  @Field(() => String, { description: 'Key of the role; its labels are in vocabulary.roles.' })
  role!: string;

  @Field(() => ID, { nullable: true, description: 'The only customer it holds for; null: any.' })
  customerId!: string | null;

  @Field(() => ID, { nullable: true, description: 'The only team it holds for; null: any.' })
  teamId!: string | null;
}

@ObjectType({ implements: Node, description: 'A person: staff, or a contact of a customer.' })
export class Person extends Node {
  @Field(() => String, { description: 'Name as shown.' })
  name!: string;

  @Field(() => String, { description: 'E-mail, which is also the name to sign in with.' })
  email!: string;

  @Field(() => String, { nullable: true, description: 'Telephone number.' })
  phone!: string | null;

  @Field(() => Locale, { description: 'Language.' })
  locale!: 'zh-CN' | 'en';

  @Field(() => ID, { nullable: true, description: 'Set for a contact of a customer.' })
  customerId!: string | null;

  @Field(() => Boolean, { description: 'False once the person has left.' })
  active!: boolean;

  @Field(() => Int, { description: 'Give it as expectedVersion with a change.' })
  version!: number;
}

@ObjectType({ description: 'Who is asking, and what they may do.' })
export class Viewer {
  @Field(() => String, { description: 'Name of the person or token.' })
  name!: string;

  @Field(() => Locale, { description: "The person's language; a token's comes from Accept-Language." })
  locale!: 'zh-CN' | 'en';

  @Field(() => [String], { description: 'Every permission held anywhere, sorted.' })
  permissions!: readonly string[];

  @Field(() => TokenKind, { nullable: true, description: 'Set when signed in by an API token.' })
  tokenKind!: string | null;

  @Field(() => ID, { nullable: true, description: "The board of a screen's token." })
  boardId!: string | null;

  /** For the fields that higher features add. */
  personId!: string | null;
  customerId!: string | null;
  teamIds!: readonly string[];
}

@ObjectType({ description: 'An API token. The token itself is shown once, when it is made.' })
export class ApiToken {
  @Field(() => ID, { description: 'Id, for revokeToken.' })
  id!: string;

  @Field(() => String, { description: 'What it is for.' })
  name!: string;

  @Field(() => TokenKind, { description: 'Integrator or screen.' })
  kind!: string;

  @Field(() => [String], { description: 'Its permissions.' })
  scopes!: readonly string[];

  @Field(() => ID, { nullable: true, description: 'The only customer whose records it sees; null: any.' })
  customerId!: string | null;

  @Field(() => ID, { nullable: true, description: 'The only team it acts for; null: any.' })
  teamId!: string | null;

  @Field(() => ID, { nullable: true, description: 'The board of a screen.' })
  boardId!: string | null;

  @Field(() => DateTime, { description: 'When it was made.' })
  createdAt!: number;

  @Field(() => DateTime, { nullable: true, description: 'From when it no longer works; null: until revoked.' })
  expiresAt!: number | null;

  @Field(() => DateTime, { nullable: true, description: 'Last use, to the minute.' })
  lastUsedAt!: number | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was revoked.' })
  revokedAt!: number | null;
}

@InputType({ description: 'E-mail and password.' })
export class SignInInput {
  @Field(() => String, { description: 'E-mail, in any case.' })
  email!: string;

  @Field(() => String, { description: 'Password.' })
  password!: string;
}

@ObjectType({ description: 'Answer to signIn. The session is in an httpOnly cookie.' })
export class SignInPayload {
  @Field(() => Viewer, { nullable: true, description: 'Who is signed in now.' })
  viewer!: Viewer | null;

  @Field(() => [UserError], { description: 'Why not: WRONG_CREDENTIALS, or RATE_LIMITED with the time to try again.' })
  userErrors!: UserError[];
}

@ObjectType({ description: 'Answer to signOut.' })
export class SignOutPayload {
  @Field(() => [UserError], { description: 'Always empty.' })
  userErrors!: UserError[];
}

@ObjectType({ description: 'Answer to a change of a person.' })
export class PersonPayload {
  @Field(() => Person, { nullable: true, description: 'The person as it is now.' })
  person!: Person | null;

  @Field(() => [UserError], { description: 'Why not.' })
  userErrors!: UserError[];
}

@ObjectType({ description: 'Answer to grantRole.' })
export class RoleGrantPayload {
  @Field(() => RoleGrant, { nullable: true, description: 'The grant.' })
  grant!: RoleGrant | null;

  @Field(() => [UserError], { description: 'Why not.' })
  userErrors!: UserError[];
}

@ObjectType({ description: 'A token just made, in plain text this once.' })
export class NewApiToken {
  @Field(() => ApiToken, { description: 'The token as it is listed.' })
  token!: ApiToken;

  @Field(() => String, { description: 'To be sent as "Authorization: Bearer …". Never shown again.' })
  plain!: string;
}

@ObjectType({ description: 'Answer to createToken.' })
export class CreateTokenPayload {
  @Field(() => NewApiToken, { nullable: true, description: 'The new token.' })
  created!: NewApiToken | null;

  @Field(() => [UserError], { description: 'Why not.' })
  userErrors!: UserError[];
}

@ObjectType({ description: 'Answer to revokeToken.' })
export class TokenPayload {
  @Field(() => ApiToken, { nullable: true, description: 'The token as it is now.' })
  token!: ApiToken | null;

  @Field(() => [UserError], { description: 'Why not.' })
  userErrors!: UserError[];
}
