import { lack, type Lack } from '../ticket/ticket-action.rules.ts';
import { approvalPath, hasDecision, isEmergency, isPreAuthorised, openSteps, wordOn, type ChangeCase } from './change-case.rules.ts';
import { type ApprovalStep, ASSESSMENT_SECTIONS, type AssessmentPhase, CHANGE_PAPERS, type ChangePaper, type DebtItem } from './change-states.rules.ts';

/** What a change still lacks, each as a sentence that says what would be right. All of them are listed at once. */

export type PlanField = ChangeCase['policy']['requiredPlan'][number];

export const PLAN_FIELD_NAMES: Readonly<Record<PlanField, string>> = {
  planType: 'type', background: 'background', presentEnvironment: 'present environment', dataBackup: 'backup of present data', steps: 'steps', schedule: 'schedule',
  riskAndRollback: 'risk and rollback', testSteps: 'test steps', implementationPlan: 'implementation plan', testPlan: 'test plan', rollbackPlan: 'rollback plan',
  servicePlan: 'service plan',
};

/** CHG-02: what it affects. */
export function missingScope({ cis, record }: ChangeCase): Lack[] {
  return [
    ...(cis.length === 0 ? [lack('MISSING_FIELD', 'Name the CIs that the change affects.', 'ciIds')] : []),
    ...(record.businessSystems.length === 0 ? [lack('MISSING_FIELD', 'Name the business systems that it affects.', 'businessSystems')] : []),
    ...(record.departments.length === 0 ? [lack('MISSING_FIELD', 'Name the departments that it affects.', 'departments')] : []),
  ];
}

/** CHG-03, CHG-16: empty fields of the plan, except those that policy or a recorded decision trims. */
export function missingPlan(kase: ChangeCase): Lack[] {
  const required = isPreAuthorised(kase) ? kase.policy.trimmedPlan : kase.policy.requiredPlan;
  return required
    .filter((field) => kase.plan[field].trim() === '' && !hasDecision(kase, 'plan-trimmed', field))
    .map((field) => lack('MISSING_FIELD', `The plan lacks "${PLAN_FIELD_NAMES[field]}".`, field));
}

/** CHG-17: sections of the impact assessment that are not written. */
export function missingAssessment({ assessments }: ChangeCase, phase: AssessmentPhase): Lack[] {
  return ASSESSMENT_SECTIONS
    .filter((section) => !assessments.some((row) => row.phase === phase && row.section === section))
    .map((section) => lack('MISSING_FIELD', `The impact assessment ${phase} the change lacks "${section}".`, `assessment.${phase}.${section}`));
}

/** CHG-17: owners of CIs that nobody asked yet. */
export function missingStatements({ cis, statements }: ChangeCase): Lack[] {
  const unasked = cis.filter(({ id }) => !statements.some(({ ciId }) => ciId === id));
  return unasked.length === 0 ? [] : [lack('MISSING_FIELD', `Ask the owners of ${unasked.slice(0, 5).map(({ name }) => name).join(', ')} for their statement.`, 'statements')];
}

/** Tasks and people, without whom nothing can be carried out (CHG-07). */
export function missingHands({ record, tasks }: ChangeCase): Lack[] {
  return [
    ...(record.implementerId === null ? [lack('MISSING_FIELD', 'Name the implementer.', 'implementerId')] : []),
    ...(tasks.length === 0 ? [lack('MISSING_FIELD', 'Plan at least one task for the implementers.', 'tasks')] : []),
  ];
}

/** What must be there before approval is asked for. */
export function missingForApproval(kase: ChangeCase): Lack[] {
  return [...missingScope(kase), ...missingPlan(kase), ...missingAssessment(kase, 'before'), ...missingStatements(kase), ...missingHands(kase)];
}

const STEP_NAMES: Readonly<Record<ApprovalStep, string>> = {
  steering: 'the steering authorisation', cab: 'the decision of the CAB', customer: "the customer's written confirmation", manager: "the change manager's approval",
  consent: 'the recorded oral consent of a department manager or above',
};

/** A yes that is not there. */
export function missingApprovals(kase: ChangeCase): Lack[] {
  return openSteps(kase).map((step) => lack('APPROVAL_NEEDED', `It lacks ${STEP_NAMES[step]}.`, step));
}

/** Nothing starts without its approvals; planned tasks have reached those who do them (CHG-07, CHG-10). */
export function missingForStart(kase: ChangeCase): Lack[] {
  const unsent = kase.record.state === 'scheduled' ? kase.tasks.filter(({ sentAt }) => sentAt === null) : [];
  const plan = isPreAuthorised(kase) ? missingPlan(kase) : [];
  return [...missingApprovals(kase), ...plan, ...unsent.map(({ title }) => lack('MISSING_FIELD', `The task "${title}" has not been sent to its implementer.`, 'tasks'))];
}

/** A step is due only when those before it are done: steering, then CAB, then the customer (CHG table). */
export function missingBefore(kase: ChangeCase, step: ApprovalStep): Lack[] {
  const path = approvalPath(kase);
  const before = path.slice(0, Math.max(path.indexOf(step), 0));
  return before.filter((earlier) => wordOn(kase, earlier)?.decision !== 'approved').map((earlier) => lack('APPROVAL_NEEDED', `First comes ${STEP_NAMES[earlier]}.`, earlier));
}

const PAPER_NAMES: Readonly<Record<ChangePaper, string>> = {
  'change-plan': 'change plan 变更方案', 'implementation-application': 'implementation application 变更实施申请表', 'completion-report': 'completion report 变更完成报告',
};

/** CHG-10: papers that a major or important change may not close without. */
export function missingPapers({ record, papers }: ChangeCase): Lack[] {
  if (record.category !== 'major' && record.category !== 'important') return [];
  return CHANGE_PAPERS.filter((paper) => !papers.has(paper)).map((paper) => lack('MISSING_FIELD', `Attach the ${PAPER_NAMES[paper]}.`, `paper.${paper}`));
}

/** CHG-12: CIs whose entry in the CMDB nobody has looked after. */
export function missingCiResults({ cis, ciResults }: ChangeCase): Lack[] {
  const open = cis.filter(({ id }) => !ciResults.some(({ ciId }) => ciId === id));
  return open.map(({ name }) => lack('MISSING_FIELD', `Update ${name} in the CMDB through this change, or record that it stayed as it was.`, 'ciResults'));
}

/** REL-09: software is carried by a release, or an exception says why not. */
export function missingRelease(kase: ChangeCase): Lack[] {
  if (!kase.record.software || kase.carriers > 0 || hasDecision(kase, 'no-release')) return [];
  return [lack('APPROVAL_NEEDED', 'It alters software: a release must carry it, or the change manager records an exception.', 'release')];
}

/** CHG-13, CHG-20. */
export function missingReview({ record }: ChangeCase): Lack[] {
  return record.reviewedAt === null ? [lack('MISSING_FIELD', 'Review it first: outcome, expected result, stability and satisfaction.', 'review')] : [];
}

/** CHG-07: tasks that nobody ended. */
export function openTasks({ tasks }: ChangeCase): Lack[] {
  return tasks.filter(({ endedAt }) => endedAt === null).map(({ title }) => lack('MISSING_FIELD', `The task "${title}" has no actual end.`, 'tasks'));
}

/** Whether the thing that a debt asks for is there (CHG-06). */
export function isPaid(kase: ChangeCase, item: DebtItem): boolean {
  switch (item) {
    case 'scope': return missingScope(kase).length === 0;
    case 'plan': return missingPlan(kase).length === 0;
    case 'assessment': return missingAssessment(kase, 'after').length === 0;
    case 'approval': return wordOn(kase, 'manager')?.decision === 'approved';
    case 'change-plan':
    case 'completion-report': return kase.papers.has(item);
  }
}

const DEBT_NAMES: Readonly<Record<DebtItem, string>> = {
  scope: 'CIs, business systems and departments', plan: 'change plan', assessment: 'impact assessment after the change', approval: "change manager's approval afterwards",
  'change-plan': 'paper: change plan 变更方案', 'completion-report': 'paper: completion report 变更完成报告',
};

export const debtName = (item: DebtItem): string => DEBT_NAMES[item];

/** CHG-06: what an emergency still owes. */
export function unpaidDebts(kase: ChangeCase): Lack[] {
  return kase.debts.filter(({ item, paidAt }) => paidAt === null && !isPaid(kase, item))
    .map(({ item }) => lack('MISSING_FIELD', `The emergency still owes: ${DEBT_NAMES[item]}.`, `debt.${item}`));
}

/** Everything that stands between a change and its end. */
export function missingForClosing(kase: ChangeCase): Lack[] {
  const after = isEmergency(kase) || isPreAuthorised(kase) ? [] : missingAssessment(kase, 'after');
  return [
    ...missingReview(kase), ...unpaidDebts(kase), ...missingPapers(kase), ...missingCiResults(kase), ...missingRelease(kase), ...openTasks(kase), ...after,
  ];
}
