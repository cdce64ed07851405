import { describe, expect, test } from 'vitest';
import { RELEASE_CAST, readyRelease, type ReleaseRole } from '../../../../test/support/release-case.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { guardAction, lacksOf } from '../ticket/ticket-action.rules.ts';
import { RELEASE_ACTIONS, RELEASE_PROCESS, type ReleaseAction } from './release-actions.rules.ts';
import { RELEASE_STATES, type ReleaseState } from './release-states.rules.ts';

const WORKS: readonly ReleaseRole[] = ['owner', 'manager'];
const MANAGER: readonly ReleaseRole[] = ['manager'];
const TESTER: readonly ReleaseRole[] = ['tester'];
const WORKS_OR_TESTS: readonly ReleaseRole[] = ['owner', 'manager', 'tester'];
const HEAD: readonly ReleaseRole[] = ['head'];
const BUSINESS: readonly ReleaseRole[] = ['owner', 'manager', 'contact'];
const JUDGES: readonly ReleaseRole[] = ['owner', 'otherOwner', 'manager', 'head', 'unnamedHead', 'engineer'];
const SPEAKS: readonly ReleaseRole[] = ['owner', 'otherOwner', 'manager', 'tester', 'head', 'unnamedHead', 'engineer', 'configurationManager', 'contact'];

/** `deployment` before it has begun; `deploying` is the same state after. */
type Situation = ReleaseState | 'deploying';
const BEFORE: readonly Situation[] = ['planning', 'content-review', 'test-environment', 'acceptance', 'trial-run', 'go-live-plan', 'approval', 'communication', 'deployment'];
const SITUATIONS: readonly Situation[] = [...RELEASE_STATES, 'deploying'];

/** The handbook's table, written out by hand: in which situations, and by whom. */
const TABLE: Readonly<Record<ReleaseAction, readonly [readonly Situation[], readonly ReleaseRole[]]>> = {
  editRelease: [BEFORE, WORKS],
  editReleasePlan: [['planning'], WORKS],
  editGoLivePlan: [['planning', 'test-environment', 'acceptance', 'trial-run', 'go-live-plan'], WORKS],
  nameReleaseReviewer: [['planning'], WORKS],
  withdrawReleaseReviewer: [['planning'], WORKS],
  setReleasePackage: [['planning', 'content-review', 'test-environment', 'acceptance'], WORKS],
  linkReleaseCi: [['planning'], WORKS],
  unlinkReleaseCi: [['planning'], WORKS],
  carryChange: [BEFORE, WORKS],
  dropChange: [BEFORE, WORKS],
  scheduleRelease: [BEFORE, WORKS],
  submitReleaseContent: [['planning'], WORKS],
  reviewReleaseContent: [['content-review'], HEAD],
  approveReleaseContent: [['content-review'], MANAGER],
  returnReleaseContent: [['content-review'], WORKS],
  readyTestEnvironment: [['test-environment'], WORKS_OR_TESTS],
  recordReleaseTest: [['acceptance'], TESTER],
  acceptRelease: [['acceptance'], TESTER],
  failReleaseTests: [['acceptance'], WORKS_OR_TESTS],
  recordTrialRun: [['trial-run'], WORKS_OR_TESTS],
  finishTrialRun: [['trial-run'], WORKS],
  skipReleaseStage: [['test-environment', 'trial-run', 'communication'], MANAGER],
  submitGoLivePlan: [['go-live-plan'], WORKS],
  approveGoLivePlan: [['approval'], MANAGER],
  returnGoLivePlan: [['approval'], WORKS],
  retestRelease: [['trial-run', 'go-live-plan', 'approval', 'communication', 'deployment'], WORKS_OR_TESTS],
  replanRelease: [['test-environment', 'acceptance', 'trial-run', 'go-live-plan', 'approval', 'communication', 'deployment'], WORKS],
  sendGoLiveNotice: [['communication'], WORKS],
  recordReleaseTraining: [['communication'], WORKS],
  finishReleaseCommunication: [['communication'], WORKS],
  tickReleaseCheck: [['deployment'], WORKS],
  recordReleaseBaseline: [BEFORE, WORKS],
  startDeployment: [['deployment'], WORKS],
  finishDeployment: [['deploying'], WORKS],
  rollBackRelease: [['deploying', 'cmdb-update'], WORKS],
  verifyReleaseRollback: [['rolled-back'], WORKS_OR_TESTS],
  recordReleaseWatch: [['cmdb-update'], WORKS_OR_TESTS],
  confirmReleaseBusiness: [['cmdb-update'], BUSINESS],
  waiveReleaseRequirement: [['cmdb-update'], MANAGER],
  handReleasePapers: [['cmdb-update', 'rolled-back'], WORKS],
  closeRelease: [['cmdb-update'], MANAGER],
  cancelRelease: [BEFORE, WORKS],
  recordReleaseReport: [['closed'], WORKS],
  addUpgradeFeedback: [['cmdb-update', 'closed', 'reported'], SPEAKS],
  linkReleaseCause: [['deploying', 'cmdb-update', 'closed', 'reported', 'rolled-back'], JUDGES],
  decideReleaseCause: [SITUATIONS, JUDGES],
};

const inSituation = (situation: Situation) => (situation === 'deploying' ? readyRelease('deployment', { started: true }) : readyRelease(situation));

describe('REL-03 REL-12 who may do what, and when', () => {
  test('REL-03 REL-12 every pair of situation, action and role is as the table says', () => {
    const pairs = SITUATIONS.flatMap((situation) => RELEASE_ACTIONS.flatMap((action) => Object.entries(RELEASE_CAST).map(([role, actor]) => ({ situation, action, role, actor }))));
    const wrong = pairs.filter(({ situation, action, role, actor }) => {
      const [situations, roles] = TABLE[action];
      const expected = situations.includes(situation) && roles.some((one) => one === role);
      return (lacksOf(RELEASE_PROCESS, action, inSituation(situation), actor).length === 0) !== expected;
    });
    expect(pairs).toHaveLength(15 * 46 * 11);
    expect(wrong.map(({ situation, action, role }) => `${role} ${action} in ${situation}`)).toEqual([]);
  });

  test('REL-03 the command is refused exactly where the list of actions says that it lacks something', () => {
    for (const situation of SITUATIONS) {
      for (const action of RELEASE_ACTIONS) {
        for (const actor of Object.values(RELEASE_CAST)) {
          const kase = inSituation(situation);
          const lacks = lacksOf(RELEASE_PROCESS, action, kase, actor);
          if (lacks.length === 0) expect(() => guardAction(RELEASE_PROCESS, action, kase, actor)).not.toThrow();
          else expect(() => guardAction(RELEASE_PROCESS, action, kase, actor)).toThrow(Refusal);
        }
      }
    }
  });

  test('REL-03 a refused move names the moves that are allowed from there', () => {
    expect(() => guardAction(RELEASE_PROCESS, 'acceptRelease', readyRelease('planning'), RELEASE_CAST.tester))
      .toThrow('"accept" is not possible while the release is planning. Allowed from here: submitContent, cancel.');
  });

  test('REL-12 a release manager who owns the release approves neither its content nor its go-live plan, but closes it', () => {
    const owned = (state: ReleaseState) => {
      const kase = readyRelease(state);
      return { ...kase, ticket: { ...kase.ticket, holderId: 'manager' } };
    };
    expect(lacksOf(RELEASE_PROCESS, 'approveReleaseContent', owned('content-review'), RELEASE_CAST.manager).map(({ code }) => code)).toEqual(['FORBIDDEN']);
    expect(lacksOf(RELEASE_PROCESS, 'approveGoLivePlan', owned('approval'), RELEASE_CAST.manager).map(({ code }) => code)).toEqual(['FORBIDDEN']);
    expect(lacksOf(RELEASE_PROCESS, 'closeRelease', owned('cmdb-update'), RELEASE_CAST.manager)).toEqual([]);
  });

  test('REL-12 while nobody owns it, any release owner works on it', () => {
    const kase = readyRelease('planning');
    const free = { ...kase, ticket: { ...kase.ticket, holderId: null } };
    expect(lacksOf(RELEASE_PROCESS, 'editReleasePlan', free, RELEASE_CAST.otherOwner)).toEqual([]);
    expect(lacksOf(RELEASE_PROCESS, 'editReleasePlan', kase, RELEASE_CAST.otherOwner).map(({ message }) => message)).toEqual(['Only the release owner or the release manager may do this.']);
  });
});
