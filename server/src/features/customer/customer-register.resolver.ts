import { Arg, Ctx, Field, ID, InputType, Int, Mutation, Query, Resolver } from 'type-graphql';
import { requireUuid } from '../../kernel/uuid.ts';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { payload } from '../../platform/graphql/payload.ts';
import { DateTime } from '../../platform/graphql/scalars.ts';
import { RecordUse } from '../../platform/graphql/use.types.ts';
import { endAgreement } from './agreement-end.service.ts';
import { updateProject, updateService, updateSite } from './customer-register.service.ts';
import { usesOfCustomer, usesOfService } from './customer-uses.queries.ts';
import { catalogue } from './customer.queries.ts';
import { AgreementPayload, ProjectPayload, Service, ServicePayload, SitePayload } from './customer.types.ts';

@InputType({ description: 'What to change of a site; what is left out stays.' })
class UpdateSiteInput {
  @Field(() => ID, { description: 'The site.' }) id!: string;
  @Field(() => Int, { description: 'The version that the change is based on.' }) expectedVersion!: number;
  @Field(() => String, { nullable: true, description: 'Name.' }) name?: string | null;
  @Field(() => String, { nullable: true, description: 'Address; empty takes it away.' }) address?: string | null;
  @Field(() => Boolean, { nullable: true, description: 'False once it is given up.' }) active?: boolean | null;
}

@InputType({ description: 'What to change of a project; what is left out stays.' })
class UpdateProjectInput {
  @Field(() => ID, { description: 'The project.' }) id!: string;
  @Field(() => Int, { description: 'The version that the change is based on.' }) expectedVersion!: number;
  @Field(() => String, { nullable: true, description: 'Name.' }) name?: string | null;
  @Field(() => ID, { nullable: true, description: 'Project manager; null takes it away.' }) managerId?: string | null;
  @Field(() => DateTime, { nullable: true, description: 'Start; null takes it away.' }) startsAt?: number | null;
  @Field(() => DateTime, { nullable: true, description: 'End, not included; null takes it away.' }) endsAt?: number | null;
}

@InputType({ description: 'What to change of a service; what is left out stays.' })
class UpdateServiceInput {
  @Field(() => ID, { description: 'The service.' }) id!: string;
  @Field(() => Int, { description: 'The version that the change is based on.' }) expectedVersion!: number;
  @Field(() => String, { nullable: true, description: 'English name.' }) name?: string | null;
  @Field(() => String, { nullable: true, description: 'Chinese name.' }) nameZh?: string | null;
  @Field(() => ID, { nullable: true, description: 'First line; null takes it away.' }) firstLineTeamId?: string | null;
  @Field(() => ID, { nullable: true, description: 'Second line; null takes it away.' }) secondLineTeamId?: string | null;
  @Field(() => ID, { nullable: true, description: 'Third line or vendor; null takes it away.' }) thirdLineTeamId?: string | null;
  @Field(() => Boolean, { nullable: true, description: 'False takes it out of the catalogue; refused while something needs it (serviceUses).' }) active?: boolean | null;
}

@InputType({ description: 'The early end of an agreement.' })
class EndAgreementInput {
  @Field(() => ID, { description: 'The agreement.' }) id!: string;
  @Field(() => Int, { description: 'The version that the change is based on.' }) expectedVersion!: number;
  @Field(() => DateTime, { nullable: true, description: 'First instant no longer in force; now when left out.' }) endsAt?: number | null;
  @Field(() => String, { description: 'Why.' }) reason!: string;
}

/** What an administrator changes of a register that others only read. */
@Resolver()
export class CustomerRegisterResolver {
  @Query(() => [Service], { description: 'The whole catalogue, what is out of it last: at most 1000. Needs agreement.edit.' })
  serviceCatalogue(@Ctx() context: RequestContext): Promise<Service[]> {
    return catalogue(context.database.em, signedIn(context));
  }

  @Query(() => [RecordUse], { description: 'What still needs a customer; with any of it the customer stays active. Needs customer.edit.' })
  async customerUses(@Arg('id', () => ID, { description: 'The customer.' }) id: string, @Ctx() context: RequestContext): Promise<RecordUse[]> {
    return usesOfCustomer(context.database.em, signedIn(context), { id: requireUuid(id), now: await context.database.now() });
  }

  @Query(() => [RecordUse], { description: 'What still needs a service, and the CIs that it rests on. Needs agreement.edit.' })
  async serviceUses(@Arg('id', () => ID, { description: 'The service.' }) id: string, @Ctx() context: RequestContext): Promise<RecordUse[]> {
    return usesOfService(context.database.em, signedIn(context), { id: requireUuid(id), now: await context.database.now() });
  }

  @Mutation(() => SitePayload, { description: 'Changes a place of a customer. Needs customer.edit.' })
  updateSite(@Arg('input', () => UpdateSiteInput) input: UpdateSiteInput, @Ctx() context: RequestContext): Promise<SitePayload> {
    return payload('site', () => updateSite(context.database, signedIn(context), input));
  }

  @Mutation(() => ProjectPayload, { description: 'Changes a project of a customer. Needs customer.edit.' })
  updateProject(@Arg('input', () => UpdateProjectInput) input: UpdateProjectInput, @Ctx() context: RequestContext): Promise<ProjectPayload> {
    return payload('project', () => updateProject(context.database, signedIn(context), input));
  }

  @Mutation(() => ServicePayload, { description: 'Changes a service of the catalogue. Needs agreement.edit.' })
  updateService(@Arg('input', () => UpdateServiceInput) input: UpdateServiceInput, @Ctx() context: RequestContext): Promise<ServicePayload> {
    return payload('service', () => updateService(context.database, signedIn(context), input));
  }

  @Mutation(() => AgreementPayload, { description: 'Ends an agreement before its time (AGR-03). Needs agreement.edit.' })
  endAgreement(@Arg('input', () => EndAgreementInput) input: EndAgreementInput, @Ctx() context: RequestContext): Promise<AgreementPayload> {
    return payload('agreement', () => endAgreement(context.database, signedIn(context), input));
  }
}
