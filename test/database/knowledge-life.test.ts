import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { appointKnowledgeReviewer, createKnowledgeCategory, dismissKnowledgeReviewer, setKnowledgeSynonyms, updateKnowledgeCategory } from '../../server/src/features/knowledge/knowledge-category.service.ts';
import { createArticle, editArticle } from '../../server/src/features/knowledge/knowledge-draft.service.ts';
import { attachArticleFile, readArticleFile, removeArticleFile } from '../../server/src/features/knowledge/knowledge-file.service.ts';
import {
  confirmArticle, fallDueForReview, mergeArticle, publishArticle, retireArticle, returnArticle, reviseArticle, submitArticle, takeArticleReview, withdrawArticle,
} from '../../server/src/features/knowledge/knowledge-review.service.ts';
import { KnowledgeCategoryEntity, KnowledgeOriginEntity } from '../../server/src/features/knowledge/knowledge.entity.ts';
import { newId } from '../../server/src/platform/time/new-id.ts';
import { seedPolicy } from '../../server/src/seed/policy.ts';
import { openKnowledgeDesk } from '../support/knowledge-desk.ts';

const START = Date.parse('2026-03-02T01:00:00Z');
const { database, time, close, who, at, based, categoryOf, draft, submitted, inReview, published } = await openKnowledgeDesk(START);
afterAll(close);
beforeEach(() => void (time.current = START));

describe('KNW-01 the category tree', () => {
  test('KNW-01 an installation starts with the six categories of two levels, and seeding again adds nothing', async () => {
    const before = await database.em.count(KnowledgeCategoryEntity, {});
    await seedPolicy(database);
    expect(await database.em.count(KnowledgeCategoryEntity, {})).toBe(before);
    const upper = await database.em.find(KnowledgeCategoryEntity, { parentId: null }, { orderBy: { position: 'asc' } });
    expect(upper.map(({ nameZh }) => nameZh)).toEqual(['安全', '开源产品', '微软产品', '云产品', '客户专属', '其他']);
    expect(await database.em.count(KnowledgeCategoryEntity, { parentId: await categoryOf('microsoft') })).toBe(6);
  });

  test('KNW-01 the technical manager keeps it: two levels, one key, nobody else', async () => {
    const parentId = await categoryOf('cloud');
    const added = await createKnowledgeCategory(database, who('tm'), { key: 'cloud-functions', nameZh: '云函数', name: 'Functions', parentId });
    expect([added.parentId, added.position]).toEqual([parentId, 4]);
    await expect(createKnowledgeCategory(database, who('tm'), { key: 'deeper', nameZh: '更深', name: 'Deeper', parentId: added.id })).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'parentId' });
    await expect(createKnowledgeCategory(database, who('tm'), { key: 'cloud-functions', nameZh: '云', name: 'C' })).rejects.toMatchObject({ code: 'NOT_UNIQUE', field: 'key' });
    await expect(createKnowledgeCategory(database, who('reviewer'), { key: 'mine', nameZh: '我的', name: 'Mine' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(updateKnowledgeCategory(database, who('tm'), { id: await categoryOf('other-other'), expectedVersion: 1, active: false })).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'active' });
  });

  test('KNW-01 D-51 an article belongs to a sub-category in use; what matches none is 其他', async () => {
    expect((await at(await draft())).categoryId).toBe(await categoryOf('other-other'));
    await expect(draft({ categoryId: await categoryOf('microsoft') })).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'categoryId' });
    const old = await createKnowledgeCategory(database, who('tm'), { key: 'old', nameZh: '旧', name: 'Old', parentId: await categoryOf('other') });
    await updateKnowledgeCategory(database, who('tm'), { id: old.id, expectedVersion: 1, active: false });
    await expect(draft({ categoryId: old.id })).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'categoryId' });
  });
});

describe('KNW-02 what an article is', () => {
  test('KNW-02 the title is sub-category and short description, in the language of the description', async () => {
    expect((await at(await draft({ categoryId: await categoryOf('microsoft-directory'), shortDescription: '账号频繁锁定' }))).title).toBe('活动目录 账号频繁锁定');
    expect((await at(await draft({ categoryId: await categoryOf('microsoft-directory'), shortDescription: 'Account locks again and again' }))).title).toBe('Active Directory: Account locks again and again');
    expect((await at(await draft({ categoryId: await categoryOf('other-oracle'), shortDescription: 'Oracle归档满' }))).title).toBe('Oracle归档满');
  });

  test('KNW-02 KNW-09 symptom, cause, solution and prevention are fields of their own; each is demanded before the review', async () => {
    const id = await draft({ cause: null, prevention: ' ' });
    await expect(submitArticle(database, who('author'), await based(id))).rejects.toMatchObject({ code: 'MISSING_FIELD', field: 'cause', detail: { missing: [{ field: 'cause' }, { field: 'prevention' }] } });
    await editArticle(database, who('author'), { ...(await based(id)), cause: '固件缺陷。', prevention: '升级固件。' });
    await submitArticle(database, who('author'), await based(id));
    expect((await at(id)).state).toBe('submitted');
  });

  test('KNW-09 it lists the records it came from, its system type and fault type', async () => {
    const id = await draft({ systemType: 'application-software', faultType: 'client', origins: [{ number: 'PRB-0000001' }, { number: 'INC-0000007', recordId: newId() }, { number: 'PRB-0000001' }] });
    expect(await at(id)).toMatchObject({ systemType: 'application-software', faultType: 'client' });
    expect((await database.em.find(KnowledgeOriginEntity, { articleId: id }, { orderBy: { number: 'asc' } })).map(({ number }) => number)).toEqual(['INC-0000007', 'PRB-0000001']);
  });
});

describe('KNW-03 its life', () => {
  test('KNW-03 draft, submitted, in review, published, due for review, retired', async () => {
    const id = await draft();
    const states = [(await at(id)).state];
    const step = async (work: Promise<string>): Promise<void> => {
      await work;
      states.push((await at(id)).state);
    };
    await step(submitArticle(database, who('author'), await based(id)));
    await step(withdrawArticle(database, who('author'), await based(id)));
    await step(submitArticle(database, who('author'), await based(id)));
    await step(takeArticleReview(database, who('reviewer'), await based(id)));
    await step(returnArticle(database, who('reviewer'), { ...(await based(id)), note: '步骤不全' }));
    await step(submitArticle(database, who('author'), await based(id)));
    await step(takeArticleReview(database, who('reviewer'), await based(id)));
    await step(publishArticle(database, who('reviewer'), { ...(await based(id)), worth: ['saves-time'] }));
    time.current = Date.parse('2027-03-02T01:00:00Z');
    await fallDueForReview(database);
    states.push((await at(id)).state);
    await step(confirmArticle(database, who('reviewer'), { ...(await based(id)), note: '仍然有效' }));
    await step(retireArticle(database, who('reviewer'), { ...(await based(id)), note: '设备已下线' }));
    await step(reviseArticle(database, who('author'), await based(id)));
    expect(states).toEqual(['draft', 'submitted', 'draft', 'submitted', 'in-review', 'draft', 'submitted', 'in-review', 'published', 'due-for-review', 'published', 'retired', 'draft']);
  });

  test('KNW-03 nobody reviews their own because somebody else took it up again: a published text, and one that was retired unread', async () => {
    const write = (shortDescription: string) => createArticle(database, who('reviewer'), {
      shortDescription, symptom: `${shortDescription}，无法使用。`, cause: '配置被覆盖。', solution: '恢复配置。', prevention: '备份配置。', source: 'own-experience',
    });
    const takenUpByAnother = async (id: string): Promise<void> => {
      await reviseArticle(database, who('author'), await based(id));
      await submitArticle(database, who('author'), await based(id));
    };
    const published = await write('海水淡化膜结垢');
    await submitArticle(database, who('reviewer'), await based(published));
    await takeArticleReview(database, who('tm'), await based(published));
    await publishArticle(database, who('tm'), { ...(await based(published)), worth: ['general'] });
    await takenUpByAnother(published);
    const unread = await write('雷达测速仪校准过期');
    await retireArticle(database, who('reviewer'), { ...(await based(unread)), note: 'Not needed.' });
    await takenUpByAnother(unread);
    for (const id of [published, unread]) {
      await expect(takeArticleReview(database, who('reviewer'), await based(id))).rejects.toMatchObject({ code: 'FORBIDDEN' });
      await takeArticleReview(database, who('tm'), await based(id));
    }
  });

  test('KNW-03 nobody reviews what they have written, be it as a second hand', async () => {
    const id = await draft();
    await editArticle(database, who('tm'), { ...(await based(id)), prevention: '每季度核对。' });
    await submitArticle(database, who('author'), await based(id));
    await expect(takeArticleReview(database, who('author'), await based(id))).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(takeArticleReview(database, who('tm'), await based(id))).rejects.toMatchObject({ code: 'FORBIDDEN', message: 'Only a reviewer who has not written on it may do this.' });
    await takeArticleReview(database, who('reviewer'), await based(id));
    expect((await at(id)).reviewerName).toBe('李审核');
  });

  test('KNW-03 a forbidden move names the moves that are allowed; a stale version is refused', async () => {
    const id = await draft();
    await expect(publishArticle(database, who('author'), { ...(await based(id)), worth: ['general'] })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const other = await published();
    await expect(submitArticle(database, who('author'), await based(other))).rejects.toMatchObject({ code: 'MOVE_NOT_ALLOWED', detail: { state: 'published', allowed: ['fallDue', 'revise', 'retire', 'merge'] } });
    await expect(editArticle(database, who('author'), { id, expectedVersion: 7, symptom: 'x' })).rejects.toMatchObject({ code: 'STALE_VERSION', detail: { currentVersion: 1 } });
  });
});

describe('KNW-10 reviewers', () => {
  test('KNW-10 only whom the technical manager has appointed reviews, in their category', async () => {
    const id = await submitted();
    await expect(takeArticleReview(database, who('other'), await based(id))).rejects.toMatchObject({ code: 'FORBIDDEN', message: 'Only a reviewer whom the technical manager has appointed for this category may do this.' });
    const elsewhere = await appointKnowledgeReviewer(database, who('tm'), { personId: who('other').id, categoryId: await categoryOf('cloud') });
    await expect(takeArticleReview(database, who('other'), await based(id))).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const here = await appointKnowledgeReviewer(database, who('tm'), { personId: who('other').id, categoryId: await categoryOf('other') });
    await takeArticleReview(database, who('other'), await based(id));
    await dismissKnowledgeReviewer(database, who('tm'), here);
    await expect(publishArticle(database, who('other'), { ...(await based(id)), worth: ['general'] })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await dismissKnowledgeReviewer(database, who('tm'), elsewhere);
  });

  test('KNW-10 appointing needs the technical manager and a colleague whose role reviews', async () => {
    await expect(appointKnowledgeReviewer(database, who('reviewer'), { personId: who('other').id })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(appointKnowledgeReviewer(database, who('tm'), { personId: who('author').id })).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'personId' });
    await expect(appointKnowledgeReviewer(database, who('tm'), { personId: who('contact').id })).rejects.toMatchObject({ code: 'NOT_FOUND', field: 'personId' });
    await expect(appointKnowledgeReviewer(database, who('tm'), { personId: who('reviewer').id })).rejects.toMatchObject({ code: 'ALREADY_DONE' });
  });

  test('KNW-10 the reviewer says why it is worth keeping; without a reason nothing is published', async () => {
    const id = await inReview();
    await expect(publishArticle(database, who('reviewer'), { ...(await based(id)), worth: [] })).rejects.toMatchObject({ code: 'MISSING_FIELD', field: 'worth' });
    expect((await at(id)).publishedRevision).toBe(null);
    await publishArticle(database, who('reviewer'), { ...(await based(id)), worth: ['saves-time', 'general', 'general'] });
    expect(await at(id)).toMatchObject({ state: 'published', worth: ['saves-time', 'general'], publishedRevision: 1, reviewerName: '李审核' });
  });

  test('KNW-10 another reviewer does not end a review that somebody has taken; the technical manager may', async () => {
    const appointed = await appointKnowledgeReviewer(database, who('tm'), { personId: who('other').id });
    const id = await inReview();
    await expect(returnArticle(database, who('other'), { ...(await based(id)), note: '不清楚' })).rejects.toMatchObject({ code: 'FORBIDDEN', message: 'Only its reviewer 李审核 may do this.' });
    await expect(returnArticle(database, who('reviewer'), await based(id))).rejects.toMatchObject({ code: 'MISSING_FIELD', field: 'note' });
    await returnArticle(database, who('tm'), { ...(await based(id)), note: '步骤不全' });
    expect(await at(id)).toMatchObject({ state: 'draft', reviewNote: '步骤不全' });
    await dismissKnowledgeReviewer(database, who('tm'), appointed);
  });
});

describe('KNW-03 merging', () => {
  test('KNW-03 two become one: the records it came from go along, the other is gone for ever', async () => {
    const stays = await published({ origins: [{ number: 'INC-0000001' }] });
    const goes = await published({ origins: [{ number: 'INC-0000001' }, { number: 'INC-0000002' }] });
    await expect(mergeArticle(database, who('reviewer'), { ...(await based(goes)), intoNumber: (await at(goes)).number })).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'intoNumber' });
    await expect(mergeArticle(database, who('reviewer'), { ...(await based(goes)), intoNumber: (await at(await draft())).number })).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'intoNumber' });
    await expect(mergeArticle(database, who('author'), { ...(await based(goes)), intoNumber: (await at(stays)).number })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await mergeArticle(database, who('reviewer'), { ...(await based(goes)), intoNumber: (await at(stays)).number });
    expect(await at(goes)).toMatchObject({ state: 'merged', mergedIntoId: stays, publishedRevision: null });
    const origins = await database.em.find(KnowledgeOriginEntity, { articleId: stays }, { orderBy: { number: 'asc' } });
    expect(origins.map(({ number }) => number)).toEqual(['INC-0000001', 'INC-0000002']);
    await expect(reviseArticle(database, who('author'), await based(goes))).rejects.toMatchObject({ code: 'MOVE_NOT_ALLOWED' });
  });

  test('KNW-03 a draft is discarded by its author, a published article retired by a reviewer with the reason', async () => {
    const mine = await draft();
    await expect(retireArticle(database, who('colleague'), { ...(await based(mine)), note: '不要了' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await retireArticle(database, who('author'), { ...(await based(mine)), note: '写重了' });
    const theirs = await published();
    await expect(retireArticle(database, who('author'), { ...(await based(theirs)), note: '过时' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(retireArticle(database, who('reviewer'), await based(theirs))).rejects.toMatchObject({ code: 'MISSING_FIELD', field: 'note' });
  });
});

describe('KNW-02 files', () => {
  const file = (articleId: string, name: string) => ({ articleId, name, mediaType: 'text/plain', content: Buffer.from('steps') });

  test('KNW-02 the text names each file, or the article is not submitted', async () => {
    const id = await draft({ solution: '按附件 steps.txt 操作。' });
    const named = await attachArticleFile(database, who('author'), file(id, 'steps.txt'));
    const stray = await attachArticleFile(database, who('author'), file(id, 'other.log'));
    await expect(submitArticle(database, who('author'), await based(id))).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'files', message: expect.stringContaining('"other.log"') });
    await removeArticleFile(database, who('author'), { id, fileId: stray });
    await submitArticle(database, who('author'), await based(id));
    expect(String((await readArticleFile(database, who('colleague'), named)).content)).toBe('steps');
    await expect(readArticleFile(database, who('contact'), named)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(attachArticleFile(database, who('author'), file(id, 'late.txt'))).rejects.toMatchObject({ code: 'MOVE_NOT_ALLOWED' });
  });

  test('KNW-02 an empty file, one twice by name, one of a megabyte too many are refused', async () => {
    const id = await draft();
    await expect(attachArticleFile(database, who('author'), { ...file(id, 'a.txt'), content: Buffer.alloc(0) })).rejects.toMatchObject({ code: 'MISSING_FIELD' });
    await attachArticleFile(database, who('author'), file(id, 'a.txt'));
    await expect(attachArticleFile(database, who('author'), file(id, 'a.txt'))).rejects.toMatchObject({ code: 'NOT_UNIQUE', field: 'name' });
    await expect(attachArticleFile(database, who('author'), { ...file(id, 'b.bin'), content: Buffer.alloc(10 * 1024 * 1024 + 1) })).rejects.toMatchObject({ code: 'TOO_LARGE' });
  });
});

test('KNW-06 synonyms are kept by the technical manager: two phrases at least, empty removes', async () => {
  await expect(setKnowledgeSynonyms(database, who('reviewer'), { phrases: ['甲', '乙'] })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(setKnowledgeSynonyms(database, who('tm'), { phrases: ['道闸', '道闸'] })).rejects.toMatchObject({ code: 'MISSING_FIELD', field: 'phrases' });
  const id = await setKnowledgeSynonyms(database, who('tm'), { phrases: ['道闸', 'barrier'] });
  expect(await setKnowledgeSynonyms(database, who('tm'), { id, phrases: [] })).toBe(id);
  await expect(setKnowledgeSynonyms(database, who('tm'), { id, phrases: [] })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
