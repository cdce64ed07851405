import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { PageInfo } from '../../platform/graphql/page.types.ts';
import { DateTime } from '../../platform/graphql/scalars.ts';
import { IncidentState } from '../incident/incident-state.types.ts';
import { IncidentLevel } from '../service-level/level.types.ts';
import { TicketKind } from '../ticket/ticket.types.ts';

export const MyView = { OPEN: 'open', WAITING: 'waiting', CLOSED: 'closed' } as const;
registerEnumType(MyView, { name: 'MyView', description: 'OPEN: not closed. WAITING: it is my turn. CLOSED.' });

export const MyTurn = { CONFIRM: 'confirm', ANSWER: 'answer', RATE: 'rate' } as const;
registerEnumType(MyTurn, { name: 'MyTurn', description: 'What the customer owes: a word on the solution, an answer, a rating.' });

@ObjectType({ description: 'An incident of one\'s own organisation, as a list shows it (WBD-12).' })
export class MyIncident {
  @Field(() => ID, { description: 'Id.' }) id!: string;
  @Field(() => String, { description: 'Number.' }) number!: string;
  @Field(() => String, { description: 'One line.' }) title!: string;
  @Field(() => IncidentState, { description: 'State.' }) state!: string;
  @Field(() => Boolean, { description: 'Whether work has started.' }) started!: boolean;
  @Field(() => IncidentLevel, { description: 'Level in force.' }) level!: string;
  @Field(() => DateTime, { description: 'When it was reported.' }) reportedAt!: number;
  @Field(() => DateTime, { nullable: true, description: 'When it was closed.' }) closedAt!: number | null;
  @Field(() => String, { nullable: true, description: 'Who reported it.' }) caller!: string | null;
  @Field(() => String, { nullable: true, description: 'Name of the site.' }) site!: string | null;
  @Field(() => MyTurn, { nullable: true, description: 'What is waited for from the customer; null: nothing.' }) turn!: string | null;
  @Field(() => String, { nullable: true, description: 'What it waits for: key of the vocabulary.' }) waitsFor!: string | null;
  @Field(() => DateTime, { nullable: true, description: 'When its solution is due; null while the clock stands still or has ended.' }) dueAt!: number | null;
  @Field(() => DateTime, { nullable: true, description: 'The agreed instant that passed.' }) missedAt!: number | null;
}

@ObjectType({ description: 'How many there are of each view.' })
export class MyCounts {
  @Field(() => Int, { description: 'Not closed.' }) open!: number;
  @Field(() => Int, { description: 'It is my turn.' }) waiting!: number;
  @Field(() => Int, { description: 'Closed.' }) closed!: number;
}

@ObjectType({ description: 'A page of one\'s own incidents, newest first.' })
export class MyIncidents {
  @Field(() => [MyIncident], { description: 'At most 100.' }) incidents!: readonly MyIncident[];
  @Field(() => MyCounts, { description: 'Of all, whatever the page and the words searched for.' }) counts!: MyCounts;
  @Field(() => PageInfo, { description: 'Where the page ends.' }) pageInfo!: PageInfo;
}

@ObjectType({ description: 'A change or release that concerns one\'s own organisation.' })
export class MyPlannedWork {
  @Field(() => ID, { description: 'Id.' }) id!: string;
  @Field(() => TicketKind, { description: 'CHANGE or RELEASE.' }) kind!: string;
  @Field(() => String, { description: 'Number.' }) number!: string;
  @Field(() => String, { description: 'Title.' }) title!: string;
  @Field(() => String, { description: 'State, as its kind names it.' }) state!: string;
  @Field(() => Boolean, { description: 'Whether it is still open.' }) open!: boolean;
  @Field(() => Boolean, { description: 'Whether the customer\'s word is waited for.' }) myTurn!: boolean;
  @Field(() => DateTime, { nullable: true, description: 'Begin of the planned window.' }) windowStartAt!: number | null;
  @Field(() => DateTime, { nullable: true, description: 'End of the planned window.' }) windowEndAt!: number | null;
  @Field(() => DateTime, { description: 'When it was opened.' }) openedAt!: number;
}
