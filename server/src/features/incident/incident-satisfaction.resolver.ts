import { Arg, Ctx, Field, FieldResolver, ID, InputType, Int, Mutation, ObjectType, Resolver, Root } from 'type-graphql';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { payload } from '../../platform/graphql/payload.ts';
import { UserError } from '../../platform/graphql/payload.types.ts';
import { DateTime } from '../../platform/graphql/scalars.ts';
import type { Actor } from '../../kernel/actor.ts';
import { answerWith } from './incident-answer.resolver.ts';
import { answerSatisfaction, askSatisfaction, rateIncident } from './incident-satisfaction.service.ts';
import { satisfactionOf } from './incident.queries.ts';
import { Incident, IncidentPayload } from './incident.types.ts';

@ObjectType({ description: 'What the customer says of a closed incident (INC-17).' })
export class SatisfactionView {
  @Field(() => Int, { description: '1 (poor) to 5 (very good).' })
  score!: number;

  @Field(() => String, { nullable: true, description: 'In their words.' })
  text!: string | null;

  @Field(() => DateTime, { description: 'When.' })
  answeredAt!: number;

  @Field(() => String, { description: 'By whom.' })
  answeredBy!: string;
}

@ObjectType({ description: 'The one-time link, told this once.' })
export class AskSatisfactionPayload {
  @Field(() => String, { nullable: true, description: 'Path of the page, to be put behind the address of the wallboard and sent to the customer.' })
  path!: string | null;

  @Field(() => [UserError], { description: 'Why it was refused.' })
  userErrors!: UserError[];
}

@ObjectType({ description: 'Thanks for the answer.' })
export class AnswerSatisfactionPayload {
  @Field(() => Boolean, { nullable: true, description: 'True when the answer was taken.' })
  taken!: boolean | null;

  @Field(() => [UserError], { description: 'Why it was refused.' })
  userErrors!: UserError[];
}

@InputType({ description: 'A rating by one of the customer\'s own people.' })
export class RateIncidentInput {
  @Field(() => ID, { description: 'The closed incident.' })
  id!: string;

  @Field(() => Int, { description: '1 (poor) to 5 (very good).' })
  score!: number;

  @Field(() => String, { nullable: true, description: 'In their words.' })
  text?: string | null;
}

@InputType({ description: 'A rating by the one-time link.' })
export class AnswerSatisfactionInput {
  @Field(() => String, { description: 'The secret of the link.' })
  secret!: string;

  @Field(() => Int, { description: '1 (poor) to 5 (very good).' })
  score!: number;

  @Field(() => String, { nullable: true, description: 'In their words.' })
  text?: string | null;
}

/** Satisfaction with a closed incident (INC-17). */
@Resolver(() => Incident)
export class IncidentSatisfactionResolver {
  @FieldResolver(() => SatisfactionView, { nullable: true, description: 'The customer\'s rating, once given (INC-17).' })
  async satisfaction(@Root() incident: Incident, @Ctx() context: RequestContext): Promise<SatisfactionView | null> {
    return satisfactionOf(context.database.em, incident.id);
  }

  @Mutation(() => AskSatisfactionPayload, { description: 'Makes the one-time link by which the customer rates a closed incident (INC-17).' })
  askSatisfaction(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext): Promise<AskSatisfactionPayload> {
    return payload('path', async () => `/rate/${await askSatisfaction(context.database, signedIn(context), id)}`);
  }

  @Mutation(() => IncidentPayload, { description: 'The customer rates a closed incident, once (INC-17).' })
  rateIncident(@Arg('input', () => RateIncidentInput) input: RateIncidentInput, @Ctx() context: RequestContext): Promise<IncidentPayload> {
    return answerWith(context, (database, actor) => rateIncident(database, actor, input));
  }

  @Mutation(() => AnswerSatisfactionPayload, { description: 'Rates by the one-time link, without signing in (INC-17).' })
  answerSatisfaction(@Arg('input', () => AnswerSatisfactionInput) input: AnswerSatisfactionInput, @Ctx() context: RequestContext): Promise<AnswerSatisfactionPayload> {
    return payload('taken', async () => (await answerSatisfaction(context.database, visitor(context), input)) !== '');
  }
}

/** Whoever holds the link: no person, no right but the link itself. */
function visitor({ origin }: RequestContext): Actor {
  return { kind: 'token', id: 'one-time-link', name: 'customer (one-time link)', grants: [], customerId: null, teamIds: [], origin };
}
