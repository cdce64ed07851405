import { rateIncident } from '../features/incident/incident-satisfaction.service.ts';
import { feedback, suspend } from '../features/incident/incident-pause.service.ts';
import { record } from '../features/incident/incident-record.service.ts';
import { accept, close, propose } from '../features/incident/incident-solve.service.ts';
import { assign, confirm, log, respond, start } from '../features/incident/incident-work.service.ts';
import { issueCustomerReport } from '../features/metrics/customer-report.service.ts';
import { DAY, HOUR, MINUTE, type Instant } from '../kernel/instant.ts';
import { SYNTHETIC, type DemoStage } from './demo-stage.ts';

/** One thing that happened to somebody who signs in as a customer. */
interface Told {
  readonly title: string;
  readonly details: string;
  readonly site: string;
  readonly service: string;
  readonly impact: number;
  readonly urgency: number;
  readonly reportedHoursAgo: number;
  /** Key of the engineer who takes it, and their team. */
  readonly engineer: 'network' | 'server' | 'application';
  readonly report: string;
}

interface Customer {
  readonly name: string;
  readonly contact: string;
  readonly reported: Told;
  readonly asked: Told & { readonly question: string };
  readonly solved: Told & { readonly solution: string; readonly cause: string };
  readonly over: Told & { readonly solution: string; readonly cause: string };
}

const told = (title: string, details: string, place: Pick<Told, 'site' | 'service' | 'engineer'>, rest: Omit<Told, 'title' | 'details' | 'site' | 'service' | 'engineer'>): Told => ({ title, details, ...place, ...rest });

/** For each customer who can sign in: one just reported, one that waits for their answer, one to confirm, one to rate (WBD-12). */
const CUSTOMERS: readonly Customer[] = [
  {
    name: '浦江中心医院', contact: 'contact-hospital',
    reported: told('门诊三楼自助挂号机无法打印凭条', '两台机器都提示缺纸，但纸是满的，已重新上纸。', { site: '门诊大楼', service: 'servers', engineer: 'server' }, { impact: 3, urgency: 2, reportedHoursAgo: 0.2, report: '' }),
    asked: {
      ...told('住院部护士站移动推车频繁掉线', '查房时每隔十几分钟断一次，需要重新登录。', { site: '住院部', service: 'network', engineer: 'network' }, { impact: 2, urgency: 2, reportedHoursAgo: 6, report: '已在六楼东侧复现，初步判断为漫游参数问题，正在核对无线控制器配置。' }),
      question: '请提供最近一次掉线的推车编号和时间，以便对照无线控制器日志；方便的话请附上屏幕照片。',
    },
    solved: { ...told('东院区检验科工作站无法访问影像系统', '上午十点起提示连接超时，其他科室正常。', { site: '东院区', service: 'network', engineer: 'network' }, { impact: 2, urgency: 1, reportedHoursAgo: 9, report: '定位到接入交换机的访问策略，正在与贵院信息科核对网段。' }), solution: '接入交换机的访问策略漏掉了检验科新网段，已补充并验证三台工作站均可打开影像。', cause: 'operation' },
    over: { ...told('门诊大楼叫号屏不显示', '二楼内科的两块屏黑屏。', { site: '门诊大楼', service: 'servers', engineer: 'server' }, { impact: 3, urgency: 3, reportedHoursAgo: 52, report: '播放程序异常退出，正在查看日志。' }), solution: '叫号屏的播放程序异常退出，已重启并设为自动恢复。', cause: 'unknown' },
  },
  {
    name: '临港精密制造', contact: 'contact-factory',
    reported: told('办公楼会议室投屏没有声音', '二楼 203 会议室，换了两台笔记本都一样。', { site: '办公楼', service: 'erp', engineer: 'application' }, { impact: 3, urgency: 3, reportedHoursAgo: 0.4, report: '' }),
    asked: {
      ...told('一号厂房扫码枪偶发无法上传', '换班时段最明显，重扫两三次才成功。', { site: '一号厂房', service: 'network', engineer: 'network' }, { impact: 2, urgency: 2, reportedHoursAgo: 20, report: '抓包显示上传请求偶有超时，正在与现场确认信道占用。' }),
      question: '请安排一位现场人员，今晚换班时（20:00 左右）配合我们在 A3 工位复测十分钟。',
    },
    solved: { ...told('ERP 月结报表导出失败', '导出到 80% 报错，财务急用。', { site: '办公楼', service: 'erp', engineer: 'application' }, { impact: 2, urgency: 2, reportedHoursAgo: 26, report: '导出任务的临时表空间不足，正在扩容。' }), solution: '报表服务的临时空间不足，已扩容并重新导出，文件已发送到财务邮箱。', cause: 'unknown' },
    over: { ...told('二号厂房考勤机时间不准', '比标准时间慢七分钟。', { site: '二号厂房', service: 'servers', engineer: 'server' }, { impact: 3, urgency: 3, reportedHoursAgo: 70, report: '考勤机没有对时源，正在配置。' }), solution: '已配置时间同步并核对两台考勤机。', cause: 'operation' },
  },
];

/** Ratings of what was closed before, so that the report has a satisfaction: score by score, round and round. */
const SCORES = [5, 5, 4, 5, 3, 5, 4, 5, 5, 2] as const;
const RATED = 40;
/** One in so many answers. */
const RATED_EACH = 6;

/** What customers of the demo see when they sign in; all of it is synthetic and says so. */
export async function makeDemoCustomerStories(stage: DemoStage): Promise<void> {
  for (const customer of CUSTOMERS) {
    await stage.play(() => rateHistory(stage, customer));
    await stage.play(() => overStory(stage, customer));
    await stage.play(() => askedStory(stage, customer));
    await stage.play(() => solvedStory(stage, customer));
    await stage.play(() => reportIt(stage, customer, customer.reported));
    await issueLastMonth(stage, customer);
  }
  stage.at(stage.now);
}

async function reportIt(stage: DemoStage, { name, contact }: Customer, { title, details, site, service, impact, urgency, reportedHoursAgo }: Told): Promise<string> {
  stage.at(stage.now - reportedHoursAgo * HOUR);
  const places = await stage.database.em.execute<{ id: string }[]>('select id from site where customer_id = ? and name = ?', [stage.customer(name), site]);
  const { name: caller } = stage.by(contact);
  return record(stage.database, stage.by(contact), {
    customerId: stage.customer(name), title, description: `${details}\n${SYNTHETIC}`, channel: 'web', category: 'other', technicalClass: 'other', caller, callerPhone: '021-5550 0100',
    siteId: places[0]?.id ?? null, serviceId: stage.world.services.get(service) ?? null, impact, urgency,
  });
}

const TEAM_OF = { network: 'network', server: 'server', application: 'application' } as const;
const LEVEL_OF = ['LV2', 'LV3', 'LV4'] as const;

/** The desk takes the report and an engineer begins: answered by telephone within minutes, told how far it is. */
async function takenUp(stage: DemoStage, customer: Customer, story: Told): Promise<{ readonly id: string; readonly from: Instant }> {
  const id = await reportIt(stage, customer, story);
  const from = stage.now - story.reportedHoursAgo * HOUR;
  stage.at(from + 4 * MINUTE);
  await stage.tell(id, 'desk', confirm, { level: LEVEL_OF[Math.min(2, story.impact + story.urgency - 3)] ?? 'LV3' });
  await stage.tell(id, 'desk', respond, { channel: 'phone', reached: true, phoneNumber: '021-5550 0100', note: '已与报告人电话确认现象与影响' });
  stage.at(from + 9 * MINUTE);
  await stage.tell(id, 'desk', assign, { teamId: stage.world.teams.get(TEAM_OF[story.engineer]) ?? null, holderId: stage.id(story.engineer) });
  stage.at(from + 15 * MINUTE);
  await stage.tell(id, story.engineer, start, {});
  stage.at(from + 40 * MINUTE);
  await stage.tell(id, story.engineer, log, { kind: 'progress-report', text: story.report, customerVisible: true });
  await stage.tell(id, story.engineer, log, { kind: 'note', text: '内部记录：先排除现场布线，再看配置。', customerVisible: false });
  return { id, from };
}

async function askedStory(stage: DemoStage, customer: Customer): Promise<void> {
  const { id, from } = await takenUp(stage, customer, customer.asked);
  stage.at(from + 90 * MINUTE);
  await stage.tell(id, customer.asked.engineer, suspend, { category: 'awaiting-user', text: customer.asked.question, expectedEndAt: stage.now + DAY });
}

async function solvedStory(stage: DemoStage, customer: Customer): Promise<void> {
  const { id, from } = await takenUp(stage, customer, customer.solved);
  stage.at(from + 70 * MINUTE);
  await stage.tell(id, customer.contact, feedback, { text: '补充：重启工作站后现象相同。', channel: 'web' });
  stage.at(from + 95 * MINUTE);
  await stage.tell(id, customer.solved.engineer, propose, { solution: customer.solved.solution, causeClass: customer.solved.cause });
}

async function overStory(stage: DemoStage, customer: Customer): Promise<void> {
  const { id, from } = await takenUp(stage, customer, customer.over);
  stage.at(from + 100 * MINUTE);
  await stage.tell(id, customer.over.engineer, propose, { solution: customer.over.solution, causeClass: customer.over.cause });
  stage.at(from + 5 * HOUR);
  await stage.tell(id, customer.contact, accept, { note: '已恢复，谢谢。' });
  stage.at(from + 6 * HOUR);
  await stage.tell(id, 'desk', close, { closureCode: 'successful' });
}

async function rateHistory(stage: DemoStage, { name, contact }: Customer): Promise<void> {
  const rows = await stage.database.em.execute<{ id: string; closedAt: number }[]>(
    `select id, "closedAt" from (
       select t.id, (extract(epoch from t.closed_at) * 1000)::float8 as "closedAt", row_number() over (order by t.closed_at desc, t.id) as place from ticket t
       where t.kind = 'incident' and t.customer_id = ? and t.closed_at is not null) closed
     where place % ? = 1 order by place limit ?`, [stage.customer(name), RATED_EACH, RATED],
  );
  for (const [index, { id, closedAt }] of rows.entries()) {
    stage.at(Math.min(stage.now, closedAt + 3 * HOUR));
    await rateIncident(stage.database, stage.by(contact), { id, score: SCORES[index % SCORES.length] ?? 5, text: index % 5 === 4 ? '沟通及时，但恢复时间略长。' : null });
  }
}

/** The report of the month that has just ended, as the service manager issued it (SLM-06). */
async function issueLastMonth(stage: DemoStage, { name }: Customer): Promise<void> {
  stage.at(stage.now);
  const local = new Date(stage.now + 8 * HOUR);
  const period = new Date(Date.UTC(local.getUTCFullYear(), local.getUTCMonth() - 1, 1)).toISOString().slice(0, 7);
  await issueCustomerReport(stage.database, stage.by('service-manager'), {
    customerId: stage.customer(name), period, remark: `本期服务总体平稳。建议：对重复出现的打印与网络接入类事件，下月安排一次专项巡检。\n${SYNTHETIC}`,
  });
}
