// Development only, until the real server serves the same: synthetic rows, `node wallboard/dev/fixture-server.ts [port]`.
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname } from 'node:path';
import { buildSchema, defaultFieldResolver, execute, getNullableType, graphql, isEnumType, isListType, isNonNullType, isObjectType, type GraphQLFieldResolver } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { withPending } from './merge.ts';

const here = new URL('.', import.meta.url).pathname;
const printed = `${here}../../schema/schema.graphql`;
const schema = buildSchema(withPending(existsSync(printed) ? printed : `${here}printed.graphql`, `${here}pending.graphql`));
const iso = (offsetSeconds: number): string => new Date(Date.now() + offsetSeconds * 1000).toISOString();
const pick = <T>(list: readonly T[], index: number): T => list[index % list.length]!;

const TITLES = ['核心交换机 SW-CORE-01 双机心跳丢失，业务中断', 'Mail gateway queue growing, delivery delayed by 40 minutes', 'VPN 登录失败，多名用户反馈验证码不可用', 'Disk latency on ORA-PROD-02 above 200 ms', '前台打印机卡纸', 'Branch office WAN link flapping since 08:12, voice calls drop and the ticket printer cannot reach head office', '数据库备份任务连续两晚失败', 'Password reset request'];
const CUSTOMERS = ['华东银行', 'Suzhou Precision Motors', '上海第三人民医院', '长三角物流'];
const TEAMS: readonly (readonly [string, string])[] = [['Network', '网络组'], ['Database', '数据库组'], ['Service desk', '服务台'], ['7×24 operations', '7×24运维组']];
const PEOPLE = ['王伟', '李娜', 'Chen Jie', '赵敏'];

function row(index: number) {
  const offset = [-3720, -12, 340, 720, 2100, 9000, 30_000, 200_000][index % 8]! + index * 7;
  const suspended = index % 9 === 4;
  const closed = index % 9 === 6;
  const [team, teamZh] = pick(TEAMS, index);
  return {
    __typename: 'BoardRow', id: `i${index}`, number: `INC-${String(20_480 + index).padStart(6, '0')}`, version: 1, title: pick(TITLES, index),
    level: pick(['LV1', 'LV2', 'LV2', 'LV3', 'LV4'], index), state: suspended ? 'SUSPENDED' : index % 7 === 3 ? 'AWAITING_ASSIGNMENT' : 'IN_PROGRESS', started: index % 3 !== 0,
    customer: pick(CUSTOMERS, index), team, teamZh, holder: index % 7 === 3 ? null : pick(PEOPLE, index),
    clock: {
      kind: pick(['RESOLUTION', 'RESPONSE', 'RESOLUTION', 'ON_SITE'], index), state: suspended ? 'PAUSED' : 'RUNNING', dueAt: suspended ? null : iso(closed ? 150_000 : offset),
      remainingSeconds: suspended ? (index % 2 ? 5000 : -734) : null, breachedAt: (suspended ? index % 2 === 0 : offset < 0) ? iso(-3600) : null,
      outsideHours: closed, resumesAt: closed ? iso(52_000) : null, remainingBusinessSeconds: closed ? 14_400 : null, targetSeconds: 28_800,
    },
    suspension: suspended ? { category: "awaiting user's reply", categoryZh: '等待用户回复', text: null, since: iso(-11_000), expectedEndAt: index % 2 ? iso(9000) : null, flagged: index % 2 === 0 } : null,
    handoff: index % 5 === 2 ? { id: `h${index}`, fromTeam: '网络组', toTeam: '数据库组', since: iso(-900 * (index + 1)), ageingStep: index % 2 } : null,
    escalation: index % 4 === 0 ? { id: `e${index}`, step: '升级1', firedAt: iso(-600 * (index + 1)), to: ['服务交付经理'], early: false, late: false } : null,
    urges: index % 6 === 1 ? 2 : 0, pingPong: index % 8 === 5, feedbackArrivedAt: index % 9 === 4 ? iso(-60) : null, late: false, reportedAt: iso(-40_000),
    order: String(index).padStart(6, '0'),
  };
}

function counters(open: number) {
  const share = (part: number): number => Math.floor(open * part);
  return {
    open, breached: share(0.2), dueWithin15: share(0.12), dueWithin60: share(0.2), suspended: share(0.1), awaitingAssignment: share(0.14),
    handoffsWaiting: share(0.2), escalationsUnacknowledged: share(0.25),
    byLevel: [{ level: 'LV1', count: share(0.05) }, { level: 'LV2', count: share(0.3) }, { level: 'LV3', count: share(0.4) }, { level: 'LV4', count: open - share(0.05) - share(0.3) - share(0.4) }],
    byState: [{ state: 'IN_PROGRESS', count: open }],
  };
}

const ON_CALL = TEAMS.map(([team, teamZh], index) => ({ team, teamZh, person: pick(PEOPLE, index), phone: null, leader: index === 3, until: iso(20_000) }));

let quiet = false;
async function* board({ id, after }: { id: string; after: { epoch: string } | null }) {
  const open = Number(/\d+/.exec(id)?.[0] ?? 9);
  const replaySpeed = id.includes('replay') ? 60 : null;
  let seq = 100;
  const common = () => ({ asOf: iso(0), serverTime: iso(0), version: '0.1.0+3f9c1ab' });
  if (!after) {
    yield { board: {
      __typename: 'BoardSnapshot', epoch: 'dev', seq: String(seq), ...common(), counters: counters(open), onCall: ON_CALL,
      board: { id, name: 'NOC — all customers', nameZh: '值班大屏 · 全部客户', timeZone: 'Asia/Shanghai', rowLimit: 100, replaySpeed },
      rows: Array.from({ length: Math.min(open, 100) }, (_, index) => row(index)),
    } };
  }
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 2000));
    if (quiet || id.includes('quiet')) continue;
    yield { board: { __typename: 'BoardHeartbeat', seq: String(seq), ...common(), counters: null } };
    seq += 0;
  }
}


const VOCABULARY: Record<string, readonly (readonly [string, string, string])[]> = {
  states: [['AWAITING_ASSIGNMENT', '待分配', 'Awaiting assignment'], ['IN_PROGRESS', '解决中', 'In progress'], ['SUSPENDED', '挂起', 'Suspended'], ['AWAITING_FEEDBACK', '待反馈', 'Awaiting feedback'], ['CLOSED', '已关闭', 'Closed']],
  levels: [['LV1', '严重', 'Critical'], ['LV2', '高', 'High'], ['LV3', '中', 'Medium'], ['LV4', '低', 'Low']],
  categories: [['hotline', '800热线', '800 hotline'], ['urgent', '紧急', 'Urgent'], ['other', '其他', 'Other'], ['monitoring', '监控触发', 'Monitoring']],
  technicalClasses: [['hardware', '硬件', 'Hardware'], ['software', '软件', 'Software'], ['network', '网络', 'Network']],
  channels: [['phone', '电话', 'Phone'], ['mail', '邮件', 'E-mail'], ['web', '网页', 'Web']],
  suspensionReasons: [['under-observation', '观察中', 'Under observation'], ['awaiting-user', '等待用户回复', "Awaiting user's reply"], ['other', '其他', 'Other']],
  closureCodes: [['successful', '成功关闭', 'Successful'], ['workaround', '变通关闭', 'Workaround']], causeClasses: [['hardware', '硬件故障', 'Hardware fault']],
  difficulties: [['SIMPLE', '简单', 'Simple'], ['NORMAL', '一般', 'Normal'], ['HARD', '困难', 'Hard']],
  clockKinds: [['RESPONSE', '首次响应', 'First response'], ['START_OF_WORK', '着手解决', 'Start of work'], ['ON_SITE', '到场', 'On site'], ['RESOLUTION', '解决', 'Resolution'], ['PROGRESS_REPORT', '进展汇报', 'Progress report'], ['HANDOFF', '交接', 'Handoff']],
  escalationSteps: [['escalation-1', '升级1', 'Escalation 1']], roles: [],
};

const clockOf = (kind: string, index: number) => ({
  ...row(index).clock, id: `c${kind}${index}`, kind, outcome: kind === 'RESPONSE' ? 'MET' : 'NONE', state: kind === 'RESPONSE' ? 'STOPPED' : row(index).clock.state,
  startAt: iso(-40_000), metAt: kind === 'RESPONSE' ? iso(-39_700) : null, elapsedSeconds: 18_300, remainingSeconds: 10_500, targetSeconds: 28_800, percent: kind === 'RESPONSE' ? 50 : 63 + index * 9,
  policy: 'incident-levels v3 (2026-01-01), LV2', timeZone: 'Asia/Shanghai', calendarVersion: 2, announcedAt: null, misses: 0, breachHeldBy: row(index).clock.breachedAt ? { team: '网络组', holder: '王伟' } : null,
  firings: [{ step: '50 %', at: iso(-20_000), firedAt: iso(-20_000), late: false, withdrawnAt: null }],
  candidates: [{ source: 'level table LV2', targetSeconds: 86_400, dueAtStart: iso(40_000), chosen: false }, { source: '协议 VIP', targetSeconds: 28_800, dueAtStart: iso(9000), chosen: true }],
  explanation: { countedSeconds: 18_300, truncated: false, intervals: [
    { from: iso(-40_000), to: iso(-34_000), reason: 'counted', detail: null, seconds: 6000 }, { from: iso(-34_000), to: iso(-30_400), reason: 'closed-hours', detail: null, seconds: 3600 },
    { from: iso(-30_400), to: iso(-24_000), reason: 'counted', detail: null, seconds: 6400 }, { from: iso(-24_000), to: iso(-16_000), reason: 'suspended', detail: '等待用户回复', seconds: 8000 },
    { from: iso(-16_000), to: iso(0), reason: 'counted', detail: null, seconds: 5900 },
  ] },
});

function incident(index: number) {
  const base = row(index);
  const team = { id: `t${index % 4}`, name: base.team, nameZh: base.teamZh, line: 1 };
  const other = { id: 't1', name: 'Database', nameZh: '数据库组', line: 2 };
  return {
    ...base, __typename: 'Incident', urgeCount: base.urges, customer: { id: `k${index % 4}`, name: base.customer, timeZone: 'Asia/Shanghai' }, team, holder: base.holder ? { id: 'p1', name: base.holder } : null,
    description: `${base.title}。\n用户自 08:12 起无法访问；已重启接入交换机，无效。`, clocks: ['RESOLUTION', 'RESPONSE', 'ON_SITE', 'PROGRESS_REPORT'].map((kind) => clockOf(kind, index)),
    category: 'hotline', channel: 'phone', technicalClass: 'network', caller: '刘洋', callerPhone: '138-0000-1234', impact: 2, urgency: 1, difficulty: 'NORMAL', occurredAt: iso(-42_000), pendingTotalSeconds: 8000,
    agreement: { id: 'a1', name: '年度运维服务协议', number: 'AGR-0007', tier: 'VIP' }, service: { id: 's1', name: '网络接入' }, cis: [{ id: 'ci1', name: 'SW-CORE-01', class: 'switch', cause: true }],
    suspensions: base.suspension ? [{ id: 'su1', categoryZh: '等待用户回复', categoryEn: "Awaiting user's reply", category: 'awaiting-user', text: '请用户确认端口', from: iso(-11_000), to: null, expectedEndAt: iso(9000), suspendedBy: '王伟', seconds: 11_000, flagged: false }] : [],
    handoffs: base.handoff ? [{ id: 'h1', fromTeam: team, toTeam: other, state: 'WAITING', reason: '疑似数据库锁等待', tried: '重启应用', requestedAction: '检查会话', requestedAt: iso(-900), requestedBy: '王伟', unusual: false, ageingStep: 1 }] : [],
    legs: [{ team, from: iso(-40_000), acceptedAt: iso(-39_000), to: null, waitingSeconds: 1000, workedSeconds: 39_000, businessSeconds: 18_300, olaTargetSeconds: null }],
    escalations: base.escalation ? [{ id: 'e1', step: 'escalation-1', dueAt: null, firedAt: iso(-600), to: ['服务交付经理'], warned: ['SLA负责人', '服务经理'], manual: false, early: false, late: false }] : [],
    workLog: [{ id: 'w1', kind: 'CALL', text: '致电用户，确认两台交换机心跳丢失。', customerVisible: true, occurredAt: iso(-39_700), recordedAt: iso(-38_900), author: '王伟', minutes: 12, lateReason: '现场电话' }, { id: 'w2', kind: 'NOTE', text: 'Checked the uplink: optical power −28 dBm.', customerVisible: false, occurredAt: iso(-20_000), recordedAt: iso(-20_000), author: 'Chen Jie', minutes: null }],
    timeline: [{ seq: '1', type: 'incident.recorded', occurredAt: iso(-40_000), recordedAt: iso(-40_000), actor: '李娜' }, { seq: '2', type: 'incident.assigned', occurredAt: iso(-39_900), recordedAt: iso(-39_900), actor: '李娜', reason: 'LV2' }],
    availableActions: ['takeIncident', 'startWork', 'recordResponse', 'addWorkLog', 'suspendIncident', 'resumeIncident', 'requestHandoff', 'proposeSolution', 'closeIncident', 'regradeIncident'].map((action, at) => ({
      action, allowed: at !== 5 && at !== 8, lacks: at === 5 ? [{ code: 'MOVE_NOT_ALLOWED', message: 'Not possible while the incident is in progress.' }] : at === 8 ? [{ code: 'FORBIDDEN', message: 'Only the service desk may do this.' }] : [],
    })),
  };
}

const ROWS = 10_000;
const numberOf = (text: string): number => Number(/\d+/.exec(text)?.[0] ?? 0);
const root = {
  boards: () => [{ id: 'b9', name: 'NOC', nameZh: '值班大屏', timeZone: 'Asia/Shanghai', rowLimit: 100 }],
  viewer: () => ({ name: '李娜', locale: 'ZH_CN', permissions: ['incident.record'] }),
  vocabulary: () => Object.fromEntries(Object.entries(VOCABULARY).map(([list, terms]) => [list, terms.map(([key, zh, en]) => ({ key, zh, en }))])),
  teams: () => TEAMS.map(([name, nameZh], index) => ({ id: `t${index}`, name, nameZh })),
  people: () => PEOPLE.map((name, index) => ({ id: `p${index}`, name })),
  customers: () => ({ edges: CUSTOMERS.map((name, index) => ({ cursor: '', node: { id: `k${index}`, name, timeZone: 'Asia/Shanghai' } })), pageInfo: { hasNextPage: false } }),
  services: () => [{ id: 's1', name: '网络接入' }], cis: () => [{ id: 'ci1', name: 'SW-CORE-01', class: 'switch' }],
  levelCriteria: () => (['LV1', 'LV2', 'LV3', 'LV4'] as const).map((level, at) => ({ level, labelZh: ['严重', '高', '中', '低'][at], labelEn: ['Critical', 'High', 'Medium', 'Low'][at], criteria: ['服务完全中断或整个场所断网', '重要功能或资源丧失', '部分用户或功能受影响', '不影响工作、操作错误或服务请求'][at], examples: ['核心交换机宕机', '邮件无法外发', '单个部门打印失败', '重置密码'][at] })),
  proposeLevel: ({ impact, urgency }: { impact: number; urgency: number }) => ['LV1', 'LV1', 'LV2', 'LV3', 'LV4'][impact + urgency - 2], coverage: () => ({ covered: true, agreement: { id: 'a1', name: '年度运维服务协议' }, line: '网络接入 · VIP', reason: '' }),
  sameIncidents: () => [incident(2)], incident: ({ number }: { number: string }) => incident(numberOf(number) - 20_480), nodes: ({ ids }: { ids: string[] }) => ids.map((id) => incident(numberOf(id))),
  signIn: ({ input }: { input: { password: string } }) => (input.password === 'x' ? { viewer: { name: '李娜' }, userErrors: [] } : { viewer: null, userErrors: [{ code: 'WRONG_CREDENTIALS', message: 'E-mail or password is wrong.' }] }),
  suspendIncident: () => ({ incident: null, userErrors: [{ code: 'MISSING_FIELD', message: 'An expected end is needed.', field: 'expectedEndAt' }, { code: 'STALE_VERSION', message: 'Version 1 is stale.', field: 'expectedVersion' }] }),
};

async function* queue() {
  const common = () => ({ asOf: iso(0), serverTime: iso(0), version: 'dev' });
  yield { queue: { __typename: 'QueueSnapshot', epoch: 'dev', seq: '1', ...common(), rows: Array.from({ length: ROWS }, (_, at) => ({ id: `i${at}`, order: String(at).padStart(6, '0'), version: 1 })), total: ROWS } };
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 3000));
    yield { queue: { __typename: 'QueueHeartbeat', seq: '1', ...common() } };
  }
}

async function* incidentFeed() {
  const common = () => ({ asOf: iso(0), serverTime: iso(0), version: 'dev' });
  yield { incident: { __typename: 'IncidentSnapshot', epoch: 'dev', seq: '1', ...common(), incidentVersion: 1 } };
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 3000));
    yield { incident: { __typename: 'IncidentHeartbeat', seq: '1', ...common() } };
  }
}

/** What a fixture does not say is empty, zero or the first word. */
const fieldResolver: GraphQLFieldResolver<Record<string, unknown>, unknown> = (source, args, context, info) => {
  const known = defaultFieldResolver(source, args, context, info);
  if (known !== undefined || !isNonNullType(info.returnType)) return known;
  const type = getNullableType(info.returnType);
  if (isListType(type)) return [];
  if (isEnumType(type)) return type.getValues()[0]?.value;
  if (isObjectType(type)) return {};
  return type.toString() === 'Boolean' ? false : type.toString() === 'Int' || type.toString() === 'Float' ? 0 : '';
};

const TYPES: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css', '.html': 'text/html', '.svg': 'image/svg+xml' };
const dist = `${here}../dist`;
const http = createServer(async (request, response) => {
  const url = new URL(request.url ?? '/', 'http://x');
  if (url.pathname === '/graphql') {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { query, variables } = JSON.parse(Buffer.concat(chunks).toString());
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(await graphql({ schema, source: query, variableValues: variables, rootValue: root, fieldResolver })));
    return;
  }
  const file = existsSync(dist + url.pathname) && extname(url.pathname) !== '' ? dist + url.pathname : `${dist}/index.html`;
  response.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream');
  response.end(readFileSync(file));
});
useServer({ schema, roots: { subscription: { board, queue, incident: incidentFeed } }, execute: (args) => execute({ ...args, fieldResolver }) }, new WebSocketServer({ server: http, path: '/graphql' }));
process.on('SIGUSR2', () => { quiet = !quiet; });
http.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () => console.log(JSON.stringify(http.address())));
