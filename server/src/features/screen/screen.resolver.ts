import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { Actor } from '../../kernel/actor.ts';
import type { Database } from '../../platform/db/database.ts';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { payload } from '../../platform/graphql/payload.ts';
import { pairingState, pairScreen, startPairing, type PairingState } from './screen-pairing.service.ts';
import { PairScreenInput, ReportScreenInput, RevokeScreenInput, UpdateScreenInput } from './screen.inputs.ts';
import { listScreens, screenById, type ScreenLine } from './screen.queries.ts';
import { reportScreen, revokeScreen, updateScreen, type OwnScreen } from './screen.service.ts';
import { ReportScreenPayload, ScreenPairingState, type ScreenPairing, ScreenPayload, ScreenView, StartScreenPairingPayload } from './screen.types.ts';

@Resolver()
export class ScreenResolver {
  @Query(() => [ScreenView], { description: 'The screens on the walls, those in use first (WBD-10). Needs screen.edit.' })
  screens(@Ctx() context: RequestContext): Promise<ScreenLine[]> {
    return listScreens(context.database, signedIn(context));
  }

  @Query(() => ScreenPairingState, { description: 'How the device that asks stands, by its cookie. Anybody may ask.' })
  screenPairing(@Ctx() context: RequestContext): Promise<PairingState> {
    return pairingState(context.database, context.screenCookie?.secret ?? null);
  }

  @Mutation(() => StartScreenPairingPayload, { description: 'A code for a device to show; its secret goes into its cookie. Anybody may ask, at most 60 times in ten minutes from an address.' })
  startScreenPairing(@Ctx() context: RequestContext): Promise<StartScreenPairingPayload> {
    return payload('pairing', () => startFor(context));
  }

  @Mutation(() => ReportScreenPayload, { description: 'A screen tells how it is and hears what it shows. For screens alone, each of itself.' })
  reportScreen(@Arg('input', () => ReportScreenInput) input: ReportScreenInput, @Ctx() context: RequestContext): Promise<ReportScreenPayload> {
    return payload('screen', () => reportOf(context, input));
  }

  @Mutation(() => ScreenPayload, { description: 'Binds the device that shows the code to boards and a size (WBD-10). Needs screen.edit.' })
  pairScreen(@Arg('input', () => PairScreenInput) input: PairScreenInput, @Ctx() context: RequestContext): Promise<ScreenPayload> {
    return answer(context, (database, actor) => pairScreen(database, actor, input));
  }

  @Mutation(() => ScreenPayload, { description: 'Binds a screen to other boards or another size; it follows within seconds. Needs screen.edit.' })
  updateScreen(@Arg('input', () => UpdateScreenInput) input: UpdateScreenInput, @Ctx() context: RequestContext): Promise<ScreenPayload> {
    return answer(context, (database, actor) => updateScreen(database, actor, input));
  }

  @Mutation(() => ScreenPayload, { description: 'Ends the identity of a screen; it goes dark within seconds. Needs screen.edit.' })
  revokeScreen(@Arg('input', () => RevokeScreenInput) input: RevokeScreenInput, @Ctx() context: RequestContext): Promise<ScreenPayload> {
    return answer(context, (database, actor) => revokeScreen(database, actor, input));
  }
}

async function startFor({ database, origin, screenCookie }: RequestContext): Promise<ScreenPairing> {
  const { code, expiresAt, secret } = await startPairing(database, origin);
  screenCookie?.set(secret);
  return { code, expiresAt, serverTime: await database.now() };
}

async function reportOf(context: RequestContext, input: ReportScreenInput): Promise<OwnScreen> {
  const { screen, newSecret } = await reportScreen(context.database, signedIn(context), input);
  if (newSecret !== null) context.screenCookie?.set(newSecret);
  return screen;
}

function answer(context: RequestContext, command: (database: Database, actor: Actor) => Promise<string>): Promise<ScreenPayload> {
  const actor = signedIn(context);
  return payload('screen', async () => screenById(context.database, await command(context.database, actor)));
}
