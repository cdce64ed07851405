import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { Seq } from '../../platform/graphql/scalars.ts';
import { SECOND } from '../../kernel/instant.ts';
import { isOperatingLevel } from '../clock/clock.rules.ts';
import { ClockView, EscalationView } from '../clock/clock.types.ts';
import { HandoffView } from '../handoff/handoff.types.ts';
import { policiesAt } from '../service-level/service-level.service.ts';
import { legsOf, legTimes } from '../ticket/ticket.rules.ts';
import { AttachmentView, AvailableActionView, CiLinkView, TimelineEntry } from '../ticket/ticket-fields.types.ts';
import { cisOfTicket, filesOf, historyOf } from '../ticket/ticket-history.service.ts';
import { linksOf } from '../ticket/ticket-link.service.ts';
import { LegView, TicketLinkView, WorkLogEntryView } from '../ticket/ticket.types.ts';
import { availableActionsOf } from './incident-available.service.ts';
import { actionsForCustomer, clockForCustomer, entryForCustomer, escalationsForCustomer, reasonsOnCustomer, suspensionForCustomer } from './incident-customer-view.rules.ts';
import {
  calendarBook, clockBooks, clockViewsOf, escalationsOf, handoffsOf, personNames, regradesOf, requestNow, spansOf, suspensionsOf, teamNames, workLogsOf,
} from './incident.loaders.ts';
import { seesInternal } from './incident.queries.ts';
import { Incident, RegradeRequestView, SuspensionView } from './incident.types.ts';

/** The parts of an incident that are loaded only when asked for, in batches. */
@Resolver(() => Incident)
export class IncidentFieldsResolver {
  @FieldResolver(() => [ClockView], { description: 'Its clocks (SLA-01), judged now.' })
  async clocks(@Root() incident: Incident, @Ctx() context: RequestContext): Promise<ClockView[]> {
    const views = await clockViewsOf(context, incident.id, (kind) => !isOperatingLevel(kind));
    return seesInternal(signedIn(context)) ? views : views.flatMap((view) => clockForCustomer(view) ?? []);
  }

  @FieldResolver(() => [SuspensionView], { description: 'Spells of 挂起, oldest first.' })
  async suspensions(@Root() incident: Incident, @Ctx() context: RequestContext): Promise<SuspensionView[]> {
    const [rows, now] = await Promise.all([suspensionsOf(context).load(incident.id), requestNow(context)]);
    const { policies } = await policiesAt(context.database, context.database.em, now);
    const { reasons } = policies.suspension;
    const onCustomer = reasonsOnCustomer(reasons);
    const shown = (spell: SuspensionView): SuspensionView => (seesInternal(signedIn(context)) ? spell : suspensionForCustomer(spell, onCustomer));
    return rows.map(({ fromAt, toAt, ...row }) => {
      const reason = reasons.find(({ key }) => key === row.category);
      const length = Math.round(((toAt ?? now) - fromAt) / SECOND);
      return shown({ ...row, from: fromAt, to: toAt, categoryZh: reason?.zh ?? row.category, categoryEn: reason?.en ?? row.category, seconds: length });
    });
  }

  @FieldResolver(() => Int, { description: 'Time in 挂起 so far, wall time; corrected spells do not count (INC-08).' })
  async pendingTotalSeconds(@Root() incident: Incident, @Ctx() context: RequestContext): Promise<number> {
    const spells = await this.suspensions(incident, context);
    return spells.filter(({ correctedAt }) => correctedAt === null).reduce((sum, spell) => sum + spell.seconds, 0);
  }

  @FieldResolver(() => [HandoffView], { description: 'Handoffs, oldest first. Internal: a customer gets none.' })
  async handoffs(@Root() incident: Incident, @Ctx() context: RequestContext): Promise<HandoffView[]> {
    const rows = seesInternal(signedIn(context)) ? await handoffsOf(context).load(incident.id) : [];
    return Promise.all(rows.map(async (row) => {
      const [fromTeam, toTeam, toPerson] = await Promise.all([
        row.fromTeamId ? teamNames(context).load(row.fromTeamId) : null, teamNames(context).load(row.toTeamId),
        row.toPersonId ? personNames(context).load(row.toPersonId) : null,
      ]);
      return { ...row, fromTeam, toTeam: toTeam!, toPerson };
    }));
  }

  @FieldResolver(() => [LegView], { description: 'Stays in teams; they add up to its total (HND-06). Internal: a customer gets none.' })
  async legs(@Root() incident: Incident, @Ctx() context: RequestContext): Promise<LegView[]> {
    if (!seesInternal(signedIn(context))) return [];
    const [spans, now, calendars, book] = await Promise.all([
      spansOf(context).load(incident.id), requestNow(context), calendarBook(context), clockBooks(context).load(incident.id),
    ]);
    const { policies } = await policiesAt(context.database, context.database.em, now);
    const ref = book.clocks.find(({ kind }) => kind === 'resolution')?.calendarRef;
    const legs = legsOf(spans, now);
    const times = legTimes(legs, now, ref ? (from, to) => calendars.resolve(ref).elapsed(from, to) : (from, to) => to - from);
    return Promise.all(legs.map(async ({ teamId, waitingMs, workedMs, ...leg }, index) => {
      const team = teamId ? await teamNames(context).load(teamId) : null;
      const minutes = policies.handoff.legTargets.find((target) => target.team === teamKey(team))?.minutes ?? null;
      const { waitingSeconds: waiting, workedSeconds: worked } = times[index]!;
      return {
        ...leg, team, waitingSeconds: Math.round(waitingMs / SECOND), workedSeconds: Math.round(workedMs / SECOND),
        waitingBusinessSeconds: waiting, workedBusinessSeconds: worked, businessSeconds: waiting + worked, olaTargetSeconds: minutes === null ? null : minutes * 60,
      };
    }));
  }

  @FieldResolver(() => [EscalationView], { description: 'Escalations, oldest first (SLA-07); a customer sees those raised by hand, and whether somebody has taken them.' })
  async escalations(@Root() incident: Incident, @Ctx() context: RequestContext): Promise<EscalationView[]> {
    const rows = (await escalationsOf(context).load(incident.id)).map((row) => ({ ...row, to: row.addressees }));
    return seesInternal(signedIn(context)) ? rows : escalationsForCustomer(rows);
  }

  @FieldResolver(() => [RegradeRequestView], { description: 'Re-gradings asked for, oldest first. Internal: a customer gets none.' })
  async regrades(@Root() incident: Incident, @Ctx() context: RequestContext): Promise<RegradeRequestView[]> {
    return seesInternal(signedIn(context)) ? regradesOf(context).load(incident.id) : [];
  }

  @FieldResolver(() => [WorkLogEntryView], { description: 'Work log, the latest 500 entries; a customer sees the visible ones (INC-06).' })
  async workLog(@Root() incident: Incident, @Ctx() context: RequestContext): Promise<WorkLogEntryView[]> {
    const entries = await workLogsOf(context).load(incident.id);
    return seesInternal(signedIn(context)) ? entries : entries.map(entryForCustomer);
  }

  @FieldResolver(() => [TicketLinkView], { description: 'Links to other records, both ways.' })
  async links(@Root() incident: Incident, @Ctx() context: RequestContext): Promise<TicketLinkView[]> {
    return linksOf(context.database.em, signedIn(context), incident.id);
  }

  @FieldResolver(() => [CiLinkView], { description: 'CIs that it concerns (INC-13).' })
  async cis(@Root() incident: Incident, @Ctx() context: RequestContext): Promise<CiLinkView[]> {
    return cisOfTicket(context.database.em, signedIn(context), incident.id);
  }

  @FieldResolver(() => [AttachmentView], { description: 'Files; fetch one at /attachments/ID (INC-03). A customer gets those meant for them.' })
  async attachments(@Root() incident: Incident, @Ctx() context: RequestContext): Promise<AttachmentView[]> {
    return filesOf(context.database.em, signedIn(context), incident.id);
  }

  @FieldResolver(() => [TimelineEntry], { description: 'Its history from the event log, newest first by time of occurrence; at most 100 entries, older than the entry `before`. Internal: a customer gets none.' })
  async timeline(
    @Root() incident: Incident, @Ctx() context: RequestContext,
    @Arg('first', () => Int, { defaultValue: 100 }) first: number, @Arg('before', () => Seq, { nullable: true }) before?: number | null,
  ): Promise<TimelineEntry[]> {
    return historyOf(context.database.em, signedIn(context), { ticketId: incident.id, first, beforeSeq: before ?? null });
  }

  @FieldResolver(() => [AvailableActionView], { description: 'What you may do now, and what each action still lacks (API-03). Refused in live documents (D-30).' })
  async availableActions(@Root() incident: Incident, @Ctx() context: RequestContext): Promise<AvailableActionView[]> {
    const actions = await availableActionsOf(context.database, signedIn(context), incident.id);
    return seesInternal(signedIn(context)) ? actions : actionsForCustomer(actions);
  }
}

function teamKey(team: object | null): string | null {
  return team !== null && 'key' in team && typeof team.key === 'string' ? team.key : null;
}
