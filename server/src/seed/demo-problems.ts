import { KnowledgeArticleEntity } from '../features/knowledge/knowledge.entity.ts';
import { submitArticle } from '../features/knowledge/knowledge-review.service.ts';
import { draftProblemArticle } from '../features/problem/problem-follow.service.ts';
import { openProblem } from '../features/problem/problem-open.service.ts';
import { closeProblem, confirmSolved, decide, propose, settle } from '../features/problem/problem-outcome.service.ts';
import { ProblemEntity } from '../features/problem/problem.entity.ts';
import { lookForTrends } from '../features/problem/problem-trend.service.ts';
import { lookAtProblem } from '../features/problem/problem-watch.service.ts';
import { assignProblem, beginInvestigation, describeProblem, drawCause, recordKnownError, reportInvestigation } from '../features/problem/problem-work.service.ts';
import { DAY, type Instant } from '../kernel/instant.ts';
import { DEMO_CHANGE_TOPICS } from './demo-change-words.ts';
import { lastQuarters, SYNTHETIC, type DemoStage } from './demo-stage.ts';
import { DEMO_CUSTOMERS } from './people.ts';

interface Repeated {
  readonly customerId: string;
  readonly title: string;
  readonly symptom: string | null;
  readonly class: string;
  readonly incidentIds: readonly string[];
  readonly lastAt: Instant;
}

/** Problems looked into, at most; the latest are still open. */
const PROBLEMS = 10;

/**
 * Problems from incidents of the log that repeat on one item of one customer, each played as far as its own time allows; then what
 * the trend analysis proposes today (PRB-05).
 */
export async function makeDemoProblems(stage: DemoStage): Promise<void> {
  const found = [...earlierProblems(stage), ...(await repeatedIncidents(stage))];
  for (const [index, repeated] of found.entries()) await stage.play(() => playProblem(stage, repeated, { index, left: found.length - 1 - index }));
  stage.at(stage.now);
  await lookForTrends(stage.database);
}

/** The log reaches back a few weeks only: what was looked into in the quarters before came from customers. */
function earlierProblems(stage: DemoStage): Repeated[] {
  return lastQuarters(stage.now).slice(0, 5).flatMap(({ from }, quarter) => [20, 55].map((day, index): Repeated => {
    const customer = DEMO_CUSTOMERS[(quarter * 2 + index) % DEMO_CUSTOMERS.length]?.name ?? '';
    const topic = DEMO_CHANGE_TOPICS[(quarter * 2 + index) % DEMO_CHANGE_TOPICS.length];
    return { customerId: stage.customer(customer), title: `${topic?.system ?? ''}：${topic?.why ?? ''}`, symptom: topic?.why ?? null, class: 'software', incidentIds: [], lastAt: from + day * DAY };
  }));
}

async function repeatedIncidents({ database }: DemoStage): Promise<Repeated[]> {
  return database.em.execute<Repeated[]>(
    `select t.customer_id as "customerId", (array_agg(t.title order by t.opened_at))[1] as title, (array_agg(i.symptom order by t.opened_at))[1] as symptom,
       (array_agg(i.technical_class order by t.opened_at))[1] as class, (array_agg(t.id order by t.opened_at))[1:6] as "incidentIds",
       (extract(epoch from max(t.opened_at)) * 1000)::float8 as "lastAt"
     from ticket t join incident i on i.ticket_id = t.id join ticket_ci l on l.ticket_id = t.id
     where t.closed_at is not null group by t.customer_id, l.ci_id having count(*) between 3 and 12 order by max(t.opened_at), l.ci_id limit ?`, [PROBLEMS],
  );
}

const CLASSES: Readonly<Record<string, string>> = { hardware: 'hardware', network: 'network', security: 'security', software: 'software' };

const fishboneOf = (effect: string) => ({
  effect,
  categories: [
    { name: '设备 Equipment', causes: [{ text: '固件版本过旧', evidence: '版本比对', verdict: 'contributing' }, { text: '散热不良', evidence: '温度记录正常', verdict: 'ruled-out' }] },
    { name: '配置 Configuration', causes: [{ text: '缓存上限设置过小', evidence: '日志显示溢出', verdict: 'root', causes: [{ text: '初始部署沿用默认值', evidence: '变更记录', verdict: 'contributing' }] }] },
    { name: '方法 Method', causes: [{ text: '巡检未覆盖该指标', evidence: '巡检模板', verdict: 'contributing' }] },
    { name: '环境 Environment', causes: [{ text: '供电波动', evidence: 'UPS 记录正常', verdict: 'ruled-out' }] },
  ],
});
const whysOf = (effect: string) => ({ effect, whys: [{ because: '服务进程退出' }, { because: '内存耗尽' }, { because: '连接未释放' }, { because: '客户端驱动存在缺陷' }] });

async function playProblem(stage: DemoStage, repeated: Repeated, { index, left }: { index: number; left: number }): Promise<void> {
  const begun = stage.office(repeated.lastAt + DAY, 1);
  stage.at(begun);
  const id = await openProblem(stage.database, stage.by('service-delivery-manager'), {
    customerId: repeated.customerId, title: `反复发生：${repeated.title}`.slice(0, 280), description: `短期内多次发生类似情况。${SYNTHETIC}`, class: CLASSES[repeated.class] ?? 'other',
    severity: index % 4 === 0 ? 'L2' : 'L3', symptom: repeated.symptom, incidentIds: repeated.incidentIds,
  });
  // The newest one waits to be assigned: unassigned problems age visibly (INC-11).
  if (left === 0) return;
  await stage.tell(id, 'service-delivery-manager', assignProblem, { ownerId: stage.id('senior') });
  stage.at(stage.office(begun + DAY, 2));
  await stage.tell(id, 'senior', beginInvestigation, {});
  await stage.tell(id, 'senior', describeProblem, { scope: '该配置项上的全部业务用户' });
  stage.at(stage.office(begun + 3 * DAY, 1));
  await stage.tell(id, 'senior', recordKnownError, { symptom: repeated.symptom ?? repeated.title, workaround: '重启相关服务可临时恢复，影响约两分钟', rootCause: null });
  stage.at(stage.office(begun + 5 * DAY, 3));
  await stage.tell(id, 'senior', drawCause, index % 2 === 0 ? { method: 'fishbone', body: fishboneOf(repeated.title) } : { method: 'five-whys', body: whysOf(repeated.title) });
  await stage.tell(id, 'senior', reportInvestigation, { investigation: '已分析日志、版本与变更记录，见因果图', rootCause: index % 2 === 0 ? '缓存上限设置过小' : '客户端驱动存在缺陷' });
  if (left < 4) return;
  stage.at(stage.office(begun + 7 * DAY, 2));
  await stage.tell(id, 'senior', propose, { solution: '调整参数并纳入巡检', minutes: 90, effect: '同类事件不再发生', prevention: '巡检模板增加该指标', altersCi: false });
  await stage.tell(id, 'technical-manager', decide, { approve: true });
  await stage.tell(id, 'senior', settle, {});
  await finish(stage, id, begun + 8 * DAY);
}

/** Verified by no recurrence, confirmed by the project manager, closed with its article submitted (PRB-06, KNW-08). */
async function finish(stage: DemoStage, id: string, settledAt: Instant): Promise<void> {
  stage.at(settledAt + 31 * DAY);
  await lookAtProblem(stage.database, id);
  stage.at(stage.office(settledAt + 32 * DAY, 1));
  const { verifiedAt } = await stage.database.em.findOneOrFail(ProblemEntity, { ticketId: id });
  if (verifiedAt === null) return;
  await stage.tell(id, 'project-manager', confirmSolved, {});
  await stage.tell(id, 'senior', draftProblemArticle, {});
  const { articleId } = await stage.database.em.findOneOrFail(ProblemEntity, { ticketId: id });
  const article = await stage.database.em.findOneOrFail(KnowledgeArticleEntity, { id: articleId ?? '' });
  await submitArticle(stage.database, stage.by('senior'), { id: article.id, expectedVersion: article.version, distinctFrom: await allArticles(stage, article.id) });
  await stage.tell(id, 'senior', closeProblem, {});
}

async function allArticles(stage: DemoStage, except: string): Promise<string[]> {
  const rows = await stage.database.em.find(KnowledgeArticleEntity, { id: { $ne: except } }, { fields: ['id'], orderBy: { createdAt: 'desc' }, limit: 100 });
  return rows.map(({ id }) => id);
}
