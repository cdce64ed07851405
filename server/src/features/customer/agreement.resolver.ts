import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { payload } from '../../platform/graphql/payload.ts';
import { DateTime } from '../../platform/graphql/scalars.ts';
import { Person } from '../access/access.types.ts';
import { Calendar } from '../calendar/calendar.types.ts';
import { createAgreement, setAgreementLines, updateAgreement } from './customer-agreement.service.ts';
import { coverageView, levelCriteria } from './customer-coverage.service.ts';
import { CreateAgreementInput, SetAgreementLinesInput, UpdateAgreementInput } from './agreement-input.types.ts';
import { calendarLoader, customerLoader, linesLoader, personLoader } from './customer.loaders.ts';
import { agreementRegister, placeOf } from './agreement-list.queries.ts';
import { agreementsById, findAgreements } from './customer.queries.ts';
import { Agreement, AgreementConnection, AgreementLine, AgreementPayload, Coverage, Customer, LevelCriterion } from './customer.types.ts';

@Resolver(() => Agreement)
export class AgreementResolver {
  @Query(() => [Agreement], { description: 'Agreements, the first to end first: at most 100 (AGR-03).' })
  async agreements(
    @Ctx() context: RequestContext,
    @Arg('customerId', () => ID, { nullable: true, description: 'Only of this customer.' }) customerId: string | null,
    @Arg('first', () => Int, { defaultValue: 50, description: '1–100.' }) first: number,
  ): Promise<Agreement[]> {
    return findAgreements(context.database.em, signedIn(context), { customerId, first, now: await context.database.now() });
  }

  @Query(() => AgreementConnection, { description: 'The register of agreements, the first to end first, a page at a time (AGR-03).' })
  async agreementRegister(
    @Ctx() context: RequestContext,
    @Arg('first', () => Int, { defaultValue: 50, description: '1–100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'endCursor of the page before.' }) after: string | null,
    @Arg('search', () => String, { nullable: true, description: "Part of the number, the name or the customer's name." }) search: string | null,
  ): Promise<AgreementConnection> {
    const { rows, hasNextPage } = await agreementRegister(context.database.em, signedIn(context), { first, after, search });
    const edges = rows.map((node) => ({ node, cursor: placeOf(node) }));
    return { edges, pageInfo: { hasNextPage, endCursor: edges.at(-1)?.cursor ?? null } };
  }

  @Query(() => [Agreement], { description: 'Agreements that end within so many days (AGR-03).' })
  async agreementsEnding(@Ctx() context: RequestContext, @Arg('days', () => Int, { description: '0–3660.' }) days: number): Promise<Agreement[]> {
    return findAgreements(context.database.em, signedIn(context), { endingWithinDays: days, first: 100, now: await context.database.now() });
  }

  @Query(() => Coverage, { description: 'Whether a valid agreement covers this, and by which line (INC-23, AGR-08).' })
  coverage(
    @Ctx() context: RequestContext,
    @Arg('customerId', () => ID, { description: 'The customer.' }) customerId: string,
    @Arg('serviceId', () => ID, { nullable: true, description: 'The service, if known.' }) serviceId: string | null,
    @Arg('siteId', () => ID, { nullable: true, description: 'The site, if known.' }) siteId: string | null,
    @Arg('department', () => String, { nullable: true, description: 'The department, if known.' }) department: string | null,
    @Arg('ciId', () => ID, { nullable: true, description: 'The configuration item, if known.' }) ciId: string | null,
    @Arg('at', () => DateTime, { nullable: true, description: 'When; now when left out.' }) at: number | null,
  ): Promise<Coverage> {
    return coverageView(context.database, signedIn(context), { customerId, serviceId, siteId, department, ciId, at });
  }

  @Query(() => [LevelCriterion], { description: 'What each level means, in the words of the agreement where it has its own (INC-26).' })
  levelCriteria(
    @Ctx() context: RequestContext,
    @Arg('agreementId', () => ID, { nullable: true, description: 'The agreement, if known.' }) agreementId: string | null,
  ): Promise<LevelCriterion[]> {
    return levelCriteria(context.database, signedIn(context), { agreementId, locale: context.locale });
  }

  @FieldResolver(() => Customer, { nullable: true, description: 'The customer.' })
  customer(@Root() { customerId }: Agreement, @Ctx() context: RequestContext): Promise<Customer | null> {
    return customerLoader(context).load(customerId);
  }

  @FieldResolver(() => Calendar, { nullable: true, description: 'Its calendar.' })
  calendar(@Root() { calendarId }: Agreement, @Ctx() context: RequestContext): Promise<Calendar | null> {
    return calendarLoader(context).load(calendarId);
  }

  @FieldResolver(() => [AgreementLine], { description: 'Its lines (AGR-08).' })
  lines(@Root() { id }: Agreement, @Ctx() context: RequestContext): Promise<AgreementLine[]> {
    return linesLoader(context).load(id);
  }

  @FieldResolver(() => Person, { nullable: true, description: 'SLA owner SLA负责人.' })
  slaOwner(@Root() { slaOwnerId }: Agreement, @Ctx() context: RequestContext): Promise<Person | null> {
    return person(context, slaOwnerId);
  }

  @FieldResolver(() => Person, { nullable: true, description: 'Service manager 服务经理.' })
  serviceManager(@Root() { serviceManagerId }: Agreement, @Ctx() context: RequestContext): Promise<Person | null> {
    return person(context, serviceManagerId);
  }

  @FieldResolver(() => Person, { nullable: true, description: 'Service delivery manager 服务交付经理.' })
  serviceDeliveryManager(@Root() { serviceDeliveryManagerId }: Agreement, @Ctx() context: RequestContext): Promise<Person | null> {
    return person(context, serviceDeliveryManagerId);
  }

  @FieldResolver(() => Person, { nullable: true, description: 'Project manager 项目经理.' })
  projectManager(@Root() { projectManagerId }: Agreement, @Ctx() context: RequestContext): Promise<Person | null> {
    return person(context, projectManagerId);
  }

  @FieldResolver(() => Person, { nullable: true, description: 'Department manager 部门经理.' })
  departmentManager(@Root() { departmentManagerId }: Agreement, @Ctx() context: RequestContext): Promise<Person | null> {
    return person(context, departmentManagerId);
  }

  @FieldResolver(() => Person, { nullable: true, description: 'Technical manager 技术经理.' })
  technicalManager(@Root() { technicalManagerId }: Agreement, @Ctx() context: RequestContext): Promise<Person | null> {
    return person(context, technicalManagerId);
  }

  @Mutation(() => AgreementPayload, { description: 'Concludes an agreement. Needs agreement.edit.' })
  createAgreement(@Arg('input', () => CreateAgreementInput) input: CreateAgreementInput, @Ctx() context: RequestContext): Promise<AgreementPayload> {
    return payload('agreement', () => createAgreement(context.database, signedIn(context), input));
  }

  @Mutation(() => AgreementPayload, { description: "Replaces an agreement's terms. Needs agreement.edit." })
  updateAgreement(@Arg('input', () => UpdateAgreementInput) input: UpdateAgreementInput, @Ctx() context: RequestContext): Promise<AgreementPayload> {
    return payload('agreement', () => updateAgreement(context.database, signedIn(context), input));
  }

  @Mutation(() => AgreementPayload, { description: 'Replaces the lines of an agreement (AGR-08). Needs agreement.edit.' })
  setAgreementLines(@Arg('input', () => SetAgreementLinesInput) input: SetAgreementLinesInput, @Ctx() context: RequestContext): Promise<AgreementPayload> {
    return payload('agreement', async () => {
      await setAgreementLines(context.database, signedIn(context), input);
      return (await agreementsById(context.database.em, signedIn(context), [input.id])).get(input.id) ?? null;
    });
  }
}

async function person(context: RequestContext, id: string | null): Promise<Person | null> {
  return id === null ? null : personLoader(context).load(id);
}
