import { afterAll, describe, expect, test } from 'vitest';
import { SEEDED_POLICIES } from '../../server/src/seed/policy-documents.ts';
import { openApi, START } from '../support/open-api.ts';

const { time, close, ask, ids, calendarId } = await openApi();
afterAll(close);

describe('INC-26 words', () => {
  test('INC-26 criteria in the language asked for, and in the words of the agreement where it has its own', async () => {
    const general = await ask('desk', '{ levelCriteria { level labelZh labelEn criteria own } }');
    expect(general.data.levelCriteria[0]).toEqual({ level: 'LV1', labelZh: '严重', labelEn: 'Critical', criteria: 'A service is wholly lost, or the network of a site is down', own: false });
    const chinese = await ask('desk', `{ levelCriteria(agreementId: "${ids['Acme agreement']}") { level criteria own } }`, {}, 'zh-CN');
    expect(chinese.data.levelCriteria.slice(0, 2)).toEqual([{ level: 'LV1', criteria: '产线停工', own: true }, { level: 'LV2', criteria: '重要功能或资源丧失，服务仍部分可用', own: false }]);
    expect((await ask('contact', `{ levelCriteria(agreementId: "${ids['Borealis agreement']}") { level } }`)).errors).toEqual(['NOT_FOUND']);
  });

  test('INC-04 the matrix proposes a level, 1 to 3 and no further', async () => {
    const propose = async (impact: number, urgency: number) => ask('desk', `{ proposeLevel(impact: ${impact}, urgency: ${urgency}) }`);
    expect([(await propose(1, 1)).data, (await propose(3, 3)).data]).toEqual([{ proposeLevel: 'LV1' }, { proposeLevel: 'LV4' }]);
    expect([(await propose(0, 1)).errors, (await propose(1, 4)).errors]).toEqual([['OUT_OF_RANGE'], ['OUT_OF_RANGE']]);
  });

  test('WBD-09 every word has a Chinese and an English label', async () => {
    const names = ['states', 'levels', 'categories', 'technicalClasses', 'channels', 'suspensionReasons', 'closureCodes', 'causeClasses', 'difficulties', 'clockKinds', 'escalationSteps', 'roles', 'tiers'];
    const { data } = await ask('contact', `{ vocabulary { ${names.map((name) => `${name} { key zh en }`).join(' ')} } }`);
    for (const name of names) for (const term of data.vocabulary[name]) expect(term.zh && term.en && term.key).toBeTruthy();
    expect(data.vocabulary.states).toHaveLength(5);
    expect(data.vocabulary.roles).toHaveLength(28);
    expect(data.vocabulary.closureCodes.map(({ zh }: { zh: string }) => zh)).toEqual(['成功关闭', '变通关闭', '无应答关闭', '误报', '重复', '随主事件关闭', '用户撤回', '转其他流程']);
  });
});

describe('SLA-13 policies, calendars and the roster over the API', () => {
  test('SLA-13 policies in force and their versions; an edit follows the newest version only', async () => {
    const edit = (expectedVersion: number) => ask('admin', 'mutation ($input: EditPolicyInput!) { editPolicy(input: $input) { policyVersion { version validFrom createdBy } userErrors { code field } } }', {
      input: { key: 'feedback', expectedVersion, body: { ...SEEDED_POLICIES.feedback, attempts: 5 }, validFrom: '2026-04-01T00:00:00+08:00' },
    });
    expect((await edit(1)).data.editPolicy).toEqual({ policyVersion: { version: 2, validFrom: '2026-03-31T16:00:00Z', createdBy: 'admin' }, userErrors: [] });
    expect((await edit(1)).data.editPolicy.userErrors).toEqual([{ code: 'STALE_VERSION', field: 'expectedVersion' }]);
    const { data } = await ask('desk', '{ policies { key version } policyVersions(key: "feedback") { version body } }');
    expect(data.policies).toContainEqual({ key: 'feedback', version: 1 });
    expect(data.policyVersions.map(({ version }: { version: number }) => version)).toEqual([2, 1]);
    expect((await ask('contact', '{ policies { key } }')).errors).toEqual(['FORBIDDEN']);
  });

  test('CAL-02 a calendar that never opens is a user error, CAL-01 the others are listed with their next opening', async () => {
    const source = { timeZone: 'Asia/Shanghai', weeklyHours: {}, exceptions: [] };
    const { data } = await ask('admin', 'mutation ($input: EditCalendarInput!) { editCalendar(input: $input) { calendar { version } userErrors { code } } }', { input: { id: calendarId, expectedVersion: 1, source } });
    expect(data.editCalendar).toEqual({ calendar: null, userErrors: [{ code: 'CALENDAR_NEVER_OPENS' }] });
    time.current = Date.parse('2026-03-06T18:00:00+08:00');
    expect((await ask('desk', '{ calendars { key version nextOpen } }')).data.calendars).toEqual([
      { key: '24x7', version: 1, nextOpen: '2026-03-06T10:00:00Z' }, { key: '5x8', version: 1, nextOpen: '2026-03-09T01:00:00Z' },
    ]);
    time.current = START;
  });

  test('ORG-02 a team, its members and who is on call now', async () => {
    const team = await ask('admin', `mutation { createTeam(input: { key: "duty", name: "7×24 team", nameZh: "值班组", line: 1, purpose: DUTY, leadId: "${ids['desk']}" }) { team { id lead { name } } userErrors { code } } }`);
    const teamId = team.data.createTeam.team.id;
    expect(team.data.createTeam.team.lead).toEqual({ name: 'desk' });
    await ask('admin', `mutation { addTeamMember(input: { teamId: "${teamId}", personId: "${ids['desk']}" }) { userErrors { code } } }`);
    const shift = await ask('admin', `mutation { addShift(input: { teamId: "${teamId}", personId: "${ids['desk']}", startsAt: "2026-03-02T01:00:00Z", endsAt: "2026-03-02T13:00:00Z", leader: true }) { shift { person { name } } userErrors { code } } }`);
    expect(shift.data.addShift).toEqual({ shift: { person: { name: 'desk' } }, userErrors: [] });
    const { data } = await ask('desk', `{ teams { key members { name } } onCall { team person leader until } roster(teamId: "${teamId}", from: "2026-03-02T12:59:59Z", to: "2026-03-03T00:00:00Z") { leader } }`);
    expect(data).toEqual({
      teams: [{ key: 'duty', members: [{ name: 'desk' }] }], onCall: [{ team: '7×24 team', person: 'desk', leader: true, until: '2026-03-02T13:00:00Z' }], roster: [{ leader: true }],
    });
    expect((await ask('contact', '{ onCall { person } }')).errors).toEqual(['FORBIDDEN']);
  });
});

describe('ORG-05 over the API', () => {
  test('ORG-05 the auditor reads the trail, the desk does not', async () => {
    const query = `{ events(subjectId: "${ids['Acme']}") { entries { seq type actorName after } hasNextPage } }`;
    const { data } = await ask('auditor', query);
    expect(data.events.entries).toMatchObject([{ type: 'customer.created', actorName: 'test', after: { name: 'Acme' } }]);
    expect((await ask('desk', query)).errors).toEqual(['FORBIDDEN']);
  });
});
