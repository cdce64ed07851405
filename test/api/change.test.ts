import { afterAll, beforeAll, expect, test } from 'vitest';
import { openApi } from '../support/open-api.ts';

const api = await openApi();
let customerId = '';
beforeAll(async () => {
  await api.person('chief', 'change-manager');
  await api.person('changeOwner', 'change-owner');
  await api.person('doer', 'change-implementer');
  await api.person('asker', 'engineer');
  customerId = api.ids['Acme'] ?? '';
  await api.person('approver', 'customer-contact', { customerId, grantCustomerId: customerId });
});
afterAll(() => api.close());

const FIELDS = 'id number version title state category missing { code field } approvalSteps { step approved by }';
const mutate = async (who: string, name: string, input: object, type: string): Promise<{ change: Record<string, never> | null; userErrors: { code: string; field: string | null; message: string }[] }> => {
  const { data, errors } = await api.ask(who, `mutation M($input: ${type}!) { ${name}(input: $input) { change { ${FIELDS} } userErrors { code field message } } }`, { input });
  if (errors) throw new Error(JSON.stringify(errors));
  return data[name];
};

async function raised(): Promise<{ id: string; version: number; number: string }> {
  const { change } = await mutate('asker', 'raiseChange', {
    customerId, title: 'Patch the gateway', description: 'Security fix.', category: 'MAJOR', type: 'system', businessSystems: ['Web'], departments: ['IT'],
  }, 'RaiseChangeInput');
  return change as unknown as { id: string; version: number; number: string };
}

test('API-01 CHG-01 a change is raised, and says what it lacks before it may be submitted', async () => {
  const change = await raised();
  expect(change).toMatchObject({ title: '【重大变更】Patch the gateway', state: 'DRAFT', category: 'MAJOR', version: 1, missing: [{ code: 'MISSING_FIELD', field: 'ciIds' }] });
  expect(change).toMatchObject({ approvalSteps: [{ step: 'STEERING', approved: null, by: null }, { step: 'CAB', approved: null, by: null }, { step: 'CUSTOMER', approved: null, by: null }] });
  const { change: none, userErrors } = await mutate('asker', 'submitChange', { id: change.id, expectedVersion: 1 }, 'ChangeCommandInput');
  expect(none).toBeNull();
  expect(userErrors).toEqual([{ code: 'MISSING_FIELD', field: 'ciIds', message: 'Name the CIs that the change affects.' }]);
});

test('API-03 what is offered is by the same rules as what is carried out; everybody gets their own list', async () => {
  const { id } = await raised();
  const offered = async (who: string): Promise<string[]> => {
    const { data } = await api.ask(who, 'query Q($id: ID) { change(id: $id) { availableActions { action allowed } } }', { id });
    return data.change.availableActions.filter(({ allowed }: { allowed: boolean }) => allowed).map(({ action }: { action: string }) => action).toSorted();
  };
  expect(await offered('asker')).toEqual(['askCiOwners', 'assessChange', 'cancelChange', 'editChange', 'editChangePlan', 'noteOnChange', 'proposeWindow', 'recategoriseChange']);
  expect(await offered('chief')).toContain('assignChange');
  expect(await offered('approver')).toEqual([]);
});

test('ORG-03 the customer reads their change without what is internal; the other customer finds none', async () => {
  const { id, number } = await raised();
  await mutate('asker', 'noteOnChange', { id, expectedVersion: 1, text: 'Between us.' }, 'NoteOnChangeInput');
  const query = `query Q($number: String) { change(number: $number) { id missing { code } decisions { id } statements { ciId } debts { item } timeline { type } workLog { text } plan { steps } impact { cutOff } conflicts { key }
    cis { id } tasks { id } attempts { number } outages { id } approvals { id } assessments { text } links { id } attachments { id } notices { id } preAuthorised { id } } }`;
  const { data, errors } = await api.ask('approver', query, { number });
  expect(errors).toBeUndefined();
  expect(data.change).toMatchObject({ id, missing: [], decisions: [], statements: [], debts: [], timeline: [], workLog: [], plan: { steps: '' }, conflicts: [] });
  expect((await api.ask('asker', query, { number })).data.change.workLog).toEqual([{ text: 'Between us.' }]);
  await api.person('outsider', 'customer-contact', { customerId: api.ids['Borealis'] ?? '', grantCustomerId: api.ids['Borealis'] ?? '' });
  expect((await api.ask('outsider', query, { number })).data.change).toBeNull();
  expect((await api.ask('outsider', '{ changes { totalCount } }')).data.changes.totalCount).toBe(0);
  expect((await api.ask('outsider', 'query N($id: ID!) { node(id: $id) { id } }', { id })).data.node).toBeNull();
  expect((await api.ask(null, '{ changes { totalCount } }')).errors).toEqual(['UNAUTHENTICATED']);
});

test('API-02 a wrong id, number or page is answered with what would be right', async () => {
  expect((await api.ask('asker', '{ change(id: "x") { id } }')).errors).toEqual(['INVALID_INPUT']);
  expect((await api.ask('asker', '{ change { id } }')).errors).toEqual(['MISSING_FIELD']);
  expect((await api.ask('asker', '{ change(number: "CHG-9999999") { id } }')).data.change).toBeNull();
  expect((await api.ask('asker', '{ changes(first: 101) { totalCount } }')).errors).toEqual(['OUT_OF_RANGE']);
  expect((await api.ask('asker', '{ changes(after: "x") { totalCount } }')).errors).toEqual(['INVALID_INPUT']);
  const change = await raised();
  expect(await mutate('asker', 'cancelChange', { id: change.id, expectedVersion: 9, reason: 'x' }, 'ChangeReasonInput')).toMatchObject({ change: null, userErrors: [{ code: 'STALE_VERSION', field: 'expectedVersion' }] });
  expect(await mutate('asker', 'cancelChange', { id: customerId, expectedVersion: 1, reason: 'x' }, 'ChangeReasonInput')).toMatchObject({ change: null, userErrors: [{ code: 'NOT_FOUND', field: 'id' }] });
});

test('CHG-04 the agreed list is kept by the change manager and read by its own customer', async () => {
  const agree = (who: string) => api.ask(who, `mutation A($input: AgreePreAuthorisedInput!) { agreePreAuthorised(input: $input) { item { id title } userErrors { code } } }`, {
    input: { customerId, title: 'Monthly patch', servicePlan: 'Patch and check.', agreedBy: 'Dr Gu', agreedAt: '2026-03-01T10:00:00+08:00' },
  });
  expect((await agree('asker')).errors).toEqual(['FORBIDDEN']);
  expect((await agree('chief')).data.agreePreAuthorised).toMatchObject({ item: { title: 'Monthly patch' }, userErrors: [] });
  const list = (who: string) => api.ask(who, 'query L($customerId: ID!) { preAuthorisedChanges(customerId: $customerId) { title agreedBy endsAt version } }', { customerId });
  expect((await list('approver')).data.preAuthorisedChanges).toEqual([{ title: 'Monthly patch', agreedBy: 'Dr Gu', endsAt: null, version: 1 }]);
  expect((await list('outsider')).errors).toEqual(['FORBIDDEN']);
  const { data } = await api.ask('asker', '{ changeTerms { types { key zh } requiredPlan trimmedPlan } }');
  expect(data.changeTerms).toMatchObject({ trimmedPlan: ['SERVICE_PLAN'], types: [{ key: 'system', zh: '系统变更' }, { key: 'business' }, { key: 'management' }] });
  expect(data.changeTerms.requiredPlan).toHaveLength(11);
});
