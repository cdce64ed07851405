import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { Seq } from '../../platform/graphql/scalars.ts';
import { SECOND } from '../../kernel/instant.ts';
import { ClockView, EscalationView } from '../clock/clock.types.ts';
import { HandoffView } from '../handoff/handoff.types.ts';
import { policiesAt } from '../service-level/service-level.service.ts';
import { legsOf } from '../ticket/ticket.rules.ts';
import { AttachmentView, AvailableActionView, CiLinkView, TimelineEntry } from '../ticket/ticket-fields.types.ts';
import { cisOfTicket, filesOf, historyOf } from '../ticket/ticket-history.service.ts';
import { linksOf } from '../ticket/ticket-link.service.ts';
import { LegView, TicketLinkView, WorkLogEntryView } from '../ticket/ticket.types.ts';
import { availableActionsOf } from './incident-available.service.ts';
import { clockView } from './incident-clocks.queries.ts';
import {
  calendarBook, clockBooks, escalationsOf, handoffsOf, personNames, regradesOf, requestNow, spansOf, suspensionsOf, teamNames, workLogsOf,
} from './incident.loaders.ts';
import { Incident, RegradeRequestView, SuspensionView } from './incident.types.ts';

/** The parts of an incident that are loaded only when asked for, in batches. */
@Resolver(() => Incident)
export class IncidentFieldsResolver {
  @FieldResolver(() => [ClockView], { description: 'Its clocks (SLA-01), judged now.' })
  async clocks(@Root() incident: Incident, @Ctx() context: RequestContext): Promise<ClockView[]> {
    const [book, calendars, now] = await Promise.all([clockBooks(context).load(incident.id), calendarBook(context), requestNow(context)]);
    return Promise.all(book.clocks.filter((clock) => clock.kind !== 'handoff').map(async (clock) => {
      const team = clock.breachTeamId ? await teamNames(context).load(clock.breachTeamId) : null;
      const holder = clock.breachHolderId ? await personNames(context).load(clock.breachHolderId) : null;
      return clockView(book, clock, calendars, now, clock.breachedAt === null ? null : { team: team?.name ?? null, holder: holder?.name ?? null });
    }));
  }

  @FieldResolver(() => [SuspensionView], { description: 'Spells of 挂起, oldest first.' })
  async suspensions(@Root() incident: Incident, @Ctx() context: RequestContext): Promise<SuspensionView[]> {
    const [rows, now] = await Promise.all([suspensionsOf(context).load(incident.id), requestNow(context)]);
    const { policies } = await policiesAt(context.database, context.database.em, now);
    return rows.map(({ fromAt, toAt, ...row }) => {
      const reason = policies.suspension.reasons.find(({ key }) => key === row.category);
      const length = Math.round(((toAt ?? now) - fromAt) / SECOND);
      return { ...row, from: fromAt, to: toAt, categoryZh: reason?.zh ?? row.category, categoryEn: reason?.en ?? row.category, seconds: length };
    });
  }

  @FieldResolver(() => Int, { description: 'Time in 挂起 so far, wall time; corrected spells do not count (INC-08).' })
  async pendingTotalSeconds(@Root() incident: Incident, @Ctx() context: RequestContext): Promise<number> {
    const spells = await this.suspensions(incident, context);
    return spells.filter(({ correctedAt }) => correctedAt === null).reduce((sum, spell) => sum + spell.seconds, 0);
  }

  @FieldResolver(() => [HandoffView], { description: 'Handoffs, oldest first.' })
  async handoffs(@Root() incident: Incident, @Ctx() context: RequestContext): Promise<HandoffView[]> {
    const rows = await handoffsOf(context).load(incident.id);
    return Promise.all(rows.map(async (row) => {
      const [fromTeam, toTeam, toPerson] = await Promise.all([
        row.fromTeamId ? teamNames(context).load(row.fromTeamId) : null, teamNames(context).load(row.toTeamId),
        row.toPersonId ? personNames(context).load(row.toPersonId) : null,
      ]);
      return { ...row, fromTeam, toTeam: toTeam!, toPerson };
    }));
  }

  @FieldResolver(() => [LegView], { description: 'Stays in teams; they add up to its total (HND-06).' })
  async legs(@Root() incident: Incident, @Ctx() context: RequestContext): Promise<LegView[]> {
    const [spans, now, calendars, book] = await Promise.all([
      spansOf(context).load(incident.id), requestNow(context), calendarBook(context), clockBooks(context).load(incident.id),
    ]);
    const { policies } = await policiesAt(context.database, context.database.em, now);
    const ref = book.clocks.find(({ kind }) => kind === 'resolution')?.calendarRef;
    return Promise.all(legsOf(spans, now).map(async ({ teamId, waitingMs, workedMs, ...leg }) => {
      const team = teamId ? await teamNames(context).load(teamId) : null;
      const key = policies.handoff.legTargets.find((target) => target.team === teamKey(team))?.minutes ?? null;
      const businessMs = ref ? calendars.resolve(ref).elapsed(leg.from, leg.to ?? now) : waitingMs + workedMs;
      return {
        ...leg, team, waitingSeconds: Math.round(waitingMs / SECOND), workedSeconds: Math.round(workedMs / SECOND),
        businessSeconds: Math.round(businessMs / SECOND), olaTargetSeconds: key === null ? null : key * 60,
      };
    }));
  }

  @FieldResolver(() => [EscalationView], { description: 'Escalations, oldest first (SLA-07).' })
  async escalations(@Root() incident: Incident, @Ctx() context: RequestContext): Promise<EscalationView[]> {
    return (await escalationsOf(context).load(incident.id)).map((row) => ({ ...row, to: row.addressees }));
  }

  @FieldResolver(() => [RegradeRequestView], { description: 'Re-gradings asked for, oldest first.' })
  async regrades(@Root() incident: Incident, @Ctx() context: RequestContext): Promise<RegradeRequestView[]> {
    return regradesOf(context).load(incident.id);
  }

  @FieldResolver(() => [WorkLogEntryView], { description: 'Work log, the latest 500 entries; a customer sees the visible ones (INC-06).' })
  async workLog(@Root() incident: Incident, @Ctx() context: RequestContext): Promise<WorkLogEntryView[]> {
    return workLogsOf(context).load(incident.id);
  }

  @FieldResolver(() => [TicketLinkView], { description: 'Links to other records, both ways.' })
  async links(@Root() incident: Incident, @Ctx() context: RequestContext): Promise<TicketLinkView[]> {
    return linksOf(context.database.em, signedIn(context), incident.id);
  }

  @FieldResolver(() => [CiLinkView], { description: 'CIs that it concerns (INC-13).' })
  async cis(@Root() incident: Incident, @Ctx() context: RequestContext): Promise<CiLinkView[]> {
    return cisOfTicket(context.database.em, signedIn(context), incident.id);
  }

  @FieldResolver(() => [AttachmentView], { description: 'Files; fetch one at /attachments/ID (INC-03).' })
  async attachments(@Root() incident: Incident, @Ctx() context: RequestContext): Promise<AttachmentView[]> {
    return filesOf(context.database.em, incident.id);
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
    return availableActionsOf(context.database, signedIn(context), incident.id);
  }
}

function teamKey(team: object | null): string | null {
  return team !== null && 'key' in team && typeof team.key === 'string' ? team.key : null;
}
