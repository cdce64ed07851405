import { Arg, Ctx, Int, Query, Resolver } from 'type-graphql';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { EditCalendarInput, ImportHolidaysInput } from '../calendar/calendar.types.ts';
import { SetAgreementLinesInput, UpdateAgreementInput } from '../customer/agreement-input.types.ts';
import { EditPolicyInput } from '../service-level/service-level.types.ts';
import { whatIfAgreement, whatIfAgreementLines, whatIfCalendar, whatIfHolidays, whatIfPolicy } from './what-if.service.ts';
import { WhatIf } from './what-if.types.ts';

const FIRST = { defaultValue: 50, description: 'How many rows, 1–100.' } as const;

/** Each takes the very input of the mutation that would save it. */
@Resolver()
export class WhatIfResolver {
  @Query(() => WhatIf, { description: 'The due instants that this edit of a policy would give the open incidents; nothing is saved (SLA-10). Needs policy.edit.' })
  whatIfPolicy(@Arg('input', () => EditPolicyInput, { description: 'As for editPolicy.' }) input: EditPolicyInput, @Arg('first', () => Int, FIRST) first: number, @Ctx() context: RequestContext): Promise<WhatIf> {
    return whatIfPolicy(context.database, signedIn(context), input, first);
  }

  @Query(() => WhatIf, { description: 'The same for the hours of a calendar. Needs calendar.edit.' })
  whatIfCalendar(@Arg('input', () => EditCalendarInput, { description: 'As for editCalendar.' }) input: EditCalendarInput, @Arg('first', () => Int, FIRST) first: number, @Ctx() context: RequestContext): Promise<WhatIf> {
    return whatIfCalendar(context.database, signedIn(context), input, first);
  }

  @Query(() => WhatIf, { description: 'The same for loading a list of holidays. Needs calendar.edit.' })
  whatIfHolidays(@Arg('input', () => ImportHolidaysInput, { description: 'As for importHolidays.' }) input: ImportHolidaysInput, @Arg('first', () => Int, FIRST) first: number, @Ctx() context: RequestContext): Promise<WhatIf> {
    return whatIfHolidays(context.database, signedIn(context), input, first);
  }

  @Query(() => WhatIf, { description: "The same for an agreement's terms. Needs agreement.edit for its customer." })
  whatIfAgreement(@Arg('input', () => UpdateAgreementInput, { description: 'As for updateAgreement.' }) input: UpdateAgreementInput, @Arg('first', () => Int, FIRST) first: number, @Ctx() context: RequestContext): Promise<WhatIf> {
    return whatIfAgreement(context.database, signedIn(context), input, first);
  }

  @Query(() => WhatIf, { description: "The same for an agreement's lines. Needs agreement.edit for its customer." })
  whatIfAgreementLines(@Arg('input', () => SetAgreementLinesInput, { description: 'As for setAgreementLines.' }) input: SetAgreementLinesInput, @Arg('first', () => Int, FIRST) first: number, @Ctx() context: RequestContext): Promise<WhatIf> {
    return whatIfAgreementLines(context.database, signedIn(context), input, first);
  }
}
