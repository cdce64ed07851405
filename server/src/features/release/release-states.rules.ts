import type { Moves } from '../ticket/ticket-action.rules.ts';

/** REL-03, REL-11: the stages of a release in their order, then how it may end otherwise. */
export const RELEASE_STATES = [
  'planning', 'content-review', 'test-environment', 'acceptance', 'trial-run', 'go-live-plan', 'approval', 'communication', 'deployment', 'cmdb-update',
  'closed', 'reported', 'rolled-back', 'cancelled',
] as const;
export type ReleaseState = (typeof RELEASE_STATES)[number];

export type ReleaseMove =
  | 'submitContent' | 'approveContent' | 'returnContent' | 'readyEnvironment' | 'accept' | 'failTests' | 'finishTrial' | 'submitGoLive' | 'adoptGoLive'
  | 'approveGoLive' | 'returnGoLive' | 'finishCommunication' | 'finishDeployment' | 'close' | 'report' | 'rollBack' | 'skip' | 'retest' | 'replan' | 'cancel';

/**
 * REL-03 as data. `adoptGoLive` is the go-live plan that the review of content has approved already; `skip` needs a recorded
 * decision and is there only where nothing untested or unapproved would deploy by it (REL-04); `retest` takes a package back before its acceptance, `replan` the whole before the review of its content. Whatever was
 * rolled back is closed: a second try is a new release.
 */
export const RELEASE_MOVES: Moves<ReleaseState, ReleaseMove> = {
  'planning': { submitContent: 'content-review', cancel: 'cancelled' },
  'content-review': { approveContent: 'test-environment', returnContent: 'planning', cancel: 'cancelled' },
  'test-environment': { readyEnvironment: 'acceptance', skip: 'acceptance', replan: 'planning', cancel: 'cancelled' },
  'acceptance': { accept: 'trial-run', failTests: 'test-environment', replan: 'planning', cancel: 'cancelled' },
  'trial-run': { finishTrial: 'go-live-plan', skip: 'go-live-plan', retest: 'test-environment', replan: 'planning', cancel: 'cancelled' },
  'go-live-plan': { submitGoLive: 'approval', adoptGoLive: 'communication', retest: 'test-environment', replan: 'planning', cancel: 'cancelled' },
  'approval': { approveGoLive: 'communication', returnGoLive: 'go-live-plan', retest: 'test-environment', replan: 'planning', cancel: 'cancelled' },
  'communication': { finishCommunication: 'deployment', skip: 'deployment', retest: 'test-environment', replan: 'planning', cancel: 'cancelled' },
  'deployment': { finishDeployment: 'cmdb-update', rollBack: 'rolled-back', retest: 'test-environment', replan: 'planning', cancel: 'cancelled' },
  'cmdb-update': { close: 'closed', rollBack: 'rolled-back' },
  'rolled-back': { close: 'closed' },
  'closed': { report: 'reported' },
  'reported': {},
  'cancelled': {},
};

/** What a recorded decision may do without before closing. Without the business side's word a release is closed, but never successful (REL-10). */
export const WAIVABLE = ['watch', 'business-confirmation', 'cmdb-update'] as const;
export type Waivable = (typeof WAIVABLE)[number];

export function isWaivable(key: string): key is Waivable {
  return WAIVABLE.some((one) => one === key);
}
