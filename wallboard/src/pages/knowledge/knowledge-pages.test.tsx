import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { renderDesk } from '../../app/desk.fixture.tsx';
import { Route, Routes } from '../../app/router.tsx';
import { ArticleSuggestions } from './article-suggestions.tsx';
import { WritePage } from './editor-page.tsx';
import { SearchPage } from './search-page.tsx';

afterEach(cleanup);

const HIT = {
  __typename: 'KnowledgeHit', id: 'a', number: 'KNW-0000001', state: 'PUBLISHED', title: 'Printing jams', openToCustomers: false, part: 'solution',
  titleSegments: [{ __typename: 'TextSegment', text: 'Printing ', hit: false }, { __typename: 'TextSegment', text: 'jams', hit: true }], segments: [{ __typename: 'TextSegment', text: 'Replace the roller', hit: false }],
};
const viewer = (permissions: readonly string[]) => () => ({ viewer: { __typename: 'Viewer', name: 'Li', locale: 'EN', permissions, customer: null } });
const TREE = () => ({ knowledgeCategories: [] });

test('KNW-06 the query stands in the address, its words are marked in what was found', async () => {
  const { asked, address } = renderDesk(<SearchPage />, {
    at: '/knowledge', answers: {
      Viewer: viewer(['knowledge.read']), KnowledgeTree: TREE, SearchKnowledge: () => ({ searchKnowledge: { __typename: 'KnowledgeFindings', total: 1, hits: [HIT] } }),
      ArticleList: () => ({ knowledgeArticles: { __typename: 'KnowledgeArticleConnection', edges: [], pageInfo: { __typename: 'PageInfo', hasNextPage: false, endCursor: null } } }),
    },
  });
  fireEvent.change(screen.getByRole('searchbox'), { target: { value: ' paper jams ' } });
  fireEvent.click(screen.getByRole('button', { name: 'Search' }));
  expect((await screen.findByText('jams')).tagName).toBe('MARK');
  expect(address()).toBe('/knowledge?q=paper+jams');
  expect(asked.find(({ name }) => name === 'SearchKnowledge')?.variables).toMatchObject({ text: 'paper jams' });
  expect(screen.queryByRole('link', { name: 'Write an article' })).toBe(null);
});

test('KNW-04 while an article is written, what does not belong there and what is similar stand beside it', async () => {
  renderDesk(<Routes><Route path="/knowledge/write" element={<WritePage />} /></Routes>, {
    at: '/knowledge/write', answers: {
      KnowledgeTree: TREE,
      CheckArticle: ({ input }) => ({
        checkArticleText: JSON.stringify(input).includes('Acme') ? [{ __typename: 'ArticleFinding', kind: 'customer', word: 'Acme', part: 'solution', start: 4, end: 8, stops: true }] : [],
        similarArticles: [{ __typename: 'SimilarArticleView', id: 'b', number: 'KNW-0000002', title: 'Jam in tray 2', state: 'PUBLISHED', likenessPercent: 62 }],
      }),
    },
  });
  fireEvent.change(screen.getByLabelText('Solution'), { target: { value: 'Ask Acme' } });
  expect((await screen.findByText('Acme', { selector: 'mark' })).closest('li')?.textContent).toContain('Solution · character 5 · must change');
  expect(screen.getByText('62 %')).toBeTruthy();
});

test('INC-15 KNW-06 articles are suggested once two characters are there', async () => {
  const { asked } = renderDesk(<ArticleSuggestions customerId="acme" text="卡纸" />, { answers: { ArticleSuggestions: () => ({ articleSuggestions: [HIT] }) } });
  expect(await screen.findByRole('link', { name: 'KNW-0000001' })).toBeTruthy();
  expect(asked[0]?.variables).toMatchObject({ text: '卡纸', customerId: 'acme' });
  const silent = renderDesk(<ArticleSuggestions customerId="" text="卡" />);
  await waitFor(() => expect(screen.getByText('Articles appear here as you type the symptom.')).toBeTruthy());
  expect(silent.asked).toEqual([]);
});

test('KNW-05 WBD-05 beside a record an article is said to have solved it, by whoever writes articles', async () => {
  const answers = {
    Viewer: viewer(['knowledge.read', 'knowledge.write']), ArticleSuggestions: () => ({ articleSuggestions: [HIT] }),
    RecordArticleUse: () => ({ recordArticleUse: { __typename: 'KnowledgeArticlePayload', article: null, userErrors: [] } }),
  };
  const { asked } = renderDesk(<ArticleSuggestions customerId="acme" text="卡纸" recordNumber="INC-0000007" />, { answers });
  fireEvent.click(await screen.findByRole('button', { name: 'Solved with it: KNW-0000001' }));
  expect(await screen.findByText('Counted.')).toBeTruthy();
  expect(asked.at(-1)).toMatchObject({ name: 'RecordArticleUse', variables: { input: { id: 'a', recordNumber: 'INC-0000007' } } });
});

test('KNW-05 what the server says against a use stands at the article', async () => {
  const refusal = { __typename: 'UserError', code: 'MOVE_NOT_ALLOWED', message: 'Nothing of it is published.', field: 'state' };
  renderDesk(<ArticleSuggestions customerId="acme" text="卡纸" recordNumber="INC-0000007" />, {
    answers: {
      Viewer: viewer(['knowledge.write']), ArticleSuggestions: () => ({ articleSuggestions: [HIT] }),
      RecordArticleUse: () => ({ recordArticleUse: { __typename: 'KnowledgeArticlePayload', article: null, userErrors: [refusal] } }),
    },
  });
  fireEvent.click(await screen.findByRole('button', { name: /^Solved with it/ }));
  expect((await screen.findByRole('alert')).textContent).toContain('Nothing of it is published.');
  expect(screen.queryByText('Counted.')).toBeNull();
});

test('KNW-05 a reader is offered no use, and nobody is while the incident is only being reported', async () => {
  const answers = { ArticleSuggestions: () => ({ articleSuggestions: [HIT] }) };
  const reader = renderDesk(<ArticleSuggestions customerId="acme" text="卡纸" recordNumber="INC-0000007" />, { answers: { ...answers, Viewer: viewer(['knowledge.read']) } });
  await waitFor(() => expect(reader.asked.map(({ name }) => name)).toContain('Viewer'));
  await screen.findByRole('link', { name: 'KNW-0000001' });
  expect(screen.queryByRole('button')).toBeNull();
  cleanup();
  renderDesk(<ArticleSuggestions customerId="acme" text="卡纸" />, { answers: { ...answers, Viewer: viewer(['knowledge.write']) } });
  await screen.findByRole('link', { name: 'KNW-0000001' });
  expect(screen.queryByRole('button')).toBeNull();
});
