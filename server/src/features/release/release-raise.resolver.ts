import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { RequestContext } from '../../platform/graphql/context.ts';
import { answerWith } from './release-answer.resolver.ts';
import { carryChange, dropChange, editGoLivePlan, editPlan, editRelease, linkReleaseCi, nameReviewer, raiseRelease, setPackage, unlinkReleaseCi, withdrawReviewer } from './release-raise.service.ts';
import {
  CarryChangeInput, DropChangeInput, EditGoLivePlanInput, EditReleaseInput, EditReleasePlanInput, NameReleaseReviewerInput, RaiseReleaseInput,
  ReleaseCiInput, ReleasePersonInput, SetReleasePackageInput,
} from './release.inputs.ts';
import { ReleasePayload } from './release.types.ts';

/** Raising a release and saying what is in it. */
@Resolver()
export class ReleaseRaiseResolver {
  @Mutation(() => ReleasePayload, { description: 'Raises a release (REL-01).' })
  raiseRelease(@Arg('input', () => RaiseReleaseInput) input: RaiseReleaseInput, @Ctx() context: RequestContext): Promise<ReleasePayload> {
    return answerWith(context, (database, actor) => raiseRelease(database, actor, input));
  }

  @Mutation(() => ReleasePayload, { description: 'Changes title, version, month or owner.' })
  editRelease(@Arg('input', () => EditReleaseInput) input: EditReleaseInput, @Ctx() context: RequestContext): Promise<ReleasePayload> {
    return answerWith(context, (database, actor) => editRelease(database, actor, input));
  }

  @Mutation(() => ReleasePayload, { description: 'Writes the release plan 发布方案 (REL-02).' })
  editReleasePlan(@Arg('input', () => EditReleasePlanInput) input: EditReleasePlanInput, @Ctx() context: RequestContext): Promise<ReleasePayload> {
    return answerWith(context, (database, actor) => editPlan(database, actor, input));
  }

  @Mutation(() => ReleasePayload, { description: 'Writes the go-live plan 上线计划 (REL-13).' })
  editGoLivePlan(@Arg('input', () => EditGoLivePlanInput) input: EditGoLivePlanInput, @Ctx() context: RequestContext): Promise<ReleasePayload> {
    return answerWith(context, (database, actor) => editGoLivePlan(database, actor, input));
  }

  @Mutation(() => ReleasePayload, { description: 'Names a head of department for the review of content (REL-12).' })
  nameReleaseReviewer(@Arg('input', () => NameReleaseReviewerInput) input: NameReleaseReviewerInput, @Ctx() context: RequestContext): Promise<ReleasePayload> {
    return answerWith(context, (database, actor) => nameReviewer(database, actor, input));
  }

  @Mutation(() => ReleasePayload, { description: 'Takes a head of department out of the plan.' })
  withdrawReleaseReviewer(@Arg('input', () => ReleasePersonInput) input: ReleasePersonInput, @Ctx() context: RequestContext): Promise<ReleasePayload> {
    return answerWith(context, (database, actor) => withdrawReviewer(database, actor, input));
  }

  @Mutation(() => ReleasePayload, { description: 'Records package, checksum and definitive copy; not after acceptance (REL-04).' })
  setReleasePackage(@Arg('input', () => SetReleasePackageInput) input: SetReleasePackageInput, @Ctx() context: RequestContext): Promise<ReleasePayload> {
    return answerWith(context, (database, actor) => setPackage(database, actor, input));
  }

  @Mutation(() => ReleasePayload, { description: 'Adds a CI (REL-01).' })
  linkReleaseCi(@Arg('input', () => ReleaseCiInput) input: ReleaseCiInput, @Ctx() context: RequestContext): Promise<ReleasePayload> {
    return answerWith(context, (database, actor) => linkReleaseCi(database, actor, input));
  }

  @Mutation(() => ReleasePayload, { description: 'Takes a CI out.' })
  unlinkReleaseCi(@Arg('input', () => ReleaseCiInput) input: ReleaseCiInput, @Ctx() context: RequestContext): Promise<ReleasePayload> {
    return answerWith(context, (database, actor) => unlinkReleaseCi(database, actor, input));
  }

  @Mutation(() => ReleasePayload, { description: 'Carries a change (REL-01, REL-09).' })
  carryChange(@Arg('input', () => CarryChangeInput) input: CarryChangeInput, @Ctx() context: RequestContext): Promise<ReleasePayload> {
    return answerWith(context, (database, actor) => carryChange(database, actor, input));
  }

  @Mutation(() => ReleasePayload, { description: 'Carries a change no more.' })
  dropChange(@Arg('input', () => DropChangeInput) input: DropChangeInput, @Ctx() context: RequestContext): Promise<ReleasePayload> {
    return answerWith(context, (database, actor) => dropChange(database, actor, input));
  }
}
