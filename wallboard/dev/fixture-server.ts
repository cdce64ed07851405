// Development only, until the real server serves the same: synthetic rows, `node wallboard/dev/fixture-server.ts [port]`.
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname } from 'node:path';
import { buildSchema, graphql } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';

const here = new URL('.', import.meta.url).pathname;
const schema = buildSchema(readFileSync(`${here}contract.graphql`, 'utf8'));
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

const root = { boards: () => [{ id: 'b9', name: 'NOC', nameZh: '值班大屏', timeZone: 'Asia/Shanghai', rowLimit: 100 }], viewer: () => null };

const TYPES: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css', '.html': 'text/html', '.svg': 'image/svg+xml' };
const dist = `${here}../dist`;
const http = createServer(async (request, response) => {
  const url = new URL(request.url ?? '/', 'http://x');
  if (url.pathname === '/graphql') {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { query, variables } = JSON.parse(Buffer.concat(chunks).toString());
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(await graphql({ schema, source: query, variableValues: variables, rootValue: root })));
    return;
  }
  const file = existsSync(dist + url.pathname) && extname(url.pathname) !== '' ? dist + url.pathname : `${dist}/index.html`;
  response.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream');
  response.end(readFileSync(file));
});
useServer({ schema, roots: { subscription: { board } } }, new WebSocketServer({ server: http, path: '/graphql' }));
process.on('SIGUSR2', () => { quiet = !quiet; });
http.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () => console.log(JSON.stringify(http.address())));
