import { Field, InputType, registerEnumType } from 'type-graphql';
import type { VisitFault as Fault } from './incident-duty.rules.ts';
import { IncidentInput } from './incident.inputs.ts';

export const VisitFault = { DELAYED: 'delayed', MISSED: 'missed' } as const satisfies Record<string, Fault>;
registerEnumType(VisitFault, { name: 'VisitFault', description: 'What is wrong with a visit (SLA-08).' });

@InputType({ description: 'A notice that a visit is delayed or was missed (SLA-08).' })
export class NoticeVisitDelayInput extends IncidentInput {
  @Field(() => VisitFault, { description: 'What is wrong with it.' })
  fault!: Fault;

  @Field(() => String, { description: 'What was heard, and from whom. Internal.' })
  text!: string;
}

@InputType({ description: 'The user was contacted and the visit dispatched again (SLA-08).' })
export class RedispatchVisitInput extends IncidentInput {
  @Field(() => String, { description: 'What was said to the user; the customer sees it.' })
  contact!: string;

  @Field(() => String, { description: 'Who goes now, and when. Internal.' })
  dispatch!: string;
}
