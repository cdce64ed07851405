import { lack, type ActionRule, type Process } from '../ticket/ticket-action.rules.ts';
import {
  approves, confirmsBusiness, givesFeedback, isNamedHead, judgesCauses, manages, tests, worksOnIt, worksOrManages, worksOrTests, type ReleaseCase,
} from './release-case.rules.ts';
import { GATES, missingPapers } from './release-gate.rules.ts';
import { RELEASE_MOVES, type ReleaseMove, type ReleaseState } from './release-states.rules.ts';

/** Everything a person may do with a release, by the name of its mutation. */
export const RELEASE_ACTIONS = [
  'editRelease', 'editReleasePlan', 'editGoLivePlan', 'nameReleaseReviewer', 'withdrawReleaseReviewer', 'setReleasePackage', 'linkReleaseCi', 'unlinkReleaseCi',
  'carryChange', 'dropChange', 'scheduleRelease', 'submitReleaseContent', 'reviewReleaseContent', 'approveReleaseContent', 'returnReleaseContent',
  'readyTestEnvironment', 'recordReleaseTest', 'acceptRelease', 'failReleaseTests', 'recordTrialRun', 'finishTrialRun', 'skipReleaseStage', 'submitGoLivePlan',
  'approveGoLivePlan', 'returnGoLivePlan', 'retestRelease', 'replanRelease', 'sendGoLiveNotice', 'recordReleaseTraining', 'finishReleaseCommunication',
  'tickReleaseCheck', 'recordReleaseBaseline', 'startDeployment', 'finishDeployment', 'rollBackRelease', 'verifyReleaseRollback', 'recordReleaseWatch',
  'confirmReleaseBusiness', 'waiveReleaseRequirement', 'handReleasePapers', 'closeRelease', 'cancelRelease', 'recordReleaseReport', 'addUpgradeFeedback',
  'linkReleaseCause', 'decideReleaseCause',
] as const;
export type ReleaseAction = (typeof RELEASE_ACTIONS)[number];

type Rule = ActionRule<ReleaseCase, ReleaseMove>;
type When = NonNullable<Rule['when']>;

const whileIn = (...states: readonly ReleaseState[]): When => ({ record }) => (states.includes(record.state) ? null : `Only while the release is ${states.join(' or ')}; it is ${record.state}.`);
const notStarted: When = ({ record }) => (record.deploymentStartedAt === null ? null : 'The deployment has begun.');
const started: When = ({ record }) => (record.deploymentStartedAt === null ? 'The deployment has not begun.' : null);
const deployed: When = ({ record }) => (record.deployedAt === null ? 'The release is not deployed.' : null);
const notAccepted: When = ({ record }) => (record.acceptedSha256 === null ? null : 'The package is accepted: take it back to testing first (REL-04).');
const inTurn = (...conditions: readonly When[]): When => (kase) => conditions.map((condition) => condition(kase)).find((text) => text !== null) ?? null;
/** What the stage lacks, for the action that leaves it. */
const gateOf = (...stages: readonly ReleaseState[]): NonNullable<Rule['needs']> => (kase) => (stages.includes(kase.record.state) ? GATES[kase.record.state](kase) : []);

const inPlanning = whileIn('planning');
const beforeApproval = whileIn('planning', 'test-environment', 'acceptance', 'trial-run', 'go-live-plan');
const openBeforeDeployment = inTurn(notStarted, ({ ticket }) => (ticket.closedAt === null ? null : 'The release has ended.'));
const untested = inTurn(notAccepted, whileIn('planning', 'content-review', 'test-environment', 'acceptance'));

const RULES: Readonly<Record<ReleaseAction, Rule>> = {
  editRelease: { when: openBeforeDeployment, who: worksOnIt },
  editReleasePlan: { when: inPlanning, who: worksOnIt },
  editGoLivePlan: { when: beforeApproval, who: worksOnIt },
  nameReleaseReviewer: { when: inPlanning, who: worksOnIt },
  withdrawReleaseReviewer: { when: inPlanning, who: worksOnIt },
  setReleasePackage: { when: untested, who: worksOnIt },
  linkReleaseCi: { when: inPlanning, who: worksOnIt },
  unlinkReleaseCi: { when: inPlanning, who: worksOnIt },
  carryChange: { when: openBeforeDeployment, who: worksOnIt },
  dropChange: { when: openBeforeDeployment, who: worksOnIt },
  scheduleRelease: { when: openBeforeDeployment, who: worksOnIt },
  submitReleaseContent: { move: 'submitContent', who: worksOnIt, needs: gateOf('planning') },
  reviewReleaseContent: { when: whileIn('content-review'), who: isNamedHead },
  approveReleaseContent: { move: 'approveContent', who: approves, needs: gateOf('content-review') },
  returnReleaseContent: { move: 'returnContent', who: worksOrManages },
  readyTestEnvironment: { move: 'readyEnvironment', who: worksOrTests },
  recordReleaseTest: { when: whileIn('acceptance'), who: tests, needs: ({ record }) => (record.packageSha256 === null ? [lack('MISSING_FIELD', 'There is no package to test yet.', 'packageSha256')] : []) },
  acceptRelease: { move: 'accept', who: tests, needs: gateOf('acceptance') },
  failReleaseTests: { move: 'failTests', who: worksOrTests },
  recordTrialRun: { when: whileIn('trial-run'), who: worksOrTests },
  finishTrialRun: { move: 'finishTrial', who: worksOnIt, needs: gateOf('trial-run') },
  skipReleaseStage: { move: 'skip', who: manages },
  submitGoLivePlan: { move: 'submitGoLive', who: worksOnIt, needs: gateOf('go-live-plan') },
  approveGoLivePlan: { move: 'approveGoLive', who: approves },
  returnGoLivePlan: { move: 'returnGoLive', who: worksOrManages },
  retestRelease: { move: 'retest', when: notStarted, who: worksOrTests },
  replanRelease: { move: 'replan', when: notStarted, who: worksOrManages },
  sendGoLiveNotice: { when: whileIn('communication'), who: worksOnIt },
  recordReleaseTraining: { when: whileIn('communication'), who: worksOnIt },
  finishReleaseCommunication: { move: 'finishCommunication', who: worksOnIt, needs: gateOf('communication') },
  tickReleaseCheck: { when: inTurn(whileIn('deployment'), notStarted), who: worksOnIt },
  recordReleaseBaseline: { when: openBeforeDeployment, who: worksOnIt },
  startDeployment: { when: inTurn(whileIn('deployment'), notStarted), who: worksOnIt, needs: gateOf('deployment') },
  finishDeployment: { move: 'finishDeployment', when: started, who: worksOnIt },
  rollBackRelease: { move: 'rollBack', when: started, who: worksOrManages },
  verifyReleaseRollback: { when: inTurn(whileIn('rolled-back'), ({ record }) => (record.rollbackVerifiedAt === null ? null : 'The rollback is verified already.')), who: worksOrTests },
  recordReleaseWatch: { when: inTurn(whileIn('cmdb-update'), deployed), who: worksOrTests },
  confirmReleaseBusiness: { when: inTurn(whileIn('cmdb-update'), deployed, ({ record }) => (record.businessConfirmedAt === null ? null : 'The business side has confirmed already.')), who: confirmsBusiness },
  waiveReleaseRequirement: { when: whileIn('cmdb-update'), who: manages },
  handReleasePapers: { when: whileIn('cmdb-update', 'rolled-back'), who: worksOnIt, needs: (kase) => missingPapers(kase).map((paper) => lack('MISSING_FIELD', `The paper "${paper}" is not attached (REL-12).`, 'paper')) },
  closeRelease: { move: 'close', who: manages, needs: gateOf('cmdb-update', 'rolled-back') },
  cancelRelease: { move: 'cancel', when: notStarted, who: worksOrManages },
  recordReleaseReport: { move: 'report', who: worksOrManages },
  addUpgradeFeedback: { when: deployed, who: givesFeedback },
  linkReleaseCause: { when: started, who: judgesCauses },
  decideReleaseCause: { when: ({ causes }) => (causes.length === 0 ? 'Nothing is suspected of this release.' : null), who: judgesCauses },
};

export const RELEASE_PROCESS: Process<ReleaseCase, ReleaseState, ReleaseMove, ReleaseAction> = {
  noun: 'release', stateOf: ({ record }) => record.state, isClosed: ({ ticket }) => ticket.closedAt !== null, moves: RELEASE_MOVES, actions: RULES,
};
