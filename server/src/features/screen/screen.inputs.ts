import { Field, Float, ID, InputType, Int } from 'type-graphql';
import { Locale } from '../access/access.types.ts';

@InputType({ description: 'A board of a rotation.' })
export class ScreenBoardInput {
  @Field(() => ID, { description: 'The board.' }) boardId!: string;
  @Field(() => Int, { description: 'How long it stays: 10–3600 s.' }) seconds!: number;
}

@InputType({ description: 'What a screen shows, and how big it is.' })
class ScreenSettingsInput {
  @Field(() => String, { description: 'Name, 1–80 characters.' }) name!: string;
  @Field(() => String, { nullable: true, description: 'Where it hangs, at most 120 characters.' }) place!: string | null;
  @Field(() => [ScreenBoardInput], { description: '1–6 boards in the order of the rotation.' }) boards!: ScreenBoardInput[];
  @Field(() => Locale, { description: 'Language.' }) locale!: 'zh-CN' | 'en';
  @Field(() => Float, { description: 'Diagonal in inches, 20–200.' }) diagonalInches!: number;
  @Field(() => Float, { description: 'Farthest seat in metres, 0.5–30. Refused where the smallest text would fall below 16 minutes of arc.' }) seatMetres!: number;
  @Field(() => Boolean, { description: 'May it sound?' }) sound!: boolean;
}

@InputType({ description: 'The device that shows this code, and what it shall show.' })
export class PairScreenInput extends ScreenSettingsInput {
  @Field(() => String, { description: 'The code on the device; spaces, dashes and small letters do not matter.' }) code!: string;
  @Field(() => String, { nullable: true, description: 'The same key with the same input answers with the same screen (API-03).' }) idempotencyKey?: string | null;
}

@InputType({ description: 'What a screen shall show from now on.' })
export class UpdateScreenInput extends ScreenSettingsInput {
  @Field(() => ID, { description: 'The screen.' }) id!: string;
  @Field(() => Int, { description: 'The version that the change is based on.' }) expectedVersion!: number;
  @Field(() => Boolean, { nullable: true, description: 'True: the copy that was noticed has been looked at.' }) cloneSeen?: boolean | null;
}

@InputType({ description: 'A screen whose identity ends.' })
export class RevokeScreenInput {
  @Field(() => ID, { description: 'The screen.' }) id!: string;
  @Field(() => String, { nullable: true, description: 'Why, for the audit trail.' }) reason?: string | null;
}

@InputType({ description: 'How a screen is.' })
export class ReportScreenInput {
  @Field(() => String, { description: 'Version of the wallboard that it runs.' }) version!: string;
  @Field(() => String, { description: 'Its browser.' }) userAgent!: string;
  @Field(() => Int, { description: 'Width in device pixels.' }) width!: number;
  @Field(() => Int, { description: 'Height in device pixels.' }) height!: number;
  @Field(() => [String], { description: 'What is not as it should be.' }) problems!: string[];
}
