import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { may } from '../../kernel/actor.ts';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { Seq } from '../../platform/graphql/scalars.ts';
import { AttachmentView, AvailableActionView, TimelineEntry } from '../ticket/ticket-fields.types.ts';
import { filesOf, historyOf, mayNameCi } from '../ticket/ticket-history.service.ts';
import { linksOf } from '../ticket/ticket-link.service.ts';
import { availableRecordActions } from '../ticket/ticket-record.service.ts';
import { TicketLinkView } from '../ticket/ticket.types.ts';
import { gatesOf, missingPapers } from './release-gate.rules.ts';
import {
  CarriedChangeView, ReleaseCauseView, ReleaseCheckView, ReleaseCiView, ReleaseDecisionView, ReleaseGate, ReleaseReviewView, ReleaseTestView, UpgradeFeedbackView,
} from './release-parts.types.ts';
import { RELEASE_KIND } from './release-record.service.ts';
import { releaseCaseOf } from './release.loaders.ts';
import { causesOf, feedbackOf } from './release.queries.ts';
import { Release } from './release.types.ts';

/** The parts of a release that are loaded only when asked for. */
@Resolver(() => Release)
export class ReleaseFieldsResolver {
  @FieldResolver(() => [ReleaseGate], { description: 'The way from plan to report, and what is missing at each stage (REL-03); a customer is not told what is missing.' })
  async gates(@Root() release: Release, @Ctx() context: RequestContext): Promise<ReleaseGate[]> {
    const internal = signedIn(context).customerId === null;
    return gatesOf(await releaseCaseOf(context, release.id)).map(({ lacks, ...gate }) => ({ ...gate, lacks: internal ? [...lacks] : [] }));
  }

  @FieldResolver(() => [ReleaseReviewView], { description: 'Heads of department named in the plan (REL-12). Internal: a customer gets none.' })
  async reviews(@Root() release: Release, @Ctx() context: RequestContext): Promise<ReleaseReviewView[]> {
    return signedIn(context).customerId === null ? [...(await releaseCaseOf(context, release.id)).reviews] : [];
  }

  @FieldResolver(() => [ReleaseTestView], { description: 'The test report, oldest first.' })
  async tests(@Root() release: Release, @Ctx() context: RequestContext): Promise<ReleaseTestView[]> {
    return [...(await releaseCaseOf(context, release.id)).tests];
  }

  @FieldResolver(() => [ReleaseCheckView], { description: 'Checklist before the deployment and watch after it, oldest first (REL-10). Internal: a customer gets none.' })
  async checks(@Root() release: Release, @Ctx() context: RequestContext): Promise<ReleaseCheckView[]> {
    return signedIn(context).customerId === null ? [...(await releaseCaseOf(context, release.id)).checks] : [];
  }

  @FieldResolver(() => [ReleaseDecisionView], { description: 'Recorded decisions, oldest first. Internal: a customer gets none.' })
  async decisions(@Root() release: Release, @Ctx() context: RequestContext): Promise<ReleaseDecisionView[]> {
    return signedIn(context).customerId === null ? [...(await releaseCaseOf(context, release.id)).decisions] : [];
  }

  @FieldResolver(() => [CarriedChangeView], { description: 'The changes that carry it, those only that you may read (REL-01).' })
  async changes(@Root() release: Release, @Ctx() context: RequestContext): Promise<CarriedChangeView[]> {
    return (await releaseCaseOf(context, release.id)).changes.filter(({ customerId }) => may(signedIn(context), 'change.read', { customerId }));
  }

  @FieldResolver(() => [ReleaseCiView], { description: 'Its CIs, another customer\'s left out (REL-01).' })
  async cis(@Root() release: Release, @Ctx() context: RequestContext): Promise<ReleaseCiView[]> {
    return (await releaseCaseOf(context, release.id)).cis.filter(({ customerId }) => mayNameCi(signedIn(context), customerId));
  }

  @FieldResolver(() => [String], { description: 'Demanded papers that are not attached yet: release-plan, go-live-plan, test-report, go-live-report (REL-12).' })
  async missingPapers(@Root() release: Release, @Ctx() context: RequestContext): Promise<string[]> {
    return missingPapers(await releaseCaseOf(context, release.id));
  }

  @FieldResolver(() => [ReleaseCauseView], { description: 'Incidents and problems that it is suspected or known to have caused, those only that you may read (REL-06).' })
  async causes(@Root() release: Release, @Ctx() context: RequestContext): Promise<ReleaseCauseView[]> {
    return causesOf(context.database.em, signedIn(context), release.id);
  }

  @FieldResolver(() => [UpgradeFeedbackView], { description: 'Upgrade feedback forms 升级反馈表 (REL-07).' })
  async feedback(@Root() release: Release, @Ctx() context: RequestContext): Promise<UpgradeFeedbackView[]> {
    return feedbackOf(context.database.em, release.id);
  }

  @FieldResolver(() => [TicketLinkView], { description: 'Links to other records, both ways.' })
  async links(@Root() release: Release, @Ctx() context: RequestContext): Promise<TicketLinkView[]> {
    return linksOf(context.database.em, signedIn(context), release.id);
  }

  @FieldResolver(() => [AttachmentView], { description: 'Files; add one with POST /attachments?ticket=ID, with &paper= for a demanded paper.' })
  async attachments(@Root() release: Release, @Ctx() context: RequestContext): Promise<AttachmentView[]> {
    return filesOf(context.database.em, signedIn(context), release.id);
  }

  @FieldResolver(() => [TimelineEntry], { description: 'Its history from the event log, newest first; at most 100 entries, older than the entry `before`. Internal: a customer gets none.' })
  async timeline(
    @Root() release: Release, @Ctx() context: RequestContext,
    @Arg('first', () => Int, { defaultValue: 100 }) first: number, @Arg('before', () => Seq, { nullable: true }) before?: number | null,
  ): Promise<TimelineEntry[]> {
    return historyOf(context.database.em, signedIn(context), { ticketId: release.id, first, beforeSeq: before ?? null });
  }

  @FieldResolver(() => [AvailableActionView], { description: 'What you may do now, and what each action still lacks (API-03). Refused in live documents (D-30).' })
  async availableActions(@Root() release: Release, @Ctx() context: RequestContext): Promise<AvailableActionView[]> {
    return availableRecordActions(context.database, signedIn(context), RELEASE_KIND, release.id);
  }
}
