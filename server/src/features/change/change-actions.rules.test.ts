import { describe, expect, test } from 'vitest';
import { ACTORS, approved, attempt, changeCase, NOW, type ActorKey } from '../../../../test/support/change-case.ts';
import { SYSTEM } from '../../kernel/actor.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { guardAction, lacksOf } from '../ticket/ticket-action.rules.ts';
import { CHANGE_ACTIONS, CHANGE_PROCESS, type ChangeAction } from './change-actions.rules.ts';
import type { ChangeCase } from './change-case.rules.ts';
import { CHANGE_STATES, type ChangeCategory, type ChangeState } from './change-states.rules.ts';

/** Who may, apart from the situation. The case's requester, owner and implementer are `requester`, `owner`, `implementer`. */
const MANAGES = 'owner manager';
const RAISES = 'requester owner manager';
const HANDS = 'owner implementer manager';
const SPEAKS = 'requester owner implementer otherEngineer otherOwner manager departmentManager cabMember configurationManager';
const PERMITTED: Readonly<Record<ChangeAction, string>> = {
  editChange: RAISES, recategoriseChange: RAISES, assignChange: MANAGES, submitChange: RAISES, acceptChange: MANAGES, refuseChange: MANAGES, planChange: MANAGES,
  editChangePlan: 'requester owner implementer manager', trimChangePlan: 'manager', assessChange: HANDS, askCiOwners: HANDS, stateOnChange: SPEAKS,
  addChangeTask: HANDS, editChangeTask: HANDS, removeChangeTask: HANDS, sendChangeTasks: HANDS,
  startChangeTask: 'requester implementer otherEngineer departmentManager', endChangeTask: 'requester implementer otherEngineer departmentManager',
  requestApproval: MANAGES, replanChange: MANAGES, steerChange: 'departmentManager', recordCabDecision: 'manager', confirmChange: 'owner manager customer', approveChange: 'manager',
  recordConsent: 'owner implementer manager departmentManager', proposeWindow: RAISES, scheduleChange: MANAGES, rescheduleChange: MANAGES, startChange: 'implementer',
  completeChange: 'implementer', failChange: 'implementer', rollBackChange: 'implementer', verifyRollback: 'implementer', retryChange: 'implementer', stopChange: HANDS,
  recordOutage: HANDS, recordCiResult: HANDS, alterCiByChange: `${HANDS} configurationManager`, excuseRelease: 'manager', reviewChange: MANAGES, linkCausedIncident: SPEAKS,
  closeChange: 'implementer', cancelChange: RAISES, noteOnChange: SPEAKS,
};

const FACTS = 'draft submitted accepted planning';
const ACTIVE = 'implementing rolled-back verified review';
const OPEN = `${FACTS} approval scheduled ${ACTIVE}`;
const TASKS = 'accepted planning approval scheduled implementing';
const BEGUN = `${ACTIVE} closed terminated`;
/** States in which a general change of which everything is there lets the action happen (CHG-04). */
const POSSIBLE: Readonly<Record<ChangeAction, string>> = {
  editChange: FACTS, recategoriseChange: FACTS, assignChange: OPEN, submitChange: 'draft', acceptChange: 'submitted', refuseChange: 'submitted', planChange: 'accepted',
  editChangePlan: FACTS, trimChangePlan: 'accepted planning', assessChange: OPEN, askCiOwners: OPEN, stateOnChange: OPEN, addChangeTask: TASKS, editChangeTask: TASKS,
  removeChangeTask: `${TASKS} review`, sendChangeTasks: 'accepted approval scheduled implementing', startChangeTask: 'implementing', endChangeTask: ACTIVE,
  requestApproval: 'planning', replanChange: 'approval scheduled', steerChange: '', recordCabDecision: '', confirmChange: '', approveChange: 'approval', recordConsent: '',
  proposeWindow: `${FACTS} approval`, scheduleChange: '', rescheduleChange: 'scheduled', startChange: 'scheduled', completeChange: 'implementing', failChange: 'implementing',
  rollBackChange: 'implementing', verifyRollback: 'rolled-back', retryChange: 'verified', stopChange: 'verified', recordOutage: ACTIVE, recordCiResult: ACTIVE, alterCiByChange: ACTIVE,
  excuseRelease: '', reviewChange: 'review', linkCausedIncident: BEGUN, closeChange: 'review', cancelChange: `${FACTS} approval scheduled`, noteOnChange: CHANGE_STATES.join(' '),
};

/** A change as it is in that state, with nothing missing. */
function inState(state: ChangeState, category: ChangeCategory = 'general'): ChangeCase {
  const begun = BEGUN.split(' ').includes(state);
  const failed = attempt({ endedAt: NOW, result: 'failed', rolledBackAt: NOW, ...(state === 'rolled-back' ? {} : { verifiedAt: NOW, verifiedBy: 'implementer' }) });
  const attempts = !begun ? [] : state === 'implementing' ? [attempt()] : state === 'rolled-back' || state === 'verified' ? [failed] : [attempt({ endedAt: NOW, result: 'succeeded' })];
  const approvals = begun || state === 'scheduled' ? [approved('manager')] : [];
  return changeCase({
    state, category, implementationStartedAt: begun ? NOW : null, ...(state === 'review' ? { reviewedAt: NOW, outcome: 'successful' } : {}),
    ...(begun || state === 'scheduled' ? { windowStartAt: NOW, windowEndAt: NOW + 3_600_000 } : {}),
  }, { attempts, approvals });
}

const words = (text: string): readonly string[] => text.split(' ').filter((word) => word !== '');

/** FORBIDDEN, MOVE_NOT_ALLOWED … or "yes"; by the guard of the command, which must say what the list says. */
function answer(action: ChangeAction, kase: ChangeCase, who: ActorKey): string {
  const lacks = lacksOf(CHANGE_PROCESS, action, kase, ACTORS[who]);
  try {
    guardAction(CHANGE_PROCESS, action, kase, ACTORS[who]);
  } catch (error) {
    expect(lacks).not.toEqual([]);
    return error instanceof Refusal ? error.code : 'broken';
  }
  expect(lacks).toEqual([]);
  return 'yes';
}

describe('CHG-04 every action in every state by everybody', () => {
  for (const action of CHANGE_ACTIONS) {
    test(`CHG-04 ${action}: where and by whom it is possible, and nowhere else`, () => {
      for (const state of CHANGE_STATES) {
        const kase = inState(state);
        for (const who of Object.keys(ACTORS) as ActorKey[]) {
          const permitted = words(PERMITTED[action]).includes(who);
          const possible = words(POSSIBLE[action]).includes(state);
          const said = answer(action, kase, who);
          expect(`${state} ${who}: ${said === 'yes'}`).toBe(`${state} ${who}: ${permitted && possible}`);
          if (!permitted) expect(`${state} ${who}: ${said}`).toBe(`${state} ${who}: FORBIDDEN`);
        }
      }
    });
  }

  test('CHG-04 the ends are ends: only notes and what it caused may be added', () => {
    for (const state of ['closed', 'refused', 'cancelled', 'terminated'] as const) {
      const possible = CHANGE_ACTIONS.filter((action) => lacksOf(CHANGE_PROCESS, action, inState(state), SYSTEM('test')).length === 0);
      expect(possible).toEqual(state === 'closed' || state === 'terminated' ? ['linkCausedIncident', 'noteOnChange'] : ['noteOnChange']);
    }
  });
});

const codes = (action: ChangeAction, kase: ChangeCase, who: ActorKey): string[] => lacksOf(CHANGE_PROCESS, action, kase, ACTORS[who]).map(({ code, field }) => (field === null ? code : `${code} ${field}`));

describe('approval paths by category', () => {
  const major = (approvals: ChangeCase['approvals'] = []) => changeCase({ state: 'approval', category: 'major' }, { approvals });

  test('CHG-04 a major change: steering, then CAB, then the customer, and only then a window', () => {
    expect(codes('steerChange', major(), 'departmentManager')).toEqual([]);
    expect(codes('recordCabDecision', major(), 'manager')).toEqual(['APPROVAL_NEEDED steering']);
    expect(codes('confirmChange', major([approved('steering')]), 'customer')).toEqual(['APPROVAL_NEEDED cab']);
    expect(codes('recordCabDecision', major([approved('steering')]), 'manager')).toEqual([]);
    expect(codes('confirmChange', major([approved('steering'), approved('cab')]), 'customer')).toEqual([]);
    expect(codes('scheduleChange', major([approved('steering'), approved('cab')]), 'owner')).toEqual(['APPROVAL_NEEDED customer']);
    expect(codes('scheduleChange', major([approved('steering'), approved('cab'), approved('customer')]), 'owner')).toEqual([]);
    expect(codes('approveChange', major(), 'manager')).toEqual(['MOVE_NOT_ALLOWED']);
  });

  test('CHG-10 a major change without the customer\'s confirmation cannot start, even when it stands scheduled', () => {
    const scheduled = (approvals: ChangeCase['approvals']) => changeCase({ state: 'scheduled', category: 'major', windowStartAt: NOW, windowEndAt: NOW + 1 }, { approvals });
    expect(codes('startChange', scheduled([approved('steering'), approved('cab')]), 'implementer')).toEqual(['APPROVAL_NEEDED customer']);
    expect(codes('startChange', scheduled([approved('steering'), approved('cab'), approved('customer', 'rejected')]), 'implementer')).toEqual(['APPROVAL_NEEDED customer']);
    expect(codes('startChange', scheduled([approved('steering'), approved('cab'), approved('customer', 'approved', 2)]), 'implementer')).toEqual(['APPROVAL_NEEDED customer']);
    expect(codes('startChange', scheduled([approved('steering'), approved('cab'), approved('customer')]), 'implementer')).toEqual([]);
  });

  test('CHG-05 whoever asked for it, owns it or carries it out does not approve it, whatever roles they have', () => {
    for (const field of ['requesterId', 'ownerId', 'implementerId'] as const) {
      const own = changeCase({ state: 'approval', [field]: 'manager' });
      expect(codes('approveChange', own, 'manager')).toEqual(['FORBIDDEN']);
      expect(codes('steerChange', changeCase({ state: 'approval', category: 'major', [field]: 'department-manager' }), 'departmentManager')).toEqual(['FORBIDDEN']);
      expect(codes('recordCabDecision', changeCase({ state: 'approval', category: 'important', [field]: 'manager' }), 'manager')).toEqual(['FORBIDDEN']);
    }
    expect(codes('approveChange', changeCase({ state: 'approval' }), 'manager')).toEqual([]);
  });

  test('CHG-04 an important change needs the CAB alone, a general one the change manager', () => {
    expect(codes('scheduleChange', changeCase({ state: 'approval', category: 'important' }), 'owner')).toEqual(['APPROVAL_NEEDED cab']);
    expect(codes('scheduleChange', changeCase({ state: 'approval', category: 'important' }, { approvals: [approved('cab')] }), 'owner')).toEqual([]);
    expect(codes('scheduleChange', changeCase({ state: 'approval' }), 'owner')).toEqual(['APPROVAL_NEEDED manager']);
    expect(codes('scheduleChange', changeCase({ state: 'approval' }, { approvals: [approved('manager')] }), 'owner')).toEqual([]);
  });

  const item = { id: 'item', customerId: 'acme', title: 'Patch', servicePlan: 'Monthly', agreedBy: 'Li', agreedAt: NOW, endsAt: null, createdBy: 'manager', createdAt: NOW, version: 1 };
  test('CHG-04 on the pre-authorised list it goes straight from accepted to execution; off it, it does not', () => {
    const listed = changeCase({ state: 'accepted' }, { preAuthorised: item, plan: { ...changeCase().plan, servicePlan: 'Monthly' } });
    expect(codes('startChange', listed, 'implementer')).toEqual([]);
    expect(codes('scheduleChange', listed, 'owner')).toEqual([]);
    expect(codes('startChange', changeCase({ state: 'accepted' }), 'implementer')).toEqual(['MOVE_NOT_ALLOWED', 'APPROVAL_NEEDED manager']);
    expect(codes('startChange', changeCase({ state: 'accepted', category: 'important' }, { preAuthorised: item }), 'implementer')).toEqual(['MOVE_NOT_ALLOWED', 'APPROVAL_NEEDED cab']);
  });

  test('CHG-03 a pre-authorised change needs its service plan and no other', () => {
    const { plan } = changeCase();
    const bare = { ...plan, steps: '', rollbackPlan: '', servicePlan: '' };
    expect(codes('startChange', changeCase({ state: 'accepted' }, { preAuthorised: item, plan: bare }), 'implementer')).toEqual(['MISSING_FIELD servicePlan']);
    expect(codes('startChange', changeCase({ state: 'accepted' }, { preAuthorised: item, plan: { ...bare, servicePlan: 'Monthly' } }), 'implementer')).toEqual([]);
  });

  test('CHG-06 an emergency starts on recorded oral consent and on nothing less', () => {
    expect(codes('startChange', changeCase({ state: 'accepted', category: 'emergency' }), 'implementer')).toEqual(['APPROVAL_NEEDED consent']);
    expect(codes('startChange', changeCase({ state: 'accepted', category: 'emergency' }, { approvals: [approved('consent', 'rejected')] }), 'implementer')).toEqual(['APPROVAL_NEEDED consent']);
    expect(codes('startChange', changeCase({ state: 'accepted', category: 'emergency' }, { approvals: [approved('consent')] }), 'implementer')).toEqual([]);
    expect(codes('startChange', changeCase({ state: 'submitted', category: 'emergency' }, { approvals: [approved('consent')] }), 'implementer')).toContain('MOVE_NOT_ALLOWED state');
    expect(codes('planChange', changeCase({ state: 'accepted', category: 'emergency' }), 'owner')).toEqual(['MOVE_NOT_ALLOWED']);
  });

  test('CHG-07 starts inside its window, both ends half-open', () => {
    const at = (now: number) => codes('startChange', changeCase({ state: 'scheduled', windowStartAt: NOW, windowEndAt: NOW + 1000 }, { approvals: [approved('manager')], now }), 'implementer');
    expect(at(NOW - 1)).toEqual(['MOVE_NOT_ALLOWED']);
    expect(at(NOW)).toEqual([]);
    expect(at(NOW + 999)).toEqual([]);
    expect(at(NOW + 1000)).toEqual(['MOVE_NOT_ALLOWED']);
  });

  test('CHG-07 does not start while a task has not been sent', () => {
    const [task] = changeCase().tasks;
    const kase = changeCase({ state: 'scheduled', windowStartAt: NOW, windowEndAt: NOW + 1 }, { approvals: [approved('manager')], tasks: [{ ...task!, sentAt: null }] });
    expect(codes('startChange', kase, 'implementer')).toEqual(['MISSING_FIELD tasks']);
  });
});
