import { createPerson, grantRole } from '../../server/src/features/access/access-people.service.ts';
import { permissionsOfRole } from '../../server/src/features/access/access.rules.ts';
import { createCustomer } from '../../server/src/features/customer/customer.service.ts';
import { appointKnowledgeReviewer } from '../../server/src/features/knowledge/knowledge-category.service.ts';
import { createArticle, type NewArticle } from '../../server/src/features/knowledge/knowledge-draft.service.ts';
import { publishArticle, submitArticle, takeArticleReview } from '../../server/src/features/knowledge/knowledge-review.service.ts';
import { KnowledgeArticleEntity, KnowledgeCategoryEntity } from '../../server/src/features/knowledge/knowledge.entity.ts';
import { SYSTEM, type Actor } from '../../server/src/kernel/actor.ts';
import { seedPolicy } from '../../server/src/seed/policy.ts';
import { openDatabase } from './open-database.ts';

const system = SYSTEM('test');

/** Subjects unlike each other, so that none is taken for a duplicate. */
const SUBJECTS = [
  '磁带库机械手卡住', '门禁读卡器离线', '视频会议回声', '考勤机指纹不识别', '机柜温湿度传感器断开', '传真线路忙音', '条码枪乱码', '投影画面偏色', '呼叫中心录音缺失', '工单短信延迟', '地磅称重漂移', '大屏拼接错位', '电梯广播失真',
  '停车道闸误抬', '食堂消费机重启', '叫号系统跳号', '手写板偏移', '功放啸叫', '扫地机掉线', '对讲机串频', '烟感误报', '加湿器漏水', '发电机亏电', '标签错版', '会议平板触摸失灵', '充电桩停充', '闸机计数偏少', '水浸绳断线', '广告机黑屏', '体温门误差',
];

/** A database with people of every role that knowledge knows, two customers, and short ways to an article in each state. */
export async function openKnowledgeDesk(start: number) {
  const { database, time, close } = await openDatabase(start);
  await seedPolicy(database);
  const acme = (await createCustomer(database, system, { name: '浦东重工', fullName: '上海浦东重工集团', timeZone: 'Asia/Shanghai' })).id;
  const globex = (await createCustomer(database, system, { name: 'Globex', fullName: 'Globex Ltd', timeZone: 'Asia/Shanghai' })).id;
  const actors = new Map<string, Actor>();
  const person = async (key: string, name: string, role: string, customerId: string | null = null): Promise<void> => {
    const { id } = await createPerson(database, system, { name, email: `${key}@example.com`, customerId });
    await grantRole(database, system, { personId: id, role });
    actors.set(key, { kind: 'person', id, name, customerId, teamIds: [], origin: 'test', grants: [{ role, permissions: permissionsOfRole(role), customerId: null, teamId: null }] });
  };
  await person('author', '张文博', 'engineer');
  await person('colleague', 'Rosa Lund', 'engineer');
  await person('reviewer', '李审核', 'knowledge-reviewer');
  await person('other', '周审核', 'knowledge-reviewer');
  await person('tm', '唐技术', 'technical-manager');
  await person('contact', '蒋联系', 'customer-contact', acme);
  await person('stranger', 'Ivan Petrov', 'customer-contact', globex);
  await person('presales', '售前甲', 'pre-sales');
  const who = (key: string): Actor => {
    const actor = actors.get(key);
    if (!actor) throw new Error(`nobody is called ${key}`);
    return actor;
  };
  await appointKnowledgeReviewer(database, who('tm'), { personId: who('reviewer').id });

  const at = async (id: string) => database.em.findOneOrFail(KnowledgeArticleEntity, { id });
  const based = async (id: string) => ({ id, expectedVersion: (await at(id)).version });
  const categoryOf = async (key: string): Promise<string> => (await database.em.findOneOrFail(KnowledgeCategoryEntity, { key })).id;
  let count = 0;
  const draft = async (more: Partial<NewArticle> = {}): Promise<string> => {
    const subject = SUBJECTS[count] ?? `subject number ${count}`;
    count += 1;
    return createArticle(database, who('author'), {
      shortDescription: subject, symptom: `${subject}，现场无法使用。`, cause: `${subject}是由于配置被覆盖。`, solution: '恢复配置并保存。', prevention: '变更前备份配置。', source: 'own-experience', ...more,
    });
  };
  const submitted = async (more: Partial<NewArticle> = {}): Promise<string> => {
    const id = await draft(more);
    return submitArticle(database, who('author'), await based(id));
  };
  const inReview = async (more: Partial<NewArticle> = {}): Promise<string> => {
    const id = await submitted(more);
    return takeArticleReview(database, who('reviewer'), await based(id));
  };
  const published = async (more: Partial<NewArticle> = {}, open = false): Promise<string> => {
    const id = await inReview(more);
    return publishArticle(database, who('reviewer'), { ...(await based(id)), worth: ['general'], openToCustomers: open });
  };
  return { database, time, close, acme, globex, who, at, based, categoryOf, draft, submitted, inReview, published };
}
