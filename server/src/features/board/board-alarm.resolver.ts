import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { payload } from '../../platform/graphql/payload.ts';
import { acknowledgeAlarm, ringingAlarms } from './board-alarm.service.ts';
import { AcknowledgeAlarmInput, AcknowledgeAlarmPayload, RingingAlarms } from './board-standing.types.ts';

@Resolver()
export class BoardAlarmResolver {
  @Query(() => RingingAlarms, { description: 'Alarms that nobody has acknowledged, of all incidents that you may see (WBD-03).' })
  ringingAlarms(@Ctx() context: RequestContext): Promise<RingingAlarms> {
    return ringingAlarms(context.database, signedIn(context));
  }

  @Mutation(() => AcknowledgeAlarmPayload, { description: 'Silences alarms on all boards, at once; needs `escalation.acknowledge`. Done again it says who was first (WBD-03, SLA-07).' })
  acknowledgeAlarm(@Arg('input', () => AcknowledgeAlarmInput) input: AcknowledgeAlarmInput, @Ctx() context: RequestContext): Promise<AcknowledgeAlarmPayload> {
    return payload('alarms', () => acknowledgeAlarm(context.database, signedIn(context), input));
  }
}
