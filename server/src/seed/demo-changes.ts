import { approve, confirm, consent, recordCab, steer } from '../features/change/change-approve.service.ts';
import { edit } from '../features/change/change-edit.service.ts';
import { complete, fail, recordOutage, rollBack, start, stop, verify } from '../features/change/change-implement.service.ts';
import { accept, askApproval, plan, refuse, submit } from '../features/change/change-life.service.ts';
import { askOwners, assess, editPlan } from '../features/change/change-plan.service.ts';
import { agreePreAuthorised } from '../features/change/change-pre-authorised.service.ts';
import { raise } from '../features/change/change-raise.service.ts';
import { close, keepCi, review } from '../features/change/change-review.service.ts';
import { schedule } from '../features/change/change-schedule.service.ts';
import { addTask, endTask, sendTasks } from '../features/change/change-task.service.ts';
import { ChangeTaskEntity } from '../features/change/change-work.entity.ts';
import type { ChangeCategory } from '../features/change/change-states.rules.ts';
import { attach } from '../features/ticket/ticket-attachment.service.ts';
import { TicketCiEntity } from '../features/ticket/ticket.entity.ts';
import { DAY, HOUR, MINUTE, type Instant } from '../kernel/instant.ts';
import { DEMO_CHANGE_TOPICS, type DemoChangeTopic } from './demo-change-words.ts';
import { lastQuarters, seededNumbers, SYNTHETIC, type DemoStage } from './demo-stage.ts';
import { DEMO_CUSTOMERS } from './people.ts';

/** What becomes of a change of the demo. */
type Fate = 'successful' | 'successful-with-issues' | 'rolled-back' | 'failed' | 'refused';

export interface DemoChange {
  readonly category: ChangeCategory;
  readonly fate: Fate;
  readonly topic: DemoChangeTopic;
  readonly customer: string;
  readonly ciIds: readonly string[];
  readonly raisedAt: Instant;
  /** Answered after its response was due. */
  readonly late: boolean;
  readonly preAuthorisedId: string | null;
  readonly software?: boolean;
}

/** So many a quarter, most of them small and wanted, as a provider's register shows them. */
const A_QUARTER: readonly ChangeCategory[] = ['general', 'important', 'general', 'emergency', 'general', 'major', 'important', 'general'];
/** Only these customers have an approver in the demo, who confirms a major change. */
const CONFIRMING = [['浦江中心医院', 'contact-hospital'], ['临港精密制造', 'contact-factory']] as const;

/** Six quarters of changes, each played through the services at its own times; what lies after now is left undone. */
export async function makeDemoChanges(stage: DemoStage): Promise<void> {
  const random = seededNumbers(20_261_122);
  const agreed = await agreeOnFrequentOnes(stage);
  const changes = lastQuarters(stage.now).flatMap(({ from, to }, quarter) => A_QUARTER.map((category, index): DemoChange => {
    const confirming = CONFIRMING[(quarter + index) % CONFIRMING.length] ?? CONFIRMING[0];
    const customer = category === 'major' ? confirming[0] : DEMO_CUSTOMERS[(index * 3 + quarter) % DEMO_CUSTOMERS.length]?.name ?? '';
    const own = stage.items(customer);
    const first = Math.floor(random() * Math.max(own.length - 2, 1));
    const fates = category === 'general' && quarter + index === 6 ? 'refused' as const : fateOf(random());
    return {
      category, fate: fates, customer, late: random() < 0.04, topic: DEMO_CHANGE_TOPICS[(index * 5 + quarter * 7) % DEMO_CHANGE_TOPICS.length]!,
      ciIds: own.slice(first, first + 1 + Math.floor(random() * 2)), raisedAt: from + Math.floor(((index + random()) / A_QUARTER.length) * (to - from)),
      preAuthorisedId: category === 'general' && index % 3 === 0 ? agreed.get(customer) ?? null : null,
    };
  }));
  const past = changes.filter(({ raisedAt, ciIds }) => raisedAt < stage.now && ciIds.length > 0).toSorted((a, b) => a.raisedAt - b.raisedAt);
  for (const change of past) await stage.play(() => (change.category === 'emergency' ? playEmergency(stage, change) : playPlanned(stage, change)));
}

function fateOf(chance: number): Fate {
  if (chance < 0.045) return 'rolled-back';
  if (chance < 0.06) return 'failed';
  return chance < 0.16 ? 'successful-with-issues' : 'successful';
}

/** Two customers have agreed to a list of frequent changes that need no approval each time (CHG table). */
async function agreeOnFrequentOnes(stage: DemoStage): Promise<Map<string, string>> {
  const [first] = lastQuarters(stage.now);
  stage.at(first?.from ?? stage.now);
  const agreed = new Map<string, string>();
  for (const customer of ['松江理工大学', '沪东银行徐汇支行']) {
    agreed.set(customer, await agreePreAuthorised(stage.database, stage.by('change-manager'), {
      customerId: stage.customer(customer), title: '接入端口 VLAN 调整 Access port VLAN', servicePlan: '按工单核对端口与 VLAN，改前备份配置，改后测试连通并更新端口表', agreedBy: '客户信息部', agreedAt: stage.now - 600 * DAY,
    }));
  }
  return agreed;
}

export function raiseInput(stage: DemoStage, { category, topic, customer, ciIds, preAuthorisedId, software = false }: DemoChange) {
  return {
    customerId: stage.customer(customer), category, type: topic.type, title: `${topic.zh} ${topic.en}`, description: `${topic.why}\n${SYNTHETIC}`, risk: category === 'major' ? 'high' : category === 'important' ? 'medium' : 'low',
    priority: category === 'emergency' ? 'urgent' : 'normal', expectedResult: topic.expected, ciIds, businessSystems: [topic.system], departments: ['信息部'], preAuthorisedId, software,
  };
}

const planOf = (topic: DemoChangeTopic) => ({
  planType: topic.zh, background: topic.why, presentEnvironment: '见配置库', dataBackup: '变更前备份配置与数据', steps: `1. 备份\n2. ${topic.zh}\n3. 验证`, schedule: '当晚 22:00–02:00',
  riskAndRollback: '恢复变更前备份', testSteps: '业务冒烟测试', implementationPlan: '由变更执行人员按步骤执行', testPlan: '业务方确认主要功能', rollbackPlan: '恢复备份并复测', servicePlan: '',
});
const SECTIONS = ['capacity', 'availability', 'continuity', 'sla', 'cost'];
const assessment = (phase: 'before' | 'after') => ({ phase, sections: SECTIONS.map((section) => ({ section, text: phase === 'before' ? '影响可控' : '与评估一致' })) });

/** Major, important and general changes: response, plan, approvals, a window at night, review and closing. */
async function playPlanned(stage: DemoStage, change: DemoChange): Promise<void> {
  const scheduled = await scheduleDemoChange(stage, change, 'engineer');
  if (scheduled === null) return;
  const { id, window, implementer } = scheduled;
  stage.at(window + 5 * MINUTE);
  await stage.tell(id, implementer, start, {});
  await carryOut(stage, id, change, { from: window, implementer });
  stage.at(stage.office(window + 8 * HOUR, 2));
  await writeUp(stage, id, change, implementer);
}

export interface ScheduledChange {
  readonly id: string;
  readonly window: Instant;
  readonly implementer: string;
}

/** From raised to scheduled; null when it was refused. */
export async function scheduleDemoChange(stage: DemoStage, change: DemoChange, requester: string): Promise<ScheduledChange | null> {
  const { category, topic, raisedAt, late, fate, preAuthorisedId } = change;
  const begun = stage.office(raisedAt, 1);
  const implementer = topic.type === 'system' ? 'change-implementer' : 'change-implementer-2';
  stage.at(begun);
  const id = await raise(stage.database, stage.by(requester), raiseInput(stage, change));
  await stage.tell(id, requester, submit, {});
  const responded = late ? stage.office(begun + 11 * DAY, 2) : stage.office(begun + 16 * HOUR, 2);
  stage.at(responded);
  if (fate === 'refused') {
    await stage.tell(id, 'change-owner', refuse, { reason: '需求不明确，请补充业务影响说明后重新提交' });
    return null;
  }
  await stage.tell(id, 'change-owner', accept, { implementerId: stage.id(implementer) });
  const approvedAt = preAuthorisedId === null ? stage.office(responded + 2 * DAY, 3) : responded;
  const window = stage.night(approvedAt, category === 'major' ? 5 : 1);
  if (preAuthorisedId === null) await planAndApprove(stage, id, change, { responded, approvedAt, window, implementer });
  else await stage.tell(id, 'change-owner', addTask, { title: topic.zh, implementerId: stage.id(implementer), plannedStartAt: window, plannedEndAt: window + 4 * HOUR });
  await stage.tell(id, 'change-owner', schedule, { windowStartAt: window, windowEndAt: window + 4 * HOUR });
  await stage.tell(id, 'change-owner', sendTasks, {});
  return { id, window, implementer };
}

async function planAndApprove(stage: DemoStage, id: string, change: DemoChange, when: { responded: Instant; approvedAt: Instant; window: Instant; implementer: string }): Promise<void> {
  const { category, customer } = change;
  stage.at(stage.office(when.responded, 3));
  await planDemoChange(stage, id, change.topic, when);
  await stage.tell(id, 'change-owner', askApproval, {});
  stage.at(when.approvedAt);
  if (category === 'general') return stage.tell(id, 'change-manager', approve, { approved: true });
  if (category === 'major') await stage.tell(id, 'department-manager', steer, { approved: true });
  await stage.tell(id, 'change-manager', recordCab, { approved: true, note: '变更委员会审议通过' });
  if (category === 'major') await stage.tell(id, CONFIRMING.find(([name]) => name === customer)?.[1] ?? '', confirm, { approved: true, note: '同意按计划实施' });
}

/** Plan, assessment, the owners' statements and the task: what approval is asked with. */
export async function planDemoChange(stage: DemoStage, id: string, topic: DemoChangeTopic, when: { window: Instant; implementer: string }): Promise<void> {
  await stage.tell(id, 'change-owner', plan, {});
  await stage.tell(id, 'change-owner', editPlan, planOf(topic));
  await stage.tell(id, 'change-owner', assess, assessment('before'));
  await stage.tell(id, 'change-owner', askOwners, {});
  await stage.tell(id, 'change-owner', addTask, { title: topic.zh, implementerId: stage.id(when.implementer), plannedStartAt: when.window, plannedEndAt: when.window + 4 * HOUR });
}

/** The attempt and how it ends. */
async function carryOut(stage: DemoStage, id: string, { fate, topic }: DemoChange, { from, implementer }: { from: Instant; implementer: string }): Promise<void> {
  const outage = topic.outageMinutes;
  if (fate === 'successful' || fate === 'successful-with-issues') {
    stage.at(from + (fate === 'successful' ? 90 : 225) * MINUTE);
    if (outage > 0) await stage.tell(id, implementer, recordOutage, { system: topic.system, minutes: outage, keySystem: outage > 20, remark: '窗口内切换' });
    return stage.tell(id, implementer, complete, { remark: '已按步骤完成' });
  }
  stage.at(from + 100 * MINUTE);
  await stage.tell(id, implementer, fail, { remark: '验证未通过' });
  stage.at(from + 150 * MINUTE);
  if (fate === 'rolled-back') {
    await stage.tell(id, implementer, rollBack, { remark: '已恢复变更前备份' });
    stage.at(from + 170 * MINUTE);
    await stage.tell(id, implementer, verify, { passed: true, tests: '业务冒烟测试通过' });
  }
  await stage.tell(id, implementer, recordOutage, { system: topic.system, minutes: outage + 35, keySystem: true, remark: '回退期间中断' });
  await stage.tell(id, 'change-owner', stop, { followedBy: 'new-change', reason: '原因查明后另行提交变更' });
}

/** Tasks ended, items looked after, papers attached, reviewed, closed by the implementer (CHG-18). */
export async function writeUp(stage: DemoStage, id: string, { category, fate, software = false }: DemoChange, implementer: string): Promise<void> {
  const good = fate === 'successful' || fate === 'successful-with-issues';
  const tasks = await stage.database.em.find(ChangeTaskEntity, { ticketId: id, endedAt: null }, { orderBy: { seq: 'asc' } });
  for (const task of tasks) await stage.tell(id, implementer, endTask, { taskId: task.id, ...(good ? { done: true } : { done: false, remark: '未完成，已恢复原状' }) });
  // A release's items are altered by its own story.
  const cis = software ? [] : await stage.database.em.find(TicketCiEntity, { ticketId: id });
  for (const { ciId } of cis) await stage.tell(id, implementer, keepCi, { ciId, remark: '变更前后配置项登记一致' });
  if (category === 'major' || category === 'important') for (const paper of ['change-plan', 'implementation-application', 'completion-report']) await addPaper(stage, id, paper);
  await stage.tell(id, 'change-owner', assess, assessment('after'));
  await stage.tell(id, 'change-owner', review, {
    outcome: fate, expectedResultMet: good, text: good ? '达到预期效果' : '未达到预期，已恢复原状', stability: good ? '观察期内运行稳定' : '恢复后运行稳定', businessSatisfaction: fate === 'successful' ? 5 : good ? 4 : 2,
  });
  await stage.tell(id, implementer, close, {});
}

export async function addPaper(stage: DemoStage, id: string, paper: string): Promise<void> {
  await attach(stage.database, stage.by('change-owner'), { ticketId: id, name: `${paper}.txt`, mediaType: 'text/plain', content: Buffer.from(`${paper}\n${SYNTHETIC}`), paper });
}

/** An emergency: oral consent, done within hours; the missing steps are paid on the next working days (CHG-06). */
async function playEmergency(stage: DemoStage, change: DemoChange): Promise<void> {
  const { topic, raisedAt, late } = change;
  stage.at(raisedAt);
  const id = await raise(stage.database, stage.by('project-manager'), raiseInput(stage, change));
  await stage.tell(id, 'project-manager', submit, {});
  stage.at(raisedAt + (late ? 150 : 25) * MINUTE);
  await stage.tell(id, 'change-owner', accept, { implementerId: stage.id('change-implementer') });
  await stage.tell(id, 'department-manager', consent, { approved: true, note: '电话同意，先恢复业务' });
  const from = raisedAt + (late ? 160 : 35) * MINUTE;
  stage.at(from);
  await stage.tell(id, 'change-implementer', start, {});
  await carryOut(stage, id, change, { from, implementer: 'change-implementer' });
  stage.at(stage.office(from + 10 * HOUR, 3));
  await stage.tell(id, 'project-manager', edit, { businessSystems: [topic.system], departments: ['信息部'] });
  await stage.tell(id, 'change-implementer', editPlan, planOf(topic));
  for (const paper of ['change-plan', 'completion-report']) await addPaper(stage, id, paper);
  await stage.tell(id, 'change-manager', approve, { approved: true, note: '事后审核' });
  stage.at(stage.office(from + 30 * HOUR, 2));
  await writeUp(stage, id, change, 'change-implementer');
}
