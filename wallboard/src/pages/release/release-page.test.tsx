import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { useQuery } from '@apollo/client/react';
import { afterEach, expect, test } from 'vitest';
import { renderDesk } from '../../app/desk.fixture.tsx';
import { ReleaseByNumberDocument } from '../../graphql/generated/desk/graphql.ts';
import { ReleaseBody } from './release-body.tsx';
import { ReleaseFilters } from './release-filters.tsx';
import { GO_LIVE_FIELDS, PLAN_FIELDS, readReleaseView } from './release-view.ts';

afterEach(cleanup);

const empty = (fields: readonly string[]) => Object.fromEntries(fields.map((field) => [field, null]));
const lackOf = (message: string, field: string) => ({ __typename: 'ActionLack', code: 'MISSING_FIELD', message, field });
const actions = (...names: readonly string[]) => names.map((action) => ({ __typename: 'AvailableActionView', action, allowed: true, lacks: [] }));

function releaseOf(more: Record<string, unknown> = {}): Record<string, unknown> {
  const nothing = Object.fromEntries([
    'closedAt', 'plannedMonth', 'windowStartAt', 'windowEndAt', 'acceptedSha256', 'acceptedAt', 'acceptedBy', 'contentApprovedAt', 'contentApprovedBy', 'goLiveApprovedAt', 'goLiveApprovedBy', 'testEnvironment',
    'trialExpectations', 'trialFindings', 'notice', 'noticeSentAt', 'training', 'deploymentChangeId', 'baselineId', 'baselineName', 'deploymentStartedAt', 'deployedAt', 'deployedSha256', 'rolledBackAt',
    'rollbackReason', 'rollbackVerification', 'businessConfirmedAt', 'businessConfirmedBy', 'businessConfirmation', 'papersHandedAt', 'papersHandedTo', 'report', 'package',
  ].map((field) => [field, null]));
  return {
    ...nothing, __typename: 'Release', id: 'r1', number: 'REL-0000007', version: 4, title: 'ERP spring', releaseVersion: '4.2', state: 'DEPLOYMENT', outcome: 'OPEN', openedAt: '2026-03-01T00:00:00Z',
    customer: { __typename: 'CustomerName', id: 'c1', name: 'Acme', timeZone: 'Asia/Shanghai' }, owner: { __typename: 'PersonName', id: 'p1', name: 'Gu' },
    plan: { __typename: 'ReleasePlanView', ...empty(PLAN_FIELDS), background: 'Faster posting.' }, goLivePlan: { __typename: 'GoLivePlanView', ...empty(GO_LIVE_FIELDS) },
    gates: [
      { __typename: 'ReleaseGate', stage: 'TRIAL_RUN', standing: 'SKIPPED', lacks: [] },
      { __typename: 'ReleaseGate', stage: 'DEPLOYMENT', standing: 'HERE', lacks: [lackOf('"backup" of the checklist is not ticked (REL-10).', 'item'), lackOf('The baseline to roll back to is not recorded (REL-05).', 'baselineId')] },
      { __typename: 'ReleaseGate', stage: 'CMDB_UPDATE', standing: 'AHEAD', lacks: [lackOf('x', 'papers')] },
    ],
    missingPapers: ['test-report'], reviews: [], tests: [], checks: [], decisions: [], changes: [], cis: [], causes: [], feedback: [], links: [], attachments: [], availableActions: [], ...more,
  };
}

type Answers = NonNullable<NonNullable<Parameters<typeof renderDesk>[1]>['answers']>;

/** The page without its stream: that is the feed reader's own test. */
function Page() {
  const { data, refetch } = useQuery(ReleaseByNumberDocument, { variables: { number: 'REL-0000007' } });
  return data?.release ? <ReleaseBody release={data.release} changed="1" reload={refetch} /> : null;
}

function page(release: Record<string, unknown>, options: { readonly locale?: 'zh-CN' | 'en'; readonly answers?: Answers } = {}) {
  return renderDesk(<Page />, {
    at: '/releases/REL-0000007', ...(options.locale ? { locale: options.locale } : {}),
    answers: { ReleaseByNumber: () => ({ release }), ReleaseTimeline: () => ({ release: { __typename: 'Release', id: 'r1', timeline: [] } }), ...options.answers },
  });
}

test('REL-03 the track says where the release stands, what was skipped, and what the stage lacks', async () => {
  page(releaseOf());
  const here = await screen.findByText('Deployment', { selector: 'li b' });
  expect(here.closest('li')?.getAttribute('aria-current')).toBe('step');
  screen.getByText('skipped by decision');
  screen.getByText('1 missing');
  screen.getByText('Checklist: Backup');
  screen.getByText('The baseline to roll back to is not recorded');
});

test('WBD-09 in Chinese what is missing is said in Chinese', async () => {
  page(releaseOf(), { locale: 'zh-CN' });
  await screen.findByText('检查表“备份”未通过');
  screen.getByText('回退基线未记录');
});

test('REL-10 an item of the checklist is ticked with the version that was shown', async () => {
  const { asked } = page(releaseOf({ availableActions: actions('tickReleaseCheck') }), { answers: { TickReleaseCheck: () => ({ tickReleaseCheck: { __typename: 'ReleasePayload', release: null, userErrors: [] } }) } });
  fireEvent.click(await screen.findByRole('button', { name: 'Tick · Backup' }));
  fireEvent.click(screen.getByRole('button', { name: 'Send' }));
  await waitFor(() => expect(asked.find(({ name }) => name === 'TickReleaseCheck')?.variables).toMatchObject({ input: { id: 'r1', expectedVersion: 4, item: 'backup', ok: true } }));
});

test('REL-06 a suspicion shows its evidence; a rejection asks for the reason', async () => {
  const evidence = { __typename: 'CauseEvidenceView', ciId: 'a', ciName: 'portal', releaseCiName: 'db', path: ['portal', 'app', 'db'], hoursAfterDeployment: 30.5, watchDays: 7 };
  const cause = { __typename: 'ReleaseCauseView', id: 's1', state: 'SUGGESTED', ticketId: 'i1', number: 'INC-0000003', title: 'Slow', recordKind: 'INCIDENT', suggestedAt: '2026-03-02T00:00:00Z', decidedAt: null, decidedBy: null, reason: null, evidence };
  const { asked } = page(releaseOf({ deploymentStartedAt: '2026-03-01T00:00:00Z', causes: [cause], availableActions: actions('decideReleaseCause') }), { answers: { DecideReleaseCause: () => ({ decideReleaseCause: { __typename: 'ReleasePayload', release: null, userErrors: [] } }) } });
  const entry = (await screen.findByText('Slow')).closest('li')!;
  within(entry).getByText(/30\.5 h after the deployment/);
  within(entry).getByText(/portal → app → db/);
  fireEvent.click(within(entry).getByRole('button', { name: 'Reject' }));
  fireEvent.change(within(entry).getByLabelText(/Reason/), { target: { value: 'Disk was full.' } });
  fireEvent.click(within(entry).getByRole('button', { name: 'Send' }));
  await waitFor(() => expect(asked.find(({ name }) => name === 'DecideReleaseCause')?.variables).toMatchObject({ input: { causeId: 's1', confirm: false, reason: 'Disk was full.' } }));
});

test('REL-06 whoever may not decide sees the evidence without buttons', async () => {
  const cause = { __typename: 'ReleaseCauseView', id: 's1', state: 'CONFIRMED', ticketId: 'i1', number: 'PRB-0000003', title: 'Root', recordKind: 'PROBLEM', suggestedAt: null, decidedAt: '2026-03-02T00:00:00Z', decidedBy: 'Li', reason: 'Same trace.', evidence: null };
  page(releaseOf({ deploymentStartedAt: '2026-03-01T00:00:00Z', causes: [cause] }));
  const entry = (await screen.findByText('Root')).closest('li')!;
  expect(within(entry).getByRole('link').getAttribute('href')).toBe('/problems/PRB-0000003');
  expect(within(entry).queryByRole('button')).toBeNull();
});

test('REL-08 the list\'s filter stands in the address; what means nothing is said', async () => {
  expect(readReleaseView(new URLSearchParams('state=DEPLOYMENT,NOWHERE&open=1&colour=red'))).toEqual({
    filter: { states: ['DEPLOYMENT'], openOnly: true, customerIds: undefined, undecidedCauses: undefined, ciId: undefined, text: undefined }, unknown: ['colour', 'state=NOWHERE'],
  });
  const { address } = renderDesk(<ReleaseFilters total={0} />, { at: '/releases?suspected=1' });
  fireEvent.click(screen.getByRole('button', { name: 'Open' }));
  await waitFor(() => expect(address()).toBe('/releases?open=1&suspected=1'));
  fireEvent.change(screen.getByLabelText('Stage'), { target: { value: 'DEPLOYMENT' } });
  await waitFor(() => expect(address()).toBe('/releases?open=1&state=DEPLOYMENT&suspected=1'));
  fireEvent.click(screen.getByRole('button', { name: 'Open' }));
  await waitFor(() => expect(address()).toBe('/releases?state=DEPLOYMENT&suspected=1'));
});
