import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { UserError } from '../../platform/graphql/payload.types.ts';
import type { IncidentGrouping as Grouping, IncidentSort as Sort } from './board-order.rules.ts';
import { IncidentFilter, IncidentGrouping, IncidentSort } from './queue.types.ts';
import { QUEUE_COLUMNS, type SavedViewScope as Scope } from './saved-view.rules.ts';

export const SavedViewScope = { ME: 'me', TEAM: 'team', ALL: 'all' } as const satisfies Record<string, Scope>;
registerEnumType(SavedViewScope, { name: 'SavedViewScope', description: 'Who finds a view: its owner, a team, or all of the provider who may read incidents. What they see in it, their own rights say.' });

@ObjectType({ description: 'The team that a view is shared with.' })
export class SavedViewTeam {
  @Field(() => ID, { description: 'Id.' }) id!: string;
  @Field(() => String, { description: 'Name.' }) name!: string;
  @Field(() => String, { description: 'Name in Chinese.' }) nameZh!: string;
}

@ObjectType('SavedView', { description: 'A queue kept under a name and an address (WBD-04).' })
export class SavedViewView {
  @Field(() => ID, { description: 'Id.' }) id!: string;
  @Field(() => String, { description: 'Name.' }) name!: string;
  @Field(() => String, { description: 'Its address: /queue/v/<slug>.' }) slug!: string;
  @Field(() => String, { description: 'Who keeps it.' }) owner!: string;
  @Field(() => Boolean, { description: 'It is your own.' }) own!: boolean;
  @Field(() => SavedViewScope, { description: 'Who finds it.' }) scope!: Scope;
  @Field(() => SavedViewTeam, { nullable: true, description: 'Of one shared with a team: which.' }) team!: SavedViewTeam | null;
  @Field(() => IncidentFilter, { description: 'Which incidents.' }) filter!: IncidentFilter;
  @Field(() => IncidentSort, { description: 'In which order.' }) sort!: Sort;
  @Field(() => IncidentGrouping, { nullable: true, description: 'In which bands.' }) grouping!: Grouping | null;
  @Field(() => [String], { description: `Which columns, in their order: ${QUEUE_COLUMNS.join(', ')}. Empty: as each person has chosen.` }) columns!: string[];
  @Field(() => Int, { description: 'Version.' }) version!: number;
  @Field(() => Boolean, { description: 'You may change and remove it.' }) mayChange!: boolean;
  @Field(() => Boolean, { description: 'Your queue opens with it.' }) isDefault!: boolean;
}

@InputType({ description: 'What a view holds.' })
export class CreateSavedViewInput {
  @Field(() => String, { description: '1–60 characters, in whatever language.' }) name!: string;
  @Field(() => String, { nullable: true, description: 'Its address: small letters, digits or Chinese characters, hyphens between. Left out: made of the name.' }) slug?: string | null;
  @Field(() => SavedViewScope, { description: 'TEAM: by its lead or who leads incidents. ALL: by who leads incidents.' }) scope!: Scope;
  @Field(() => ID, { nullable: true, description: 'With scope TEAM: which.' }) teamId?: string | null;
  @Field(() => IncidentFilter, { description: 'Which incidents.' }) filter!: IncidentFilter;
  @Field(() => IncidentSort, { defaultValue: 'priority', description: 'In which order.' }) sort!: Sort;
  @Field(() => IncidentGrouping, { nullable: true, description: 'In which bands.' }) grouping?: Grouping | null;
  @Field(() => [String], { nullable: true, description: `Which columns, in their order: ${QUEUE_COLUMNS.join(', ')}.` }) columns?: string[] | null;
  @Field(() => String, { nullable: true, description: '8–200 characters.' }) idempotencyKey?: string | null;
}

@InputType({ description: 'What a view holds from now on.' })
export class ChangeSavedViewInput extends CreateSavedViewInput {
  @Field(() => ID, { description: 'The view.' }) id!: string;
  @Field(() => Int, { description: 'The version that it is based on; a stale one is refused.' }) expectedVersion!: number;
}

@InputType({ description: 'A view to be removed.' })
export class RemoveSavedViewInput {
  @Field(() => ID, { description: 'The view.' }) id!: string;
  @Field(() => Int, { description: 'Its version.' }) expectedVersion!: number;
}

@InputType({ description: 'The view that your queue opens with.' })
export class ChooseDefaultViewInput {
  @Field(() => ID, { nullable: true, description: 'The view; null: everything that is open.' }) id?: string | null;
}

@ObjectType({ description: 'Answer of a command on a view.' })
export class SavedViewPayload {
  @Field(() => SavedViewView, { nullable: true, description: 'The view; null when it was refused or removed, or when none was chosen.' }) savedView!: SavedViewView | null;
  @Field(() => [UserError], { description: 'Why it was refused; empty when it was carried out.' }) userErrors!: UserError[];
}
