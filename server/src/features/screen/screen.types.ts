import { Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { UserError } from '../../platform/graphql/payload.types.ts';
import { DateTime } from '../../platform/graphql/scalars.ts';
import { Locale } from '../access/access.types.ts';
import type { PairingState } from './screen-pairing.service.ts';
import type { ScreenState as State } from './screen.rules.ts';

export const ScreenState = { LIVE: 'live', AWAY: 'away', CLONED: 'cloned', REVOKED: 'revoked' } as const satisfies Record<string, State>;
registerEnumType(ScreenState, { name: 'ScreenState', description: 'Whether a screen is heard, silent for 30 s, in use from two places at once, or revoked.' });

export const ScreenPairingState = { WAITING: 'waiting', PAIRED: 'paired', EXPIRED: 'expired', REVOKED: 'revoked', NONE: 'none' } as const satisfies Record<string, PairingState>;
registerEnumType(ScreenPairingState, { name: 'ScreenPairingState', description: 'How a device stands: its code waits, is bound, has ended; its identity is revoked; or it has none.' });

@ObjectType({ description: 'A board of a rotation.' })
export class ScreenBoard {
  @Field(() => ID, { description: 'The board.' }) boardId!: string;
  @Field(() => Int, { description: 'How long it stays, in seconds.' }) seconds!: number;
}

@ObjectType({ description: 'What a screen told of itself last.' })
export class ScreenReportView {
  @Field(() => String, { description: 'Version of the wallboard that it runs.' }) version!: string;
  @Field(() => String, { description: 'Its browser, as it names itself.' }) userAgent!: string;
  @Field(() => Int, { description: 'Width of the page in device pixels.' }) width!: number;
  @Field(() => Int, { description: 'Height of the page in device pixels.' }) height!: number;
  @Field(() => [String], { description: 'What is not as it should be, e.g. that the screen may go dark.' }) problems!: readonly string[];
}

@ObjectType({ description: 'What a screen is bound to (WBD-10).' })
export class OwnScreen {
  @Field(() => ID, { description: 'Id.' }) id!: string;
  @Field(() => String, { description: 'Name.' }) name!: string;
  @Field(() => String, { nullable: true, description: 'Where it hangs.' }) place!: string | null;
  @Field(() => [ScreenBoard], { description: 'Its boards in the order of the rotation.' }) boards!: readonly ScreenBoard[];
  @Field(() => Locale, { description: 'Language.' }) locale!: 'zh-CN' | 'en';
  @Field(() => Float, { description: 'Diagonal in inches.' }) diagonalInches!: number;
  @Field(() => Float, { description: 'Farthest seat in metres.' }) seatMetres!: number;
  @Field(() => Boolean, { description: 'May it sound?' }) sound!: boolean;
  @Field(() => Int, { description: 'Version of these settings.' }) version!: number;
}

@ObjectType('Screen', { description: 'A screen on a wall, as an administrator sees it (WBD-10).' })
export class ScreenView extends OwnScreen {
  @Field(() => ScreenState, { description: 'How it is now.' }) state!: State;
  @Field(() => DateTime, { description: 'When its code was entered.' }) pairedAt!: number;
  @Field(() => String, { description: 'By whom.' }) pairedBy!: string;
  @Field(() => DateTime, { nullable: true, description: 'When it was revoked.' }) revokedAt!: number | null;
  @Field(() => String, { nullable: true, description: 'By whom.' }) revokedBy!: string | null;
  @Field(() => DateTime, { nullable: true, description: 'When it was heard last, to ten seconds.' }) lastSeenAt!: number | null;
  @Field(() => ScreenReportView, { nullable: true, description: 'What it told then.' }) report!: ScreenReportView | null;
  @Field(() => DateTime, { nullable: true, description: 'When its identity was noticed in use from two places; until somebody has looked at it.' }) clonedAt!: number | null;
  @Field(() => [String], { nullable: true, description: 'From where.' }) clonedFrom!: readonly string[] | null;
}

@ObjectType({ description: 'A code for a device to show.' })
export class ScreenPairing {
  @Field(() => String, { description: 'Eight characters that nobody takes for one another.' }) code!: string;
  @Field(() => DateTime, { description: 'From when it is no longer good.' }) expiresAt!: number;
  @Field(() => DateTime, { description: "The server's time now: a device's own clock may be wrong." }) serverTime!: number;
}

@ObjectType({ description: 'A code, or why there is none.' })
export class StartScreenPairingPayload {
  @Field(() => ScreenPairing, { nullable: true, description: 'The code.' }) pairing!: ScreenPairing | null;
  @Field(() => [UserError], { description: 'Why not; empty when there is one.' }) userErrors!: UserError[];
}

@ObjectType({ description: 'The screen, or why nothing was changed.' })
export class ScreenPayload {
  @Field(() => ScreenView, { nullable: true, description: 'The screen.' }) screen!: ScreenView | null;
  @Field(() => [UserError], { description: 'Why not; empty when it was done.' }) userErrors!: UserError[];
}

@ObjectType({ description: 'What the screen shows.' })
export class ReportScreenPayload {
  @Field(() => OwnScreen, { nullable: true, description: 'The screen that tells.' }) screen!: OwnScreen | null;
  @Field(() => [UserError], { description: 'Why not.' }) userErrors!: UserError[];
}
