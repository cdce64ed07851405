import { describe, expect, test } from 'vitest';
import { ACTORS, approved, attempt, changeCase, contextOf, debt, NOW } from '../../../../test/support/change-case.ts';
import { lacksOf } from '../ticket/ticket-action.rules.ts';
import { CHANGE_PROCESS } from './change-actions.rules.ts';
import type { ChangeCase } from './change-case.rules.ts';
import { missingForApproval, missingForClosing, missingScope } from './change-missing.rules.ts';
import { trimPlan } from './change-approve.rules.ts';
import type { ChangeRow } from './change.entity.ts';

const fields = (lacks: readonly { readonly field: string | null }[]): (string | null)[] => lacks.map(({ field }) => field);
const planning = (more: Partial<Omit<ChangeCase, 'ticket' | 'record'>> = {}): ChangeCase => changeCase({ state: 'planning' }, more);

describe('before approval', () => {
  test('CHG-02 CIs, business systems and departments must be named before it is submitted', () => {
    expect(fields(missingScope(changeCase({ businessSystems: [], departments: [] }, { cis: [] })))).toEqual(['ciIds', 'businessSystems', 'departments']);
    expect(missingScope(changeCase())).toEqual([]);
    expect(fields(lacksOf(CHANGE_PROCESS, 'submitChange', changeCase({ departments: [] }), ACTORS.requester))).toEqual(['departments']);
    expect(lacksOf(CHANGE_PROCESS, 'submitChange', changeCase({ category: 'emergency', departments: [] }), ACTORS.requester)).toEqual([]);
  });

  test.each([
    'planType', 'background', 'presentEnvironment', 'dataBackup', 'steps', 'schedule', 'riskAndRollback', 'testSteps', 'implementationPlan', 'testPlan', 'rollbackPlan',
  ] as const)('CHG-03 CHG-16 without "%s" no approval is asked for', (field) => {
    const kase = planning({ plan: { ...changeCase().plan, [field]: '  ' } });
    expect(fields(lacksOf(CHANGE_PROCESS, 'requestApproval', kase, ACTORS.owner))).toEqual([field]);
    expect(lacksOf(CHANGE_PROCESS, 'requestApproval', planning(), ACTORS.owner)).toEqual([]);
  });

  test('CHG-03 the change manager may trim a field by a recorded decision; that one only', () => {
    const bare = planning({ plan: { ...changeCase().plan, dataBackup: '', testPlan: '' } });
    const decided = trimPlan(bare, { field: 'dataBackup', reason: 'No data is touched.' }, contextOf(ACTORS.manager));
    expect(decided.add).toMatchObject([{ table: 'decision', row: { kind: 'plan-trimmed', subject: 'dataBackup', reason: 'No data is touched.', decidedBy: 'manager' } }]);
    const [row] = (decided.add ?? []).map((added) => added.row);
    expect(fields(missingForApproval({ ...bare, decisions: [row as ChangeCase['decisions'][number]] }))).toEqual(['testPlan']);
    expect(() => trimPlan(bare, { field: 'servicePlan', reason: 'x' }, contextOf(ACTORS.manager))).toThrow('"field" must be one that the plan needs');
  });

  test('CHG-17 each section of the assessment and a question to each CI owner come before approval', () => {
    const { assessments } = changeCase();
    expect(fields(missingForApproval(planning({ assessments: assessments.filter(({ phase, section }) => !(phase === 'before' && section === 'cost')) })))).toEqual(['assessment.before.cost']);
    expect(fields(missingForApproval(planning({ statements: [] })))).toEqual(['statements']);
    expect(fields(missingForApproval(planning({ tasks: [] })))).toEqual(['tasks']);
    expect(fields(missingForApproval(changeCase({ state: 'planning', implementerId: null })))).toEqual(['implementerId']);
    expect(missingForApproval(planning())).toEqual([]);
  });
});

describe('before closing', () => {
  const reviewed: Partial<ChangeRow> = { state: 'review', reviewedAt: NOW, outcome: 'successful', implementationStartedAt: NOW, implementationEndedAt: NOW };
  const done = (facts: Partial<ChangeRow> = {}, more: Partial<Omit<ChangeCase, 'ticket' | 'record'>> = {}): ChangeCase =>
    changeCase({ ...reviewed, ...facts }, { attempts: [attempt({ endedAt: NOW, result: 'succeeded' })], ...more });

  test.each(['major', 'important'] as const)('CHG-10 a %s change needs its three papers, each of them', (category) => {
    expect(fields(missingForClosing(done({ category }, { papers: new Set() })))).toEqual(['paper.change-plan', 'paper.implementation-application', 'paper.completion-report']);
    for (const paper of ['change-plan', 'implementation-application', 'completion-report']) {
      const papers = new Set(['change-plan', 'implementation-application', 'completion-report'].filter((one) => one !== paper));
      expect(fields(missingForClosing(done({ category }, { papers })))).toEqual([`paper.${paper}`]);
    }
    expect(missingForClosing(done({ category }))).toEqual([]);
  });

  test('CHG-10 a general change needs none of them', () => {
    expect(missingForClosing(done({ category: 'general' }, { papers: new Set() }))).toEqual([]);
  });

  test('CHG-12 every CI was altered through the change or looked at', () => {
    const two = [{ id: 'ci', name: 'srv-01' }, { id: 'other', name: 'srv-02' }];
    const lacks = missingForClosing(done({}, { cis: two }));
    expect(lacks.map(({ message }) => message)).toEqual(['Update srv-02 in the CMDB through this change, or record that it stayed as it was.']);
    expect(missingForClosing(done())).toEqual([]);
  });

  test('REL-09 software without a release needs the recorded exception', () => {
    expect(fields(missingForClosing(done({ software: true })))).toEqual(['release']);
    expect(missingForClosing(done({ software: true }, { carriers: 1 }))).toEqual([]);
    const exception = { id: 'd', ticketId: 'change', kind: 'no-release', subject: null, reason: 'Firmware', decidedAt: NOW, decidedBy: 'manager', deciderId: null } as const;
    expect(missingForClosing(done({ software: true }, { decisions: [exception] }))).toEqual([]);
  });

  test('CHG-13 CHG-20 no closing without review; CHG-07 none with a task that has no end; CHG-17 none without the assessment after', () => {
    expect(fields(missingForClosing(done({ reviewedAt: null })))).toEqual(['review']);
    const [task] = changeCase().tasks;
    expect(fields(missingForClosing(done({}, { tasks: [{ ...task!, endedAt: null }] })))).toEqual(['tasks']);
    const { assessments } = changeCase();
    expect(fields(missingForClosing(done({}, { assessments: assessments.filter(({ phase, section }) => !(phase === 'after' && section === 'sla')) })))).toEqual(['assessment.after.sla']);
  });

  test('CHG-06 an emergency does not close while one debt is unpaid; a debt is paid by the thing itself', () => {
    const owing = (more: Partial<Omit<ChangeCase, 'ticket' | 'record'>>) => missingForClosing(done({ category: 'emergency' }, { debts: (['scope', 'plan', 'assessment', 'approval', 'change-plan', 'completion-report'] as const).map((item) => debt(item)), ...more }));
    expect(owing({ approvals: [approved('manager')] })).toEqual([]);
    expect(fields(owing({}))).toEqual(['debt.approval']);
    expect(fields(owing({ approvals: [approved('manager', 'rejected')] }))).toEqual(['debt.approval']);
    expect(fields(owing({ approvals: [approved('manager')], papers: new Set(['change-plan']) }))).toEqual(['debt.completion-report']);
    expect(fields(owing({ approvals: [approved('manager')], plan: { ...changeCase().plan, testPlan: '' } }))).toEqual(['debt.plan']);
  });
});
