import type { Moves } from '../ticket/ticket-action.rules.ts';

/** Life of a change (CHG-04). `terminated`, `refused`, `cancelled` and `closed` are ends. */
export const CHANGE_STATES = [
  'draft', 'submitted', 'accepted', 'planning', 'approval', 'scheduled', 'implementing', 'rolled-back', 'verified', 'review', 'closed',
  'refused', 'cancelled', 'terminated',
] as const;
export type ChangeState = (typeof CHANGE_STATES)[number];

export const CHANGE_CATEGORIES = ['major', 'important', 'general', 'emergency'] as const;
export type ChangeCategory = (typeof CHANGE_CATEGORIES)[number];

/** Where a change comes from (CHG-01, CHG-18). */
export const CHANGE_SOURCES = ['incident', 'problem', 'release', 'third-party', 'customer', 'capacity', 'continuity', 'own'] as const;
export type ChangeSource = (typeof CHANGE_SOURCES)[number];

/** CHG-13. */
export const CHANGE_OUTCOMES = ['successful', 'successful-with-issues', 'failed', 'rolled-back', 'terminated'] as const;
export type ChangeOutcome = (typeof CHANGE_OUTCOMES)[number];

export type ChangeMove =
  | 'submit' | 'accept' | 'refuse' | 'plan' | 'requestApproval' | 'sendBack' | 'schedule' | 'start' | 'rollBack' | 'verify' | 'retry'
  | 'conclude' | 'close' | 'terminate' | 'cancel';

/**
 * CHG-04 as a table. An emergency and a change on the pre-authorised list go from accepted straight on (CHG table); the
 * guards of the actions say which change may take which of these ways.
 */
export const CHANGE_MOVES: Moves<ChangeState, ChangeMove> = {
  draft: { submit: 'submitted', cancel: 'cancelled' },
  submitted: { accept: 'accepted', refuse: 'refused', cancel: 'cancelled' },
  accepted: { plan: 'planning', schedule: 'scheduled', start: 'implementing', cancel: 'cancelled' },
  planning: { requestApproval: 'approval', cancel: 'cancelled' },
  approval: { sendBack: 'planning', schedule: 'scheduled', cancel: 'cancelled' },
  scheduled: { sendBack: 'planning', start: 'implementing', cancel: 'cancelled' },
  implementing: { rollBack: 'rolled-back', conclude: 'review' },
  'rolled-back': { verify: 'verified' },
  verified: { retry: 'implementing', conclude: 'review' },
  review: { close: 'closed', terminate: 'terminated' },
  closed: {},
  refused: {},
  cancelled: {},
  terminated: {},
};

/** Who must say yes, in this order (CHG table). `consent` is the oral consent of a department manager or above. */
export type ApprovalStep = 'steering' | 'cab' | 'customer' | 'manager' | 'consent';

export const APPROVAL_STEPS = ['steering', 'cab', 'customer', 'manager', 'consent'] as const satisfies readonly ApprovalStep[];

/** The approval path of each category; a pre-authorised general change has none. */
export const APPROVAL_PATHS: Readonly<Record<ChangeCategory, readonly ApprovalStep[]>> = {
  major: ['steering', 'cab', 'customer'],
  important: ['cab'],
  general: ['manager'],
  emergency: ['consent'],
};

/** Papers that must be attached before a major or important change closes (CHG-10). */
export const CHANGE_PAPERS = ['change-plan', 'implementation-application', 'completion-report'] as const;
export type ChangePaper = (typeof CHANGE_PAPERS)[number];

/** States in which nothing is possible any more. */
export const isEnded = (state: ChangeState): boolean => Object.keys(CHANGE_MOVES[state]).length === 0;

/** Sections of the impact assessment (CHG-17). */
export const ASSESSMENT_SECTIONS = ['capacity', 'availability', 'continuity', 'sla', 'cost'] as const;
export type AssessmentSection = (typeof ASSESSMENT_SECTIONS)[number];
export const ASSESSMENT_PHASES = ['before', 'after'] as const;
export type AssessmentPhase = (typeof ASSESSMENT_PHASES)[number];

/** Exceptions that somebody decided and stands for. */
export const DECISION_KINDS = ['freeze-override', 'no-release', 'plan-trimmed', 'no-rollback', 'recorded-afterwards', 'conflict-accepted'] as const;
export type DecisionKind = (typeof DECISION_KINDS)[number];

/** Steps that an emergency may leave out and then owes (CHG-06). */
export const DEBT_ITEMS = ['scope', 'plan', 'assessment', 'approval', 'change-plan', 'completion-report'] as const;
export type DebtItem = (typeof DEBT_ITEMS)[number];
