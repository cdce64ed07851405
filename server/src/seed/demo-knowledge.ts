import { appointKnowledgeReviewer } from '../features/knowledge/knowledge-category.service.ts';
import { createArticle } from '../features/knowledge/knowledge-draft.service.ts';
import { giveArticleFeedback, recordArticleUse } from '../features/knowledge/knowledge-feedback.service.ts';
import { importArticles } from '../features/knowledge/knowledge-import.service.ts';
import { fallDueForReview, submitArticle, takeArticleReview } from '../features/knowledge/knowledge-review.service.ts';
import { KnowledgeArticleEntity, KnowledgeCategoryEntity } from '../features/knowledge/knowledge.entity.ts';
import { SYSTEM } from '../kernel/actor.ts';
import { DAY } from '../kernel/instant.ts';
import { DEMO_ARTICLES } from './demo-articles.ts';
import type { DemoStage } from './demo-stage.ts';

/** Who writes about what, by category; the senior engineers' subjects are the rest. */
const AUTHORS: readonly (readonly [prefix: string, person: string])[] = [
  ['other-network', 'network'], ['security', 'network-2'], ['open-source-mysql', 'database'], ['other-oracle', 'database'], ['microsoft-sql-server', 'database-2'], ['open-source', 'application'],
  ['microsoft', 'engineer'], ['other-printing', 'engineer-2'], ['cloud', 'server-2'], ['other', 'server'],
];
/** Articles that a customer may read by themselves. */
const OPEN = ['other-printing', 'microsoft-office', 'microsoft-windows'];
/** The oldest are a year old, so that some are due for their review. */
const OLDEST_DAYS = 367;

/** A knowledge base that has been in use for a year, with something in every state (KNW-03). */
export async function makeDemoKnowledge(stage: DemoStage): Promise<void> {
  const { database, now } = stage;
  stage.at(now);
  const named = (key: string) => {
    const { id, name } = stage.by(key);
    return { id, name };
  };
  const ids = await importArticles(database, SYSTEM('demo'), DEMO_ARTICLES.map(({ key: _, short, ...article }, index) => ({
    ...article, shortDescription: short, source: index % 7 === 0 ? 'public-case' as const : 'own-experience' as const, worth: index % 3 === 0 ? ['general' as const, 'saves-time' as const] : ['representative' as const],
    author: named(AUTHORS.find(([prefix]) => article.category.startsWith(prefix))?.[1] ?? 'senior'), reviewer: named('technical-manager'),
    publishedAt: now - Math.round((OLDEST_DAYS - (index * 2) % OLDEST_DAYS) * DAY), openToCustomers: OPEN.includes(article.category),
  })));
  await appointKnowledgeReviewer(database, stage.by('technical-manager'), { personId: stage.id('technical-manager-2') });
  await fallDueForReview(database);
  await useThem(stage, ids);
  await writeSome(stage);
}

/** Uses and words of readers on some of them. */
async function useThem(stage: DemoStage, ids: readonly string[]): Promise<void> {
  const { database } = stage;
  const at = (key: string): string => ids[DEMO_ARTICLES.findIndex((article) => article.key === key)] ?? '';
  for (const key of ['printer-queue', 'vpn-connect', 'ad-lockout', 'win-disk-full', 'nginx-502']) {
    for (const reader of ['engineer', 'engineer-3', 'duty']) await recordArticleUse(database, stage.by(reader), { id: at(key) });
    await giveArticleFeedback(database, stage.by('duty'), { id: at(key), verdict: 'helped' });
  }
  await giveArticleFeedback(database, stage.by('engineer-3'), { id: at('wifi-slow'), verdict: 'did-not-help', comment: '新楼层的AP是Wi-Fi 6型号，界面里没有这一项。' });
  await giveArticleFeedback(database, stage.by('duty-2'), { id: at('vmware-vcenter-disk'), verdict: 'wrong', comment: '新版本的脚本路径已经变了，按文中路径找不到。' });
}

/** One in each state before publication. */
async function writeSome(stage: DemoStage): Promise<void> {
  const { database } = stage;
  const category = async (key: string) => (await database.em.findOne(KnowledgeCategoryEntity, { key }))?.id ?? null;
  const based = async (id: string) => ({ id, expectedVersion: (await database.em.findOneOrFail(KnowledgeArticleEntity, { id })).version });
  const write = async (author: string, key: string, [shortDescription, symptom, cause, solution, prevention]: readonly [string, string, string, string, string]) =>
    createArticle(database, stage.by(author), { shortDescription, symptom, cause, solution, prevention, source: 'own-experience', categoryId: await category(key), kind: 'software', faultType: 'server' });
  await write('engineer', 'microsoft-exchange', ['会议室日历自动接受失效', '会议室邮箱不再自动接受预约，需要人工处理。', '', '', '']);
  const submitted = await write('database', 'open-source-postgresql', ['逻辑订阅停在初始复制', '订阅端表为空，状态停留在数据拷贝。', '发布端表缺少主键，复制标识未设置。', '为表设置REPLICA IDENTITY后刷新订阅，确认行数一致。', '上线检查表的主键与复制标识。']);
  await submitArticle(database, stage.by('database'), await based(submitted));
  const inReview = await write('network', 'other-network', ['三层交换机组播视频马赛克', '教学直播画面马赛克，单播正常。', 'IGMP侦听未启用查询器，组播在整网泛洪。', '在网关接口启用PIM与IGMP查询器，接入侧开启IGMP侦听。', '组播业务上线前核对查询器与侦听配置。']);
  await submitArticle(database, stage.by('network'), await based(inReview));
  await takeArticleReview(database, stage.by('technical-manager'), await based(inReview));
}
