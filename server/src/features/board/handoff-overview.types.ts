import { Field, ID, Int, ObjectType } from 'type-graphql';
import { DateTime } from '../../platform/graphql/scalars.ts';
import { IncidentLevel } from '../service-level/level.types.ts';
import { TeamName } from '../ticket/ticket.types.ts';

@ObjectType({ description: 'A handoff that waits to be accepted (WBD-06).' })
export class OpenHandoff {
  @Field(() => ID, { description: 'Id of the handoff.' }) id!: string;
  @Field(() => ID, { description: 'The incident.' }) incidentId!: string;
  @Field(() => String, { description: 'Its number.' }) number!: string;
  @Field(() => String, { description: 'Its title.' }) title!: string;
  @Field(() => Int, { description: 'Its version, for a command.' }) version!: number;
  @Field(() => IncidentLevel, { description: 'Its level.' }) level!: string;
  @Field(() => Boolean, { description: 'Sent back and forth (HND-03).' }) pingPong!: boolean;
  @Field(() => Int, { description: 'How often it was urged.' }) urgeCount!: number;
  @Field(() => String, { description: 'Customer.' }) customer!: string;
  @Field(() => TeamName, { nullable: true, description: 'Who handed it over.' }) fromTeam!: TeamName | null;
  @Field(() => TeamName, { description: 'Who is asked to take it.' }) toTeam!: TeamName;
  @Field(() => String, { nullable: true, description: 'The person asked for.' }) toPerson!: string | null;
  @Field(() => String, { description: 'Why.' }) reason!: string;
  @Field(() => String, { description: 'What is asked for.' }) requestedAction!: string;
  @Field(() => String, { description: 'By whom.' }) requestedBy!: string;
  @Field(() => DateTime, { description: 'Since when it waits.' }) since!: number;
  @Field(() => Int, { description: 'Reminders so far (HND-02).' }) ageingStep!: number;
  @Field(() => DateTime, { nullable: true, description: 'When the next reminder comes; null after the last one, and while suspended.' }) nextStepAt!: number | null;
  @Field(() => Boolean, { description: 'Not a usual pair of the matrix (HND-04).' }) unusual!: boolean;
  @Field(() => String, { nullable: true, description: 'First contact 首问, engineer (HND-02).' }) firstContact!: string | null;
  @Field(() => String, { nullable: true, description: 'First contact, service manager.' }) serviceManager!: string | null;
}

@ObjectType({ description: 'An open incident that was sent back and forth (HND-03).' })
export class BouncedIncident {
  @Field(() => ID, { description: 'The incident.' }) incidentId!: string;
  @Field(() => String, { description: 'Its number.' }) number!: string;
  @Field(() => String, { description: 'Its title.' }) title!: string;
  @Field(() => IncidentLevel, { description: 'Its level.' }) level!: string;
  @Field(() => String, { description: 'Customer.' }) customer!: string;
  @Field(() => Int, { description: 'How often it was handed over.' }) moves!: number;
  @Field(() => [TeamName], { description: 'The teams it went to, in order; the first one is where it began.' }) path!: TeamName[];
}

@ObjectType({ description: 'What a team handed over and was handed over (WBD-06), moves deduced from imported history among them.' })
export class HandoffTally {
  @Field(() => TeamName, { description: 'The team.' }) team!: TeamName;
  @Field(() => Int, { description: 'Handed over to it.' }) taken!: number;
  @Field(() => Int, { description: 'Handed over by it.' }) given!: number;
  @Field(() => Int, { description: 'Of those to it: accepted.' }) accepted!: number;
  @Field(() => Int, { description: 'Of those to it: rejected.' }) rejected!: number;
  @Field(() => Int, { nullable: true, description: 'Median wall time until it accepted; without moves deduced from imported history, of which nobody knows it.' }) medianSeconds!: number | null;
  @Field(() => Int, { nullable: true, description: 'Longest wall time until it accepted; likewise.' }) longestSeconds!: number | null;
}

@ObjectType({ description: 'How often one team handed over to another (WBD-06).' })
export class HandoffFlow {
  @Field(() => ID, { description: 'From.' }) fromTeamId!: string;
  @Field(() => ID, { description: 'To.' }) toTeamId!: string;
  @Field(() => Int, { description: 'How often.' }) count!: number;
  @Field(() => Int, { description: 'Of these not usual by the matrix (HND-04).' }) unusual!: number;
}
