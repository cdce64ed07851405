import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { may, type Actor } from '../../kernel/actor.ts';
import { pageRequest } from '../../kernel/page.ts';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { payload } from '../../platform/graphql/payload.ts';
import { changePassword, createPerson, grantRole, revokeRole, updatePerson } from './access-people.service.ts';
import { createToken, revokeToken } from './access-token.service.ts';
import type { Person as PersonRow } from './access.entity.ts';
import { ChangePasswordInput, CreatePersonInput, CreateTokenInput, GrantRoleInput, RevokeRoleInput, RevokeTokenInput, UpdatePersonInput } from './access.inputs.ts';
import { personLoader, rolesLoader } from './access.loaders.ts';
import { findPeople, listTokens } from './access.queries.ts';
import { authenticate, signIn, signOut } from './access.service.ts';
import {
  ApiToken, CreateTokenPayload, Person, PersonPayload, RoleGrant, RoleGrantPayload, SignInInput, SignInPayload, SignOutPayload, TokenPayload, Viewer,
} from './access.types.ts';

@Resolver()
export class SignInResolver {
  @Query(() => Viewer, { nullable: true, description: 'Who is asking; null when nobody is signed in.' })
  async viewer(@Ctx() context: RequestContext): Promise<Viewer | null> {
    return context.actor ? viewerOf(context, context.actor) : null;
  }

  @Mutation(() => SignInPayload, { description: 'Opens a session and sets its cookie (ORG-04).' })
  signIn(@Arg('input', () => SignInInput) input: SignInInput, @Ctx() context: RequestContext): Promise<SignInPayload> {
    return payload('viewer', async () => {
      const { token } = await signIn(context.database, { email: input.email, password: input.password, origin: context.origin });
      context.setSessionCookie?.(token);
      const actor = await authenticate(context.database, { cookieToken: token, origin: context.origin });
      return actor && viewerOf(context, actor);
    });
  }

  @Mutation(() => SignOutPayload, { description: 'Ends the session and clears its cookie.' })
  async signOut(@Ctx() context: RequestContext): Promise<SignOutPayload> {
    if (context.actor) await signOut(context.database, context.actor);
    context.setSessionCookie?.(null);
    return { userErrors: [] };
  }
}

@Resolver(() => Viewer)
export class ViewerResolver {
  @FieldResolver(() => Person, { nullable: true, description: 'The person; null for a token.' })
  async person(@Root() viewer: Viewer, @Ctx() context: RequestContext): Promise<PersonRow | null> {
    return viewer.personId === null ? null : personLoader(context).load(viewer.personId);
  }

  @FieldResolver(() => [RoleGrant], { description: 'The roles held.' })
  async roles(@Root() viewer: Viewer, @Ctx() context: RequestContext): Promise<RoleGrant[]> {
    return viewer.personId === null ? [] : rolesLoader(context).load(viewer.personId);
  }
}

@Resolver(() => Person)
export class PersonResolver {
  @Query(() => [Person], { description: 'People by name: at most 100, narrowed by the search.' })
  people(
    @Ctx() context: RequestContext,
    @Arg('search', () => String, { nullable: true, description: 'Part of the name or e-mail.' }) search: string | null,
    @Arg('customerId', () => ID, { nullable: true, description: 'Only the contacts of that customer.' }) customerId: string | null,
    @Arg('first', () => Int, { defaultValue: 100, description: '1–100.' }) first: number,
  ): Promise<PersonRow[]> {
    const filter = { search: search ?? null, customerId: customerId ?? null, first: pageRequest(first, null).first };
    return findPeople(context.database.em, signedIn(context), filter);
  }

  @FieldResolver(() => [RoleGrant], { description: 'The roles held; none for those who may not read people.' })
  async roles(@Root() person: Person, @Ctx() context: RequestContext): Promise<RoleGrant[]> {
    const actor = signedIn(context);
    return actor.id !== person.id && !may(actor, 'person.read') ? [] : rolesLoader(context).load(person.id);
  }

  @Mutation(() => PersonPayload, { description: 'Puts a person on the list. Needs person.edit.' })
  createPerson(@Arg('input', () => CreatePersonInput) input: CreatePersonInput, @Ctx() context: RequestContext): Promise<PersonPayload> {
    return payload('person', () => createPerson(context.database, signedIn(context), input));
  }

  @Mutation(() => PersonPayload, { description: 'Changes a person. Needs person.edit.' })
  updatePerson(@Arg('input', () => UpdatePersonInput) input: UpdatePersonInput, @Ctx() context: RequestContext): Promise<PersonPayload> {
    return payload('person', () => updatePerson(context.database, signedIn(context), input));
  }

  @Mutation(() => PersonPayload, { description: "Sets a password: one's own, or another's with person.edit. Ends the other sessions." })
  changePassword(@Arg('input', () => ChangePasswordInput) input: ChangePasswordInput, @Ctx() context: RequestContext): Promise<PersonPayload> {
    return payload('person', () => changePassword(context.database, signedIn(context), input));
  }

  @Mutation(() => RoleGrantPayload, { description: 'Gives a role (ORG-01). Needs person.edit.' })
  grantRole(@Arg('input', () => GrantRoleInput) input: GrantRoleInput, @Ctx() context: RequestContext): Promise<RoleGrantPayload> {
    return payload('grant', () => grantRole(context.database, signedIn(context), input));
  }

  @Mutation(() => PersonPayload, { description: 'Takes a role away. Needs person.edit.' })
  revokeRole(@Arg('input', () => RevokeRoleInput) input: RevokeRoleInput, @Ctx() context: RequestContext): Promise<PersonPayload> {
    return payload('person', () => revokeRole(context.database, signedIn(context), input.grantId));
  }
}

@Resolver()
export class TokenResolver {
  @Query(() => [ApiToken], { description: 'API tokens (ORG-04). Needs token.edit.' })
  tokens(@Ctx() context: RequestContext): Promise<ApiToken[]> {
    return listTokens(context.database.em, signedIn(context));
  }

  @Mutation(() => CreateTokenPayload, { description: 'Makes an API token. Needs token.edit.' })
  createToken(@Arg('input', () => CreateTokenInput) input: CreateTokenInput, @Ctx() context: RequestContext): Promise<CreateTokenPayload> {
    return payload('created', () => createToken(context.database, signedIn(context), input));
  }

  @Mutation(() => TokenPayload, { description: 'Ends an API token at once. Needs token.edit.' })
  revokeToken(@Arg('input', () => RevokeTokenInput) input: RevokeTokenInput, @Ctx() context: RequestContext): Promise<TokenPayload> {
    return payload('token', () => revokeToken(context.database, signedIn(context), input.tokenId));
  }
}

async function viewerOf(context: RequestContext, actor: Actor): Promise<Viewer> {
  const person = actor.kind === 'person' ? await personLoader(context).load(actor.id) : null;
  return {
    name: actor.name, locale: person?.locale ?? context.locale, permissions: [...new Set(actor.grants.flatMap(({ permissions }) => [...permissions]))].sort(),
    tokenKind: actor.kind === 'token' || actor.kind === 'screen' ? (actor.grants[0]?.role ?? null) : null, boardId: actor.boardIds?.[0] ?? null,
    personId: actor.kind === 'person' ? actor.id : null, customerId: actor.customerId, teamIds: actor.teamIds,
  };
}
