import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { may } from '../../kernel/actor.ts';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { payload } from '../../platform/graphql/payload.ts';
import { RoleGrant, Viewer } from '../access/access.types.ts';
import { Team } from '../team/team.types.ts';
import { createProject, createService, createSite, setCustomerDate } from './customer-place.service.ts';
import { CreateCustomerInput, CreateProjectInput, CreateServiceInput, CreateSiteInput, SetCustomerDateInput, UpdateCustomerInput } from './customer.inputs.ts';
import { customerLoader, datesLoader, projectsLoader, sitesLoader, teamLoader } from './customer.loaders.ts';
import { cursorOf, findCustomers, findServices, type CustomerPage } from './customer.queries.ts';
import { createCustomer, updateCustomer } from './customer.service.ts';
import {
  Customer, CustomerConnection, CustomerDate, CustomerDatePayload, CustomerPayload, Project, ProjectPayload, Service, ServicePayload, Site, SitePayload,
} from './customer.types.ts';

@Resolver(() => Customer)
export class CustomerResolver {
  @Query(() => CustomerConnection, { description: 'Customers by name; a contact sees only their own (ORG-03).' })
  async customers(
    @Ctx() context: RequestContext,
    @Arg('first', () => Int, { defaultValue: 50, description: '1–100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'endCursor of the page before.' }) after: string | null,
    @Arg('search', () => String, { nullable: true, description: 'Part of the short or full name.' }) search: string | null,
  ): Promise<CustomerConnection> {
    return connectionOf(await findCustomers(context.database.em, signedIn(context), { first, after, search }));
  }

  @Query(() => Customer, { nullable: true, description: 'One customer, or null when there is none that you may see.' })
  customer(@Ctx() context: RequestContext, @Arg('id', () => ID, { description: 'Its id.' }) id: string): Promise<Customer | null> {
    signedIn(context);
    return customerLoader(context).load(id);
  }

  @FieldResolver(() => [Site], { description: 'Its places.' })
  sites(@Root() customer: Customer, @Ctx() context: RequestContext): Promise<Site[]> {
    return sitesLoader(context).load(customer.id);
  }

  @FieldResolver(() => [Project], { description: 'Its projects.' })
  projects(@Root() customer: Customer, @Ctx() context: RequestContext): Promise<Project[]> {
    return projectsLoader(context).load(customer.id);
  }

  @FieldResolver(() => [CustomerDate], { description: 'Its own hours on single dates (CAL-05).' })
  dates(@Root() customer: Customer, @Ctx() context: RequestContext): Promise<CustomerDate[]> {
    return datesLoader(context).load(customer.id);
  }

  @Mutation(() => CustomerPayload, { description: 'Adds a customer. Needs customer.edit.' })
  createCustomer(@Arg('input', () => CreateCustomerInput) input: CreateCustomerInput, @Ctx() context: RequestContext): Promise<CustomerPayload> {
    return payload('customer', () => createCustomer(context.database, signedIn(context), input));
  }

  @Mutation(() => CustomerPayload, { description: 'Changes a customer. Needs customer.edit.' })
  updateCustomer(@Arg('input', () => UpdateCustomerInput) input: UpdateCustomerInput, @Ctx() context: RequestContext): Promise<CustomerPayload> {
    return payload('customer', () => updateCustomer(context.database, signedIn(context), input));
  }

  @Mutation(() => SitePayload, { description: 'Adds a place of a customer. Needs customer.edit.' })
  createSite(@Arg('input', () => CreateSiteInput) input: CreateSiteInput, @Ctx() context: RequestContext): Promise<SitePayload> {
    return payload('site', () => createSite(context.database, signedIn(context), input));
  }

  @Mutation(() => ProjectPayload, { description: 'Adds a project of a customer. Needs customer.edit.' })
  createProject(@Arg('input', () => CreateProjectInput) input: CreateProjectInput, @Ctx() context: RequestContext): Promise<ProjectPayload> {
    return payload('project', () => createProject(context.database, signedIn(context), input));
  }

  @Mutation(() => CustomerDatePayload, { description: "Sets a customer's hours on one date; its open clocks plan again (CAL-05). Needs customer.edit." })
  setCustomerDate(@Arg('input', () => SetCustomerDateInput) input: SetCustomerDateInput, @Ctx() context: RequestContext): Promise<CustomerDatePayload> {
    return payload('customerDate', () => setCustomerDate(context.database, signedIn(context), { ...input, hours: input.hours ?? null }));
  }
}

@Resolver(() => Service)
export class ServiceResolver {
  @Query(() => [Service], { description: "The catalogue (AGR-06); with a customer only what its agreements cover." })
  async services(
    @Ctx() context: RequestContext,
    @Arg('customerId', () => ID, { nullable: true, description: 'The customer.' }) customerId: string | null,
  ): Promise<Service[]> {
    return findServices(context.database.em, signedIn(context), { customerId: customerId ?? null, now: await context.database.now() });
  }

  @FieldResolver(() => [Team], { description: 'Who supports it, line by line; none for those who may not read teams.' })
  async teams(@Root() { firstLineTeamId, secondLineTeamId, thirdLineTeamId }: Service, @Ctx() context: RequestContext): Promise<Team[]> {
    if (!may(signedIn(context), 'team.read')) return [];
    const ids = [firstLineTeamId, secondLineTeamId, thirdLineTeamId].filter((id) => id !== null);
    const teams = await Promise.all(ids.map((id) => teamLoader(context).load(id)));
    return teams.filter((team) => team !== null);
  }

  @Mutation(() => ServicePayload, { description: 'Adds a service to the catalogue. Needs agreement.edit.' })
  createService(@Arg('input', () => CreateServiceInput) input: CreateServiceInput, @Ctx() context: RequestContext): Promise<ServicePayload> {
    return payload('service', () => createService(context.database, signedIn(context), input));
  }
}

/** What only this feature knows about who is signed in. */
@Resolver(() => Viewer)
export class ViewerCustomerResolver {
  @FieldResolver(() => Customer, { nullable: true, description: "The customer whose contact this is; null for the provider's own people." })
  async customer(@Root() viewer: Viewer, @Ctx() context: RequestContext): Promise<Customer | null> {
    return viewer.customerId === null ? null : customerLoader(context).load(viewer.customerId);
  }
}

@Resolver(() => RoleGrant)
export class RoleGrantCustomerResolver {
  @FieldResolver(() => Customer, { nullable: true, description: 'The only customer it holds for; null: any.' })
  async customer(@Root() grant: RoleGrant, @Ctx() context: RequestContext): Promise<Customer | null> {
    return grant.customerId === null ? null : customerLoader(context).load(grant.customerId);
  }
}

function connectionOf({ rows, hasNextPage }: CustomerPage): CustomerConnection {
  const edges = rows.map((node) => ({ node, cursor: cursorOf(node) }));
  return { edges, pageInfo: { hasNextPage, endCursor: edges.at(-1)?.cursor ?? null } };
}
