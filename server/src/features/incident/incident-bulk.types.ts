import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { UserError } from '../../platform/graphql/payload.types.ts';
import { Incident } from './incident.types.ts';

@InputType({ description: 'One incident of a bulk command.' })
export class BulkItemInput {
  @Field(() => ID, { description: 'The incident.' }) id!: string;
  @Field(() => Int, { description: 'The version that the command was based on; a stale one is refused.' }) expectedVersion!: number;
}

@InputType({ description: 'Several incidents at once (WBD-04).' })
export class BulkIncidentsInput {
  @Field(() => [BulkItemInput], { description: '1–100, each once.' }) items!: BulkItemInput[];
  @Field(() => String, { nullable: true, description: '8–150 characters. Sent again, what was done is answered, what was refused is tried (API-03).' }) idempotencyKey?: string | null;
}

@InputType({ description: 'Assigns several incidents to a team or person.' })
export class AssignIncidentsInput extends BulkIncidentsInput {
  @Field(() => ID, { nullable: true, description: 'Team; default of each the holding one.' }) teamId?: string | null;
  @Field(() => ID, { nullable: true, description: 'Person, a member of that team.' }) holderId?: string | null;
  @Field(() => String, { nullable: true, description: 'Why.' }) reason?: string | null;
}

@ObjectType({ description: 'How one incident of a bulk command fared: carried out whole, or refused and untouched.' })
export class BulkResult {
  @Field(() => ID, { description: 'The incident that was named.' }) id!: string;
  @Field(() => Incident, { nullable: true, description: 'It as it is then; null when it was refused.' }) incident!: Incident | null;
  @Field(() => UserError, { nullable: true, description: 'Why it was refused; null when it was carried out.' }) error!: UserError | null;
}

@ObjectType({ description: 'Answer of a bulk command: one result for each incident, in the order of the input.' })
export class BulkPayload {
  @Field(() => [BulkResult], { nullable: true, description: 'Null when the whole command was refused.' }) results!: BulkResult[] | null;
  @Field(() => [UserError], { description: 'Why the whole command was refused; empty when each was tried.' }) userErrors!: UserError[];
}
