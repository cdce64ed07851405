import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { articleActions } from '../../server/src/features/knowledge/knowledge-case.service.ts';
import { articleStanding, createArticle, draftArticle, editArticle } from '../../server/src/features/knowledge/knowledge-draft.service.ts';
import { differences } from '../../server/src/features/knowledge/knowledge-difference.service.ts';
import { answerArticleFeedback, giveArticleFeedback, recordArticleUse } from '../../server/src/features/knowledge/knowledge-feedback.service.ts';
import { confirmArticle, fallDueForReview, openArticleToCustomers, publishArticle, reviseArticle, submitArticle, submitDraft, takeArticleReview } from '../../server/src/features/knowledge/knowledge-review.service.ts';
import { searchArticles } from '../../server/src/features/knowledge/knowledge-search.service.ts';
import { articleByNumber, articleCounts, categoryTree, findArticles } from '../../server/src/features/knowledge/knowledge.queries.ts';
import { KnowledgeFeedbackEntity, KnowledgeRevisionEntity } from '../../server/src/features/knowledge/knowledge.entity.ts';
import { newId } from '../../server/src/platform/time/new-id.ts';
import { openKnowledgeDesk } from '../support/knowledge-desk.ts';

const START = Date.parse('2026-03-02T01:00:00Z');
const { database, time, close, acme, globex, who, at, based, draft, inReview, published } = await openKnowledgeDesk(START);
afterAll(close);
beforeEach(() => void (time.current = START));

const found = async (key: string, text: string, customerId?: string): Promise<string[]> =>
  (await searchArticles(database.em, who(key), { text, first: 20, ...(customerId === undefined ? {} : { customerId }) })).hits.map(({ id }) => id);

describe('KNW-04 checks before the review', () => {
  test('KNW-04 each word that does not belong into the handling is named with its place, and nothing is submitted', async () => {
    const id = await draft({ cause: '浦东重工的工程师张文博在2026-03-01 10:30改了配置。', solution: '问：怎么办？答：重启。版权所有' });
    await expect(submitArticle(database, who('author'), await based(id))).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'cause', message: expect.stringContaining('"浦东重工" stands in the cause at character 1') });
    const { lacks = [] } = (await articleActions(database, who('author'), id)).find(({ action }) => action === 'submitArticle') ?? {};
    expect(lacks.map(({ field, message }) => `${field} ${/"(.*?)"/.exec(message)?.[1]}`)).toEqual(['cause 浦东重工', 'cause 张文博', 'cause 2026-03-01 10:30', 'solution 问：', 'solution 答：', 'solution 版权所有']);
    expect((await at(id)).state).toBe('draft');
  });

  test('KNW-04 in symptom and prevention the same words only are hints', async () => {
    const id = await draft({ symptom: '自2026-03-01起浦东重工的道具库无法盘点', prevention: '请张文博每月检查' });
    await submitArticle(database, who('author'), await based(id));
    expect((await at(id)).state).toBe('submitted');
  });

  test('KNW-04 a word may be kept on purpose, for the reviewer to see', async () => {
    const id = await draft({ solution: '把会话超时设为12:30对应的分钟数。' });
    await expect(submitArticle(database, who('author'), await based(id))).rejects.toMatchObject({ field: 'solution' });
    await submitArticle(database, who('author'), { ...(await based(id)), keepWords: ['12:30'] });
    expect(await at(id)).toMatchObject({ state: 'submitted', keptWords: ['12:30'] });
  });

  test('KNW-04 an existing article on the same thing is shown first, and stands in the way until it is said to be something else', async () => {
    const first = await published({ shortDescription: '冷库压缩机频繁启停', symptom: '冷库压缩机每隔几分钟启停一次，温度波动大。' });
    const second = await draft({ shortDescription: '冷库压缩机频繁启停报警', symptom: '冷库压缩机每隔几分钟启停，温度波动。' });
    const { number } = await at(first);
    await expect(submitArticle(database, who('author'), await based(second))).rejects.toMatchObject({ code: 'NOT_UNIQUE', field: 'distinctFrom', message: expect.stringContaining(number) });
    await submitArticle(database, who('author'), { ...(await based(second)), distinctFrom: [first] });
    expect((await at(second)).state).toBe('submitted');
    const unlike = await draft({ shortDescription: '冷库门封条结霜', symptom: '门框四周结霜，关不严。' });
    await submitArticle(database, who('author'), await based(unlike));
  });
});

describe('KNW-05 versions', () => {
  test('KNW-05 every text is kept, and two of them compared word by word', async () => {
    const id = await draft({ solution: '重启打印服务。', cause: 'Spooler stopped.' });
    await editArticle(database, who('colleague'), { ...(await based(id)), solution: '停止并重启打印服务。', cause: 'Spooler was stopped.', note: '补充' });
    const [older, newer] = await database.em.find(KnowledgeRevisionEntity, { articleId: id }, { orderBy: { revision: 'asc' } });
    expect([older?.writtenBy, newer?.writtenBy, newer?.note]).toEqual(['张文博', 'Rosa Lund', '补充']);
    if (!older || !newer) throw new Error('two versions');
    const changed = differences(older, newer).filter((part) => part.changed);
    expect(changed.map(({ part, pieces }) => [part, pieces.filter(({ change }) => change !== 'same')])).toEqual([
      ['cause', [{ text: 'was ', change: 'added' }]], ['solution', [{ text: '停止并', change: 'added' }]],
    ]);
  });

  test('KNW-05 while a new text is written, readers keep and find the published one', async () => {
    const id = await published({ shortDescription: '自动售货机纸币器卡币' });
    await reviseArticle(database, who('colleague'), await based(id));
    await editArticle(database, who('colleague'), { ...(await based(id)), shortDescription: '自动售货机硬币找零不足', solution: '补充找零硬币。' });
    const { number } = await at(id);
    expect((await articleByNumber(database.em, who('presales'), number))?.title).toBe('其他 自动售货机纸币器卡币');
    expect((await articleByNumber(database.em, who('author'), number))?.title).toBe('其他 自动售货机硬币找零不足');
    expect(await found('presales', '纸币器')).toEqual([id]);
    expect(await found('presales', '硬币找零')).toEqual([]);
    await submitArticle(database, who('colleague'), await based(id));
    await takeArticleReview(database, who('reviewer'), await based(id));
    await publishArticle(database, who('reviewer'), { ...(await based(id)), worth: ['general'] });
    expect([await found('presales', '纸币器'), await found('presales', '硬币找零')]).toEqual([[], [id]]);
  });

  test('KNW-05 an article is due for review on its date, not a second earlier, and once', async () => {
    const id = await published();
    expect((await at(id)).reviewDueAt).toBe(Date.parse('2027-03-02T01:00:00Z'));
    time.current = Date.parse('2027-03-02T00:59:59Z');
    await fallDueForReview(database);
    expect((await at(id)).state).toBe('published');
    time.current = Date.parse('2027-03-02T01:00:00Z');
    await Promise.all([fallDueForReview(database), fallDueForReview(database)]);
    expect((await at(id)).state).toBe('due-for-review');
    const fell = await database.em.execute<{ n: number }[]>(`select count(*)::int as n from event_log where type = 'knowledge.fellDue' and subject_id = ?`, [id]);
    expect(fell).toEqual([{ n: 1 }]);
    await confirmArticle(database, who('reviewer'), { ...(await based(id)), note: '仍然有效' });
    expect(await at(id)).toMatchObject({ state: 'published', reviewDueAt: Date.parse('2028-03-02T01:00:00Z') });
  });
});

describe('KNW-05 feedback', () => {
  test('KNW-05 "helped" needs no word, the others do; a later word replaces the earlier', async () => {
    const id = await published();
    await giveArticleFeedback(database, who('colleague'), { id, verdict: 'helped' });
    await expect(giveArticleFeedback(database, who('colleague'), { id, verdict: 'did-not-help', comment: ' ' })).rejects.toMatchObject({ code: 'MISSING_FIELD', field: 'comment' });
    await giveArticleFeedback(database, who('colleague'), { id, verdict: 'did-not-help', comment: '型号不同' });
    expect((await articleCounts(database.em, [id])).get(id)).toEqual({ helped: 0, didNotHelp: 1, wrong: 0, uses: 0 });
    expect((await at(id)).state).toBe('published');
  });

  test('KNW-05 a wrong one waits for its reviewer at once; what was answered waits no longer', async () => {
    const id = await published();
    const waiting = async (key: string) => (await findArticles(database.em, who(key), { waiting: true })).rows.map((row) => row.id);
    expect(await waiting('reviewer')).not.toContain(id);
    await giveArticleFeedback(database, who('colleague'), { id, verdict: 'wrong', comment: '命令拼错了' });
    expect((await at(id)).state).toBe('due-for-review');
    expect(await waiting('reviewer')).toContain(id);
    expect(await waiting('other')).not.toContain(id);
    const [feedback] = await database.em.find(KnowledgeFeedbackEntity, { articleId: id });
    await expect(answerArticleFeedback(database, who('colleague'), { id, feedbackId: feedback?.id ?? '', answer: '已改' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await answerArticleFeedback(database, who('reviewer'), { id, feedbackId: feedback?.id ?? '', answer: '已改' });
    await expect(answerArticleFeedback(database, who('reviewer'), { id, feedbackId: feedback?.id ?? '', answer: '再答' })).rejects.toMatchObject({ code: 'ALREADY_DONE' });
    await confirmArticle(database, who('reviewer'), { ...(await based(id)), note: '命令已核对' });
    expect(await waiting('reviewer')).not.toContain(id);
  });

  test('KNW-05 nothing can be said of what was never published', async () => {
    const id = await draft();
    await expect(giveArticleFeedback(database, who('colleague'), { id, verdict: 'helped' })).rejects.toMatchObject({ code: 'MOVE_NOT_ALLOWED' });
  });

  test('KNW-05 uses count once for a person and record', async () => {
    const id = await published();
    await recordArticleUse(database, who('colleague'), { id, recordNumber: 'inc-0000001' });
    await recordArticleUse(database, who('colleague'), { id, recordNumber: 'INC-0000001' });
    await recordArticleUse(database, who('colleague'), { id, recordNumber: 'INC-0000002' });
    await recordArticleUse(database, who('author'), { id, recordNumber: 'INC-0000001' });
    expect((await articleCounts(database.em, [id])).get(id)?.uses).toBe(3);
    await expect(recordArticleUse(database, who('presales'), { id })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('KNW-07 customers', () => {
  test('KNW-07 a customer finds what is published and open, nothing else', async () => {
    const closed = await published({ shortDescription: '自助终端吞卡' });
    const open = await published({ shortDescription: '自助终端凭条缺纸' }, true);
    expect(await found('contact', '自助终端')).toEqual([open]);
    expect((await found('author', '自助终端')).toSorted()).toEqual([closed, open].toSorted());
    expect(await articleByNumber(database.em, who('contact'), (await at(closed)).number)).toBe(null);
    await openArticleToCustomers(database, who('reviewer'), { ...(await based(open)), open: false });
    expect(await found('contact', '自助终端')).toEqual([]);
    await expect(openArticleToCustomers(database, who('author'), { ...(await based(open)), open: true })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  test('KNW-07 what names a customer or a person anywhere is not opened', async () => {
    const id = await inReview({ symptom: '浦东重工的餐卡机不读卡' });
    await expect(publishArticle(database, who('reviewer'), { ...(await based(id)), worth: ['general'], openToCustomers: true })).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'symptom' });
    await publishArticle(database, who('reviewer'), { ...(await based(id)), worth: ['general'] });
    await expect(openArticleToCustomers(database, who('reviewer'), { ...(await based(id)), open: true })).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'symptom' });
  });

  test('KNW-07 ORG-03 what concerns one customer alone is neither found nor counted nor judged by another', async () => {
    const id = await published({ shortDescription: '龙门吊遥控器失灵', customerId: acme }, true);
    expect([await found('contact', '龙门吊'), await found('stranger', '龙门吊'), await found('author', '龙门吊', globex), await found('author', '龙门吊', acme)]).toEqual([[id], [], [], [id]]);
    const shown = async (key: string) => (await categoryTree(database.em, who(key))).find(({ key: one }) => one === 'other-other')?.published;
    expect((await shown('contact') ?? 0) - (await shown('stranger') ?? 0)).toBe(1);
    await expect(giveArticleFeedback(database, who('stranger'), { id, verdict: 'helped' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await giveArticleFeedback(database, who('contact'), { id, verdict: 'helped' });
  });

  test('KNW-07 a customer writes nothing and sees no draft', async () => {
    await expect(createArticle(database, who('contact'), { shortDescription: '我的', source: 'own-experience' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const id = await draft();
    expect((await findArticles(database.em, who('contact'), {})).rows.map((row) => row.id)).not.toContain(id);
    await expect(editArticle(database, who('contact'), { ...(await based(id)), symptom: 'x' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('KNW-08 what a problem owes', () => {
  test('KNW-08 an article is drafted and submitted within the transaction that asks for it, or not at all', async () => {
    const problemId = newId();
    const input = { shortDescription: '喷码机墨路堵塞', symptom: '喷码断续。', cause: '墨水沉淀。', solution: '清洗墨路。', prevention: '每周清洗。', source: 'problem' as const, problemId, origins: [{ number: 'PRB-0000009' }] };
    const id = await database.change(who('author'), (change) => draftArticle(change, input));
    expect(await articleStanding(database.em, who('author'), { id })).toMatchObject({ state: 'draft', publishedRevision: null });
    await database.change(who('author'), (change) => submitDraft(database, change, id));
    expect(await articleStanding(database.em, who('author'), { id })).toMatchObject({ state: 'submitted' });
    await expect(database.change(who('author'), async (change) => {
      await draftArticle(change, { ...input, shortDescription: '喷码机不进墨' });
      throw new Error('the problem may not close');
    })).rejects.toThrow('the problem may not close');
    expect((await findArticles(database.em, who('author'), { problemId })).rows.map(({ title }) => title)).toEqual(['其他 喷码机墨路堵塞']);
  });

  test('KNW-08 "already known" names an article that stands; a foreign customer\'s is not known', async () => {
    const own = await published({ customerId: acme });
    expect((await articleStanding(database.em, who('author'), { number: (await at(own)).number }))?.id).toBe(own);
    expect(await articleStanding(database.em, who('stranger'), { id: own })).toBe(null);
    expect(await articleStanding(database.em, who('author'), { number: 'KNW-9999999' })).toBe(null);
  });
});

test('API-03 the same key with the same body gives the same article, with another body it is refused', async () => {
  const input = { shortDescription: '同一个键', source: 'own-experience' as const, idempotencyKey: 'article-0001' };
  const id = await createArticle(database, who('author'), input);
  expect(await createArticle(database, who('author'), { ...input })).toBe(id);
  await expect(createArticle(database, who('author'), { ...input, shortDescription: '另一篇' })).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
});

test('API-03 what the list of actions allows is what the commands do', async () => {
  const id = await inReview();
  const allowed = async (key: string) => (await articleActions(database, who(key), id)).filter((one) => one.allowed).map(({ action }) => action);
  expect(await allowed('author')).toEqual([]);
  expect(await allowed('reviewer')).toEqual(['publishArticle', 'returnArticle', 'mergeArticle', 'answerArticleFeedback']);
  expect(await allowed('tm')).toEqual(['publishArticle', 'returnArticle', 'mergeArticle', 'answerArticleFeedback']);
});
