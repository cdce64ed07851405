import { Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DateTime } from '../../platform/graphql/scalars.ts';
import { IncidentLevel } from '../service-level/level.types.ts';

export const WhatIfChangeEnum = { BREACHED: 'breached', EARLIER: 'earlier', ADDED: 'added', LATER: 'later', ENDED: 'ended' } as const;
registerEnumType(WhatIfChangeEnum, { name: 'WhatIfChange', description: 'What an edit would do to a clock; BREACHED: past its new due instant at once.' });

@ObjectType({ description: 'How a clock stands in one of the two worlds.' })
export class WhatIfClock {
  @Field(() => String, { description: 'Key of vocabulary.clockStates.' })
  state!: string;

  @Field(() => DateTime, { nullable: true, description: 'When it is due; null while it is paused.' })
  dueAt!: number | null;

  @Field(() => Float, { nullable: true, description: 'What a paused clock has left, milliseconds of its calendar.' })
  remainingMs!: number | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was breached; it stays so whatever is edited (SLA-14).' })
  breachedAt!: number | null;
}

@ObjectType({ description: 'A clock that the edit would move.' })
export class WhatIfRow {
  @Field(() => ID, { description: 'The incident.' }) id!: string;
  @Field(() => String, { description: 'Its number.' }) number!: string;
  @Field(() => String, { description: 'Its title.' }) title!: string;
  @Field(() => ID, { description: 'Its customer.' }) customerId!: string;
  @Field(() => String, { description: "The customer's name." }) customer!: string;
  @Field(() => IncidentLevel, { description: 'Its level.' }) level!: string;
  @Field(() => String, { description: 'What the clock measures, a key of vocabulary.clockKinds.' }) kind!: string;
  @Field(() => ID, { description: 'The incident, or the handoff whose acceptance is timed.' }) subjectId!: string;
  @Field(() => WhatIfChangeEnum, { description: 'What the edit would do to it.' }) change!: string;
  @Field(() => WhatIfClock, { nullable: true, description: 'Without the edit; null: the clock would come anew.' }) before!: WhatIfClock | null;
  @Field(() => WhatIfClock, { description: 'With the edit.' }) after!: WhatIfClock;
}

@ObjectType({ description: 'Exact counts, of clocks but for "incidents".' })
export class WhatIfCounts {
  @Field(() => Int, { description: 'Open incidents that were looked at.' }) incidents!: number;
  @Field(() => Int, { description: 'Their open clocks.' }) clocks!: number;
  @Field(() => Int, { description: 'Breached at once.' }) breached!: number;
  @Field(() => Int, { description: 'Due earlier.' }) earlier!: number;
  @Field(() => Int, { description: 'Due later.' }) later!: number;
  @Field(() => Int, { description: 'Clocks that would begin.' }) added!: number;
  @Field(() => Int, { description: 'Clocks that would end.' }) ended!: number;
  @Field(() => Int, { description: 'Due as now.' }) unchanged!: number;
  @Field(() => Int, { description: 'Due later, but breached already: the breach stays on record (SLA-14).' }) breachKept!: number;
}

@ObjectType({ description: 'The counts of one level.' })
export class WhatIfLevel extends WhatIfCounts {
  @Field(() => IncidentLevel, { description: 'The level.' }) level!: string;
}

@ObjectType({ description: 'The counts of one customer.' })
export class WhatIfCustomer extends WhatIfCounts {
  @Field(() => ID, { description: 'The customer.' }) customerId!: string;
  @Field(() => String, { description: "The customer's name." }) customer!: string;
}

@ObjectType({ description: 'What an edit would do to the open incidents, before it is saved (SLA-10).' })
export class WhatIf {
  @Field(() => DateTime, { description: 'When it was asked.' }) now!: number;
  @Field(() => DateTime, { description: "The instant at which the clocks are compared: now, or a policy's later valid-from (D-22)." }) asOf!: number;
  @Field(() => Boolean, { description: 'The valid-from lies in the past: saving will ask for a reason (D-22).' }) needsReason!: boolean;
  @Field(() => WhatIfCounts, { description: 'All open incidents.' }) totals!: WhatIfCounts;
  @Field(() => [WhatIfLevel], { description: 'By level.' }) byLevel!: readonly WhatIfLevel[];
  @Field(() => [WhatIfCustomer], { description: 'By customer, those with most to lose first, at most 100.' }) byCustomer!: readonly WhatIfCustomer[];
  @Field(() => Int, { description: 'How many customers have open incidents among those looked at.' }) customers!: number;
  @Field(() => [WhatIfRow], { description: 'Clocks that would move: breached at once first, then by their new due instant.' }) rows!: readonly WhatIfRow[];
  @Field(() => Int, { description: 'How many clocks would move, of those that one may see.' }) rowTotal!: number;
}
