import { may, type Actor } from '../../kernel/actor.ts';
import type { Permission } from '../../kernel/permission.ts';
import { unless } from '../ticket/ticket-action.rules.ts';
import type { RecordCase } from '../ticket/ticket-record.rules.ts';
import type { Release, ReleaseCause, ReleaseCheck, ReleaseDecision, ReleaseReview, ReleaseTest } from './release.entity.ts';

/** A change that the release carries (REL-01). */
export interface CarriedChange {
  readonly id: string;
  readonly number: string;
  readonly state: string;
  readonly category: string;
  readonly customerId: string;
}

/** A CI of the release, and whether it has been altered through one of the carried changes since the deployment began. */
export interface ReleaseCi {
  readonly id: string;
  readonly name: string;
  readonly customerId: string | null;
  readonly updated: boolean;
}

/** A release with everything that its rules look at. */
export interface ReleaseCase extends RecordCase<Release> {
  readonly reviews: readonly ReleaseReview[];
  readonly tests: readonly ReleaseTest[];
  readonly checks: readonly ReleaseCheck[];
  readonly decisions: readonly ReleaseDecision[];
  readonly causes: readonly ReleaseCause[];
  readonly changes: readonly CarriedChange[];
  readonly cis: readonly ReleaseCi[];
  /** Which of the demanded papers are attached. */
  readonly papers: readonly string[];
}

export type Who = (kase: ReleaseCase, actor: Actor) => string | null;

/** A permission for the release's customer; `system` holds all. */
export function mayHere(kase: ReleaseCase, actor: Actor, permission: Permission): boolean {
  return may(actor, permission, { customerId: kase.ticket.customerId });
}

const isOwner = ({ ticket }: ReleaseCase, actor: Actor): boolean => ticket.holderId === actor.id;

/** The release owner 发布负责人, or the release manager in their place. While nobody owns it, whoever may own releases. */
export const worksOnIt: Who = (kase, actor) => {
  const free = kase.ticket.holderId === null || isOwner(kase, actor) || mayHere(kase, actor, 'release.approve');
  return unless(mayHere(kase, actor, 'release.own') && free, 'the release owner or the release manager');
};

/** REL-12: the release manager 发布管理负责人. */
export const manages: Who = (kase, actor) => unless(mayHere(kase, actor, 'release.approve'), 'the release manager');

/** REL-12: the release manager approves; nobody approves what is their own. */
export const approves: Who = (kase, actor) =>
  unless(mayHere(kase, actor, 'release.approve') && !isOwner(kase, actor), 'a release manager who does not own the release');

/** REL-03: tests and acceptance are not the owner's either. */
export const tests: Who = (kase, actor) => unless(mayHere(kase, actor, 'release.test') && !isOwner(kase, actor), 'a release tester who does not own the release');

export const worksOrTests: Who = (kase, actor) => (worksOnIt(kase, actor) === null ? null : unless(mayHere(kase, actor, 'release.test'), 'the release owner or a release tester'));

export const worksOrManages: Who = (kase, actor) => (worksOnIt(kase, actor) === null ? null : manages(kase, actor));

/** REL-12: the heads of department named in the plan. */
export const isNamedHead: Who = (kase, actor) =>
  unless(mayHere(kase, actor, 'release.read') && kase.reviews.some(({ personId }) => personId === actor.id), 'a head of department named in the plan');

/** REL-10: the business side itself, or whoever records its word. */
export const confirmsBusiness: Who = (kase, actor) =>
  (worksOnIt(kase, actor) === null ? null : unless(mayHere(kase, actor, 'release.confirm'), 'the business side, or the release owner who has its word'));

/** REL-06: whoever looks into problems or answers for the release. */
export const judgesCauses: Who = (kase, actor) =>
  unless(mayHere(kase, actor, 'problem.work') || mayHere(kase, actor, 'release.own'), 'a person with "problem.work" or "release.own"');

/** REL-07: anybody of either side who may say something. */
export const givesFeedback: Who = (kase, actor) =>
  unless(mayHere(kase, actor, 'change.comment') || mayHere(kase, actor, 'release.confirm'), 'a person with "change.comment", or the business side');
