import { ApolloClient, ApolloLink, InMemoryCache, Observable } from '@apollo/client';
import { ApolloProvider } from '@apollo/client/react';
import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { catalogEnglish } from '../lib/messages/desk/catalog-en.ts';
import { catalogChinese } from '../lib/messages/desk/catalog-zh-CN.ts';
import type { DeskMessageKey } from '../lib/messages/desk/zh-CN.ts';
import { createTranslate } from '../lib/messages/translator.ts';
import { DeskWordsContext, NO_VOCABULARY, type DeskWords, type Vocabulary } from './desk-words.tsx';
import { MemoryRouter, useLocation } from './router.tsx';

/** What was asked of the server, by operation name. */
export interface Asked {
  readonly name: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

type Answer = (variables: Readonly<Record<string, unknown>>) => Record<string, unknown>;

/** Renders a desk page in English, in Shanghai, with a server that answers by operation name. */
export function renderDesk(page: ReactNode, options: { readonly at?: string; readonly answers?: Readonly<Record<string, Answer>>; readonly vocabulary?: Partial<Vocabulary>; readonly locale?: 'zh-CN' | 'en' } = {}) {
  const asked: Asked[] = [];
  const link = new ApolloLink((operation) => new Observable((observer) => {
    const name = operation.operationName ?? '';
    asked.push({ name, variables: operation.variables });
    const answer = options.answers?.[name];
    if (answer !== undefined) queueMicrotask(() => {
      observer.next({ data: answer(operation.variables) });
      observer.complete();
    });
  }));
  const locale = options.locale ?? 'en';
  const { desk, queue, notices } = locale === 'en' ? catalogEnglish : catalogChinese;
  const words: DeskWords = {
    locale, timeZone: 'Asia/Shanghai', t: createTranslate(locale, desk), queue: createTranslate(locale, queue), notices: createTranslate(locale, notices), knows: (key): key is DeskMessageKey => key in desk, setLocale: () => {}, vocabulary: { ...NO_VOCABULARY, ...options.vocabulary },
  };
  let search = '';
  const Address = () => {
    const location = useLocation();
    search = location.pathname + location.search;
    return null;
  };
  render(
    <ApolloProvider client={new ApolloClient({ link, cache: new InMemoryCache() })}>
      <MemoryRouter initialEntries={[options.at ?? '/']}>
        <DeskWordsContext value={words}>{page}<Address /></DeskWordsContext>
      </MemoryRouter>
    </ApolloProvider>,
  );
  return { asked, address: () => search };
}

export const SUSPENSION_REASONS = [
  { key: 'awaiting-user', zh: '等待用户回复', en: "Awaiting user's reply" }, { key: 'other', zh: '其他', en: 'Other' },
];
