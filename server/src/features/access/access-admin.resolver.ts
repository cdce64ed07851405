import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { requirePermission } from '../../kernel/actor-guard.ts';
import { PERMISSIONS, type Permission } from '../../kernel/permission.ts';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { payload } from '../../platform/graphql/payload.ts';
import { UserError } from '../../platform/graphql/payload.types.ts';
import { DateTime } from '../../platform/graphql/scalars.ts';
import { issuePasswordReset, redeemPasswordReset } from './access-reset.service.ts';
import { ROLES } from './access.rules.ts';
import { permissionWords } from './permission-words.rules.ts';

@ObjectType({ description: 'A role and what it may do (ORG-01).' })
class RoleDefinition {
  @Field(() => String, { description: 'Key.' }) key!: string;
  @Field(() => String, { description: '中文名称' }) zh!: string;
  @Field(() => String, { description: 'English name.' }) en!: string;
  @Field(() => [String], { description: 'Permissions, keys of "permissions".' }) permissions!: readonly Permission[];
}

@ObjectType({ description: 'A permission in words.' })
class PermissionWord {
  @Field(() => String, { description: 'Key.' }) key!: string;
  @Field(() => String, { description: '中文说明' }) zh!: string;
  @Field(() => String, { description: 'In English.' }) en!: string;
}

@InputType({ description: 'Whose password is to be set anew.' })
class IssuePasswordResetInput {
  @Field(() => ID, { description: 'The person.' }) personId!: string;
}

@ObjectType({ description: 'A one-time secret, in plain text this once.' })
class PasswordReset {
  @Field(() => String, { description: 'For the page /reset/SECRET. Never shown again.' }) secret!: string;
  @Field(() => DateTime, { description: 'From when it no longer works.' }) expiresAt!: number;
}

@ObjectType({ description: 'Answer to issuePasswordReset.' })
class PasswordResetPayload {
  @Field(() => PasswordReset, { nullable: true, description: 'The secret.' }) reset!: PasswordReset | null;
  @Field(() => [UserError], { description: 'Why not.' }) userErrors!: UserError[];
}

@InputType({ description: 'A password chosen with a one-time secret.' })
class RedeemPasswordResetInput {
  @Field(() => String, { description: 'The secret.' }) secret!: string;
  @Field(() => String, { description: '10–200 characters.' }) password!: string;
}

@ObjectType({ description: 'Answer to redeemPasswordReset.' })
class RedeemPasswordResetPayload {
  @Field(() => Boolean, { nullable: true, description: 'True: sign in with it now.' }) done!: boolean | null;
  @Field(() => [UserError], { description: 'Why not.' }) userErrors!: UserError[];
}

@Resolver()
export class AccessAdminResolver {
  @Query(() => [RoleDefinition], { description: 'Every role and what it may do. Needs person.edit.' })
  roleDefinitions(@Ctx() context: RequestContext): readonly RoleDefinition[] {
    requirePermission(signedIn(context), 'person.edit');
    return ROLES;
  }

  @Query(() => [PermissionWord], { description: 'Every permission in words.' })
  permissions(@Ctx() context: RequestContext): PermissionWord[] {
    signedIn(context);
    return PERMISSIONS.map((key) => ({ key, ...permissionWords(key) }));
  }

  @Mutation(() => PasswordResetPayload, { description: 'Makes a one-time secret with which a person sets a password (ORG-04). Needs person.edit.' })
  issuePasswordReset(@Arg('input', () => IssuePasswordResetInput) input: IssuePasswordResetInput, @Ctx() context: RequestContext): Promise<PasswordResetPayload> {
    return payload('reset', () => issuePasswordReset(context.database, signedIn(context), input.personId));
  }

  @Mutation(() => RedeemPasswordResetPayload, { description: 'Sets a password with a one-time secret; nobody need be signed in.' })
  redeemPasswordReset(@Arg('input', () => RedeemPasswordResetInput) input: RedeemPasswordResetInput, @Ctx() context: RequestContext): Promise<RedeemPasswordResetPayload> {
    return payload('done', () => redeemPasswordReset(context.database, { ...input, origin: context.origin }));
  }
}
