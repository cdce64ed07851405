import type { ReleaseAction } from '../../server/src/features/release/release-actions.rules.ts';
import { recordBaseline, rollBackTo, verifyRollback } from '../../server/src/features/release/release-baseline.service.ts';
import type { ReleaseCase } from '../../server/src/features/release/release-case.rules.ts';
import { linkCause, settleCause } from '../../server/src/features/release/release-cause.service.ts';
import { addFeedback, cancel, close, confirmBusiness, deploy, finish, handPapers, report, schedule, tick, waiveRequirement, watch } from '../../server/src/features/release/release-deploy.service.ts';
import { CHECKLIST, GO_LIVE_FIELDS, PLAN_FIELDS } from '../../server/src/features/release/release-plan.rules.ts';
import { tickedItems } from '../../server/src/features/release/release-gate.rules.ts';
import { carryChange, dropChange, editGoLivePlan, editPlan, editRelease, linkReleaseCi, nameReviewer, setPackage, unlinkReleaseCi, withdrawReviewer } from '../../server/src/features/release/release-raise.service.ts';
import {
  accept, approve, approveGoLive, backToPlanning, backToTests, failTests, finishCommunication, finishTrial, readyEnvironment, recordTest, recordTraining, recordTrial, returnContent, returnGoLive, review, sendNotice,
  skip, submit, submitGoLive,
} from '../../server/src/features/release/release-stage.service.ts';
import { WAIVABLE } from '../../server/src/features/release/release-states.rules.ts';
import { oneOf, windowSoon, type Aim, type Commands } from './process-model-aim.ts';

type At = Aim<ReleaseCase>;

const because = ({ at, draw }: At) => ({ ...at, reason: draw.text('Because') });
const texts = ({ draw }: At, fields: readonly string[]) => Object.fromEntries(fields.map((field) => [field, draw.text(field)]));
/** The package in hand; now and then another one (REL-04). */
const sha256 = ({ draw }: At): string => (draw.chance(0.95) ? 'a' : 'b').repeat(64);
const aReviewer = (aim: At): string => oneOf(aim, aim.kase.reviews, ({ personId }) => personId);
const aCi = (aim: At): string => oneOf(aim, aim.kase.cis, ({ id }) => id);

function changeToDeployUnder(aim: At): string {
  const begun = aim.kase.changes.filter(({ state }) => state === 'implementing');
  return oneOf(aim, begun.length > 0 && aim.draw.chance(0.9) ? begun : aim.kase.changes, ({ id }) => id);
}

function checkToTick({ kase, draw }: At): string {
  const ticked = tickedItems(kase);
  return draw.pickOr(CHECKLIST.filter((item) => ticked.get(item) !== true), draw.pick(CHECKLIST));
}

/** Every action of a release as a person would fill its form in. */
export const RELEASE_COMMANDS: Commands<ReleaseAction, ReleaseCase> = {
  editRelease: ({ world, by, at, draw }) => editRelease(world.database, by, { ...at, title: draw.text('ERP'), ownerId: draw.chance(0.2) ? world.named.releaseOwner.id : null }),
  editReleasePlan: (aim) => editPlan(aim.world.database, aim.by, { ...aim.at, ...texts(aim, PLAN_FIELDS) }),
  editGoLivePlan: (aim) => editGoLivePlan(aim.world.database, aim.by, { ...aim.at, ...texts(aim, GO_LIVE_FIELDS) }),
  nameReleaseReviewer: ({ world, by, at, draw }) => nameReviewer(world.database, by, { ...at, department: 'Finance', personId: draw.pick([world.named.departmentManager, world.desk.people.serviceManager, world.named.releaseOwner]).id }),
  withdrawReleaseReviewer: (aim) => withdrawReviewer(aim.world.database, aim.by, { ...aim.at, personId: aReviewer(aim) }),
  setReleasePackage: (aim) => setPackage(aim.world.database, aim.by, { ...aim.at, name: 'erp.zip', sha256: sha256(aim), location: 'library/erp' }),
  linkReleaseCi: ({ world, by, at, draw, record }) => linkReleaseCi(world.database, by, { ...at, ciId: world.ci(draw, record.customerId) }),
  unlinkReleaseCi: (aim) => unlinkReleaseCi(aim.world.database, aim.by, { ...aim.at, ciId: aCi(aim) }),
  carryChange: ({ world, by, at, draw, record }) => carryChange(world.database, by, { ...at, changeId: world.other(draw, ['change'], record.customerId!) }),
  dropChange: (aim) => dropChange(aim.world.database, aim.by, { ...because(aim), changeId: oneOf(aim, aim.kase.changes, ({ id }) => id) }),
  scheduleRelease: (aim) => schedule(aim.world.database, aim.by, { ...aim.at, ...windowSoon(aim) }),
  submitReleaseContent: ({ world, by, at }) => submit(world.database, by, at),
  reviewReleaseContent: ({ world, by, at, draw }) => review(world.database, by, { ...at, agree: draw.chance(0.9), note: draw.text('Word') }),
  approveReleaseContent: ({ world, by, at }) => approve(world.database, by, at),
  returnReleaseContent: (aim) => returnContent(aim.world.database, aim.by, because(aim)),
  readyTestEnvironment: ({ world, by, at, draw }) => readyEnvironment(world.database, by, { ...at, environment: draw.text('A copy') }),
  recordReleaseTest: ({ world, by, at, draw }) => recordTest(world.database, by, { ...at, name: `Case ${draw.whole(1, 3)}`, expected: 'Posted', actual: 'Posted', passed: draw.chance(0.85) }),
  acceptRelease: (aim) => accept(aim.world.database, aim.by, { ...aim.at, sha256: aim.kase.record.packageSha256 ?? sha256(aim) }),
  failReleaseTests: (aim) => failTests(aim.world.database, aim.by, because(aim)),
  recordTrialRun: ({ world, by, at, draw }) => recordTrial(world.database, by, { ...at, expectations: draw.text('Fast'), findings: draw.text('Fast') }),
  finishTrialRun: ({ world, by, at }) => finishTrial(world.database, by, at),
  skipReleaseStage: (aim) => skip(aim.world.database, aim.by, because(aim)),
  submitGoLivePlan: ({ world, by, at }) => submitGoLive(world.database, by, at),
  approveGoLivePlan: ({ world, by, at }) => approveGoLive(world.database, by, at),
  returnGoLivePlan: (aim) => returnGoLive(aim.world.database, aim.by, because(aim)),
  retestRelease: (aim) => backToTests(aim.world.database, aim.by, because(aim)),
  replanRelease: (aim) => backToPlanning(aim.world.database, aim.by, because(aim)),
  sendGoLiveNotice: ({ world, by, at, draw }) => sendNotice(world.database, by, { ...at, notice: draw.text('Notice') }),
  recordReleaseTraining: ({ world, by, at, draw }) => recordTraining(world.database, by, { ...at, training: draw.text('All') }),
  finishReleaseCommunication: ({ world, by, at }) => finishCommunication(world.database, by, at),
  tickReleaseCheck: (aim) => tick(aim.world.database, aim.by, { ...aim.at, item: checkToTick(aim), ok: aim.draw.chance(0.95) }),
  recordReleaseBaseline: ({ world, by, at }) => recordBaseline(world.database, by, at),
  startDeployment: (aim) => deploy(aim.world.database, aim.by, { ...aim.at, changeId: changeToDeployUnder(aim), sha256: aim.draw.chance(0.95) ? aim.kase.record.acceptedSha256 ?? sha256(aim) : sha256(aim) }),
  finishDeployment: (aim) => finish(aim.world.database, aim.by, { ...aim.at, sha256: aim.draw.chance(0.95) ? aim.kase.record.acceptedSha256 ?? sha256(aim) : sha256(aim) }),
  rollBackRelease: (aim) => rollBackTo(aim.world.database, aim.by, because(aim)),
  verifyReleaseRollback: ({ world, by, at, draw }) => verifyRollback(world.database, by, { ...at, verification: draw.text('Tested'), acceptDifferences: draw.chance(0.7) }),
  recordReleaseWatch: ({ world, by, at, draw }) => watch(world.database, by, { ...at, system: 'Mail', ok: draw.chance(0.9), note: draw.text('Seen') }),
  confirmReleaseBusiness: ({ world, by, at, draw }) => confirmBusiness(world.database, by, { ...at, text: draw.text('Works'), confirmedBy: 'Ms Li' }),
  waiveReleaseRequirement: (aim) => waiveRequirement(aim.world.database, aim.by, { ...because(aim), what: aim.draw.pick(WAIVABLE) }),
  handReleasePapers: ({ world, by, at, draw }) => handPapers(world.database, by, { ...at, toPersonId: draw.chance(0.95) ? world.named.keeper.id : world.named.auditor.id }),
  closeRelease: ({ world, by, at }) => close(world.database, by, at),
  cancelRelease: (aim) => cancel(aim.world.database, aim.by, because(aim)),
  recordReleaseReport: ({ world, by, at, draw }) => report(world.database, by, { ...at, report: draw.text('Report') }),
  addUpgradeFeedback: ({ world, by, at, draw }) => addFeedback(world.database, by, { ...at, givenBy: 'Ms Li', score: draw.whole(0, 5) }),
  linkReleaseCause: (aim) => linkCause(aim.world.database, aim.by, { ...because(aim), ticketId: aim.world.other(aim.draw, ['incident', 'problem'], aim.record.customerId!) }),
  decideReleaseCause: (aim) => settleCause(aim.world.database, aim.by, { ...because(aim), causeId: oneOf(aim, aim.kase.causes, ({ id }) => id), confirm: aim.draw.chance(0.6) }),
};
