import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Actor } from '../../kernel/actor.ts';
import type { Database } from '../../platform/db/database.ts';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { payload } from '../../platform/graphql/payload.ts';
import { AvailableActionView } from '../ticket/ticket-fields.types.ts';
import { availableCaseActions, closeCase, dropCase, enterNumber, noteUpdate, openVendorCase } from './vendor-case.service.ts';
import { VENDOR_CASE_STATES, type VendorCaseState as State } from './vendor-case.rules.ts';
import { AddVendorInput, ChangeVendorInput, CloseVendorCaseInput, DropVendorCaseInput, EnterVendorCaseNumberInput, OpenVendorCaseInput, UpdateVendorCaseInput } from './vendor.inputs.ts';
import { entriesOfCase, vendorById, vendorCaseBy, vendorCases, vendorsByName } from './vendor.queries.ts';
import { addVendor, changeVendor } from './vendor.service.ts';
import { VendorCaseEntryView, VendorCasePayload, VendorCaseState, VendorCaseView, VendorPayload, VendorView } from './vendor.types.ts';

@Resolver(() => VendorCaseView)
export class VendorResolver {
  @Query(() => [VendorCaseView], { description: 'Vendor cases: those whose number is owed first, then by the next update (VND-05). Internal.' })
  vendorCases(
    @Ctx() context: RequestContext, @Arg('states', () => [VendorCaseState], { nullable: true, description: 'In one of these states; left out: all.' }) states?: State[] | null,
    @Arg('ticketId', () => ID, { nullable: true, description: 'For this incident or problem.' }) ticketId?: string | null, @Arg('first', () => Int, { defaultValue: 100, description: '1–100.' }) first = 100,
  ): Promise<VendorCaseView[]> {
    return vendorCases(context.database.em, signedIn(context), { states: states ?? VENDOR_CASE_STATES, ticketId: ticketId ?? null, first });
  }

  @Query(() => VendorCaseView, { nullable: true, description: 'One vendor case by its number.' })
  vendorCase(@Ctx() context: RequestContext, @Arg('number', () => String, { description: 'Our number.' }) number: string): Promise<VendorCaseView | null> {
    return vendorCaseBy(context.database.em, signedIn(context), { number: number.trim() });
  }

  @Query(() => [VendorView], { description: 'The register of vendors, by name.' })
  vendors(@Ctx() context: RequestContext): Promise<VendorView[]> {
    return vendorsByName(context.database.em, signedIn(context));
  }

  @FieldResolver(() => [VendorCaseEntryView], { description: 'What the vendor said, newest first.' })
  entries(@Root() row: VendorCaseView, @Ctx() context: RequestContext): Promise<VendorCaseEntryView[]> {
    return entriesOfCase(context.database.em, row.id);
  }

  @FieldResolver(() => [AvailableActionView], { description: 'What you may do now, and what each action still lacks (API-03).' })
  availableActions(@Root() row: VendorCaseView, @Ctx() context: RequestContext): Promise<AvailableActionView[]> {
    return availableCaseActions(context.database.em, signedIn(context), row.id);
  }

  @Mutation(() => VendorPayload, { description: 'Adds a vendor. Needs vendor.edit.' })
  addVendor(@Arg('input', () => AddVendorInput) input: AddVendorInput, @Ctx() context: RequestContext): Promise<VendorPayload> {
    return answerVendor(context, (database, actor) => addVendor(database, actor, input));
  }

  @Mutation(() => VendorPayload, { description: 'Changes a vendor. Needs vendor.edit.' })
  changeVendor(@Arg('input', () => ChangeVendorInput) input: ChangeVendorInput, @Ctx() context: RequestContext): Promise<VendorPayload> {
    return answerVendor(context, (database, actor) => changeVendor(database, actor, input));
  }

  @Mutation(() => VendorCasePayload, { description: 'Records a case opened at a vendor (VND-05). Needs vendor.edit.' })
  openVendorCase(@Arg('input', () => OpenVendorCaseInput) input: OpenVendorCaseInput, @Ctx() context: RequestContext): Promise<VendorCasePayload> {
    return answerCase(context, (database, actor) => openVendorCase(database, actor, input));
  }

  @Mutation(() => VendorCasePayload, { description: 'Enters the number that an escalation step demanded (VND-05). Needs vendor.edit.' })
  enterVendorCaseNumber(@Arg('input', () => EnterVendorCaseNumberInput) input: EnterVendorCaseNumberInput, @Ctx() context: RequestContext): Promise<VendorCasePayload> {
    return answerCase(context, (database, actor) => enterNumber(database, actor, input));
  }

  @Mutation(() => VendorCasePayload, { description: 'Records what the vendor said, and when it reports next. Needs vendor.edit.' })
  updateVendorCase(@Arg('input', () => UpdateVendorCaseInput) input: UpdateVendorCaseInput, @Ctx() context: RequestContext): Promise<VendorCasePayload> {
    return answerCase(context, (database, actor) => noteUpdate(database, actor, input));
  }

  @Mutation(() => VendorCasePayload, { description: 'Closes a case with its result. Needs vendor.edit.' })
  closeVendorCase(@Arg('input', () => CloseVendorCaseInput) input: CloseVendorCaseInput, @Ctx() context: RequestContext): Promise<VendorCasePayload> {
    return answerCase(context, (database, actor) => closeCase(database, actor, input));
  }

  @Mutation(() => VendorCasePayload, { description: 'Drops an owed case whose record is closed, with a reason. Needs vendor.edit.' })
  dropVendorCase(@Arg('input', () => DropVendorCaseInput) input: DropVendorCaseInput, @Ctx() context: RequestContext): Promise<VendorCasePayload> {
    return answerCase(context, (database, actor) => dropCase(database, actor, input));
  }
}

type Command = (database: Database, actor: Actor) => Promise<string>;

function answerVendor(context: RequestContext, command: Command): Promise<VendorPayload> {
  const actor = signedIn(context);
  return payload('vendor', async () => vendorById(context.database.em, await command(context.database, actor)));
}

function answerCase(context: RequestContext, command: Command): Promise<VendorCasePayload> {
  const actor = signedIn(context);
  return payload('vendorCase', async () => {
    const id = await command(context.database, actor);
    return vendorCaseBy(context.database.em, actor, { id });
  });
}
