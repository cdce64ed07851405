import { afterAll, beforeAll, expect, test } from 'vitest';
import { openApi } from '../support/open-api.ts';

let api: Awaited<ReturnType<typeof openApi>>;
beforeAll(async () => {
  api = await openApi();
});
afterAll(() => api.close());

const CREATE = 'mutation($input: CreateArticleInput!) { createArticle(input: $input) { article { id number version state title } userErrors { code field message } } }';

test('KNW-06 KNW-07 from draft to a customer\'s search, by the API alone', async () => {
  await api.person('writer', 'engineer');
  await api.person('manager', 'technical-manager');
  const input = { shortDescription: '打印服务反复停止', symptom: '打印服务每小时停止', cause: '驱动损坏', solution: '重装驱动', prevention: '统一驱动', source: 'OWN_EXPERIENCE', idempotencyKey: 'api-article-1' };
  const { data } = await api.ask('writer', CREATE, { input });
  const { id, number, version } = data.createArticle.article;
  expect(data.createArticle.article).toMatchObject({ state: 'DRAFT', title: '其他 打印服务反复停止' });
  const step = async (who: string, name: string, type: string, more: object, expectedVersion: number) =>
    (await api.ask(who, `mutation($input: ${type}!) { answer: ${name}(input: $input) { article { state version } userErrors { code field } } }`, { input: { id, expectedVersion, ...more } })).data.answer;
  expect(await step('writer', 'submitArticle', 'SubmitArticleInput', {}, version)).toEqual({ article: { state: 'SUBMITTED', version: 2 }, userErrors: [] });
  expect(await step('manager', 'takeArticleReview', 'ArticleCommandInput', {}, 1)).toEqual({ article: null, userErrors: [{ code: 'STALE_VERSION', field: 'expectedVersion' }] });
  expect((await step('manager', 'takeArticleReview', 'ArticleCommandInput', {}, 2)).article.state).toBe('IN_REVIEW');
  expect((await step('manager', 'publishArticle', 'PublishArticleInput', { worth: ['GENERAL'], openToCustomers: true }, 3)).article.state).toBe('PUBLISHED');
  const search = 'query($text: String!) { searchKnowledge(text: $text) { total hits { number titleSegments { text hit } } } articleSuggestions(text: $text) { number } }';
  const answer = await api.ask('contact', search, { text: '打印 服务' });
  expect(answer.data.searchKnowledge).toMatchObject({ total: 1, hits: [{ number }] });
  expect(answer.data.articleSuggestions).toEqual([{ number }]);
});

test('KNW-07 ORG-03 a customer gets the text, but neither author nor origins nor versions', async () => {
  const { data } = await api.ask('contact', '{ knowledgeArticle(number: "KNW-0000001") { solution internals { author } origins { number } revisions { revision } feedback { id } counts { helped } availableActions { action allowed } } }');
  expect(data.knowledgeArticle).toMatchObject({ solution: '重装驱动', internals: null, origins: [], revisions: [], feedback: [], counts: { helped: 0 } });
  expect(data.knowledgeArticle.availableActions.filter(({ allowed }: { allowed: boolean }) => allowed)).toEqual([{ action: 'giveArticleFeedback', allowed: true }]);
  const inside = await api.ask('contact', '{ checkArticleText(input: { solution: "x" }) { word } }');
  expect(inside.errors).toEqual(['FORBIDDEN']);
});

test('KNW-04 the wording is checked while it is written, and similar articles are shown', async () => {
  const { data } = await api.ask('writer', '{ checkArticleText(input: { solution: "请Acme重启" }) { kind word part start end stops } similarArticles(input: { shortDescription: "打印服务总是停止" }) { number likenessPercent } }');
  expect(data.checkArticleText).toEqual([{ kind: 'customer', word: 'Acme', part: 'solution', start: 1, end: 5, stops: true }]);
  expect(data.similarArticles[0]).toMatchObject({ number: 'KNW-0000001' });
});

test('KNW-01 only the technical manager changes the tree; everybody signed in may read it', async () => {
  const create = 'mutation { createKnowledgeCategory(input: { key: "new", nameZh: "新", name: "New" }) { category { key } userErrors { code } } }';
  expect((await api.ask('writer', create)).errors).toEqual(['FORBIDDEN']);
  expect((await api.ask('manager', create)).data.createKnowledgeCategory).toEqual({ category: { key: 'new' }, userErrors: [] });
  expect((await api.ask('contact', '{ knowledgeCategories { key } }')).data.knowledgeCategories.length).toBeGreaterThan(30);
  expect((await api.ask(null, '{ knowledgeCategories { key } }')).errors).toEqual(['UNAUTHENTICATED']);
});

test('API-03 API-01 what is wrong is named by its field; an article is a node for those who may read it', async () => {
  const wrong = await api.ask('writer', CREATE, { input: { shortDescription: 'x'.repeat(121), source: 'PUBLIC_CASE' } });
  expect(wrong.data.createArticle).toMatchObject({ article: null, userErrors: [{ code: 'TOO_LARGE', field: 'shortDescription' }] });
  const { data } = await api.ask('writer', '{ knowledgeArticle(number: "knw-0000001") { id } }');
  const node = 'query($id: ID!) { node(id: $id) { __typename id } }';
  expect((await api.ask('contact', node, { id: data.knowledgeArticle.id })).data.node).toMatchObject({ __typename: 'KnowledgeArticle' });
});
