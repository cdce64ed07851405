import type { PlannedDeploymentFieldsFragment, ReleaseByNumberQuery, ReleaseFilter, ReleaseState } from '../../graphql/generated/desk/graphql.ts';

/** A release as its page asks for it. */
export type Release = NonNullable<ReleaseByNumberQuery['release']>;
export type Planned = PlannedDeploymentFieldsFragment;

/** In their order (REL-03). */
export const STATES: readonly ReleaseState[] = [
  'PLANNING', 'CONTENT_REVIEW', 'TEST_ENVIRONMENT', 'ACCEPTANCE', 'TRIAL_RUN', 'GO_LIVE_PLAN', 'APPROVAL', 'COMMUNICATION', 'DEPLOYMENT', 'CMDB_UPDATE', 'CLOSED', 'REPORTED', 'ROLLED_BACK', 'CANCELLED',
];
export const PLAN_FIELDS = [
  'background', 'impactScope', 'departments', 'communication', 'training', 'testSchedule', 'trainingSchedule', 'supportSchedule', 'deploymentSchedule', 'followUp', 'fallback', 'foreseeableProblems', 'ciBaseline',
] as const;
export const GO_LIVE_FIELDS = ['expectedResult', 'timetable', 'workSplit', 'steps', 'rollback'] as const;
export const PAPERS = ['release-plan', 'go-live-plan', 'test-report', 'go-live-report'] as const;
export const CHECKLIST = ['environment', 'backup', 'people-told', 'risk-assessment'] as const;
/** Of a carried change (CHG-04), as the release names them. */
export const CHANGE_STATES = [
  'draft', 'submitted', 'accepted', 'planning', 'approval', 'scheduled', 'implementing', 'rolled-back', 'verified', 'review', 'closed', 'refused', 'cancelled', 'terminated',
] as const;
export const WAIVABLE = ['watch', 'business-confirmation', 'cmdb-update'] as const;

export interface ReleaseView {
  readonly filter: ReleaseFilter;
  /** Keys and values that mean nothing here: they are reported, not ignored. */
  readonly unknown: readonly string[];
}

const KNOWN = ['ci', 'customer', 'lang', 'open', 'q', 'state', 'suspected'];

/** Reads `?state=DEPLOYMENT&open=1&customer=ID&q=erp&suspected=1`. */
export function readReleaseView(search: URLSearchParams): ReleaseView {
  const asked = (search.get('state') ?? '').split(',').filter((word) => word !== '');
  const states = STATES.filter((state) => asked.includes(state));
  const strange = asked.filter((word) => !STATES.some((state) => state === word)).map((word) => `state=${word}`);
  const flag = (key: string): true | undefined => (search.get(key) === '1' ? true : undefined);
  const customer = search.get('customer');
  return {
    unknown: [...[...search.keys()].filter((key) => !KNOWN.includes(key)), ...strange],
    filter: {
      states: states.length === 0 ? undefined : states, customerIds: customer ? [customer] : undefined, openOnly: flag('open'), undecidedCauses: flag('suspected'),
      ciId: search.get('ci') ?? undefined, text: search.get('q') ?? undefined,
    },
  };
}

/** The same address with one key changed; keys in alphabetical order, so that a view has one address. */
export function withKey(search: URLSearchParams, key: string, value: string): URLSearchParams {
  const next = new URLSearchParams(search);
  if (value === '') next.delete(key);
  else next.set(key, value);
  next.sort();
  return next;
}

/** Only the field's known keys: what comes from the server is text. */
export function isOneOf<Key extends string>(keys: readonly Key[], text: string): text is Key {
  return keys.some((key) => key === text);
}
