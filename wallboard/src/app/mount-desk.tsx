import { ApolloProvider } from '@apollo/client/react';
import { createRoot } from 'react-dom/client';
import { keepFocus } from '../lib/keep-focus.ts';
import { deskCatalog } from '../lib/messages/desk/catalog.ts';
import { chosenLocale } from '../lib/messages/locale-choice.ts';
import { createDeskClient } from './desk-client.ts';
import { DeskApp } from './desk-app.tsx';
import { BrowserRouter } from './router.tsx';
import './desk.css';

/** Starts the pages for people at a desk. */
export async function mountDesk(root: HTMLElement): Promise<void> {
  const locale = chosenLocale(window.location.search);
  const first = { locale, catalog: await deskCatalog(locale) };
  const client = createDeskClient(() => {
    const { pathname, search } = window.location;
    if (pathname !== '/sign-in') window.location.assign(`/sign-in?next=${encodeURIComponent(pathname + search)}`);
  });
  keepFocus(document);
  createRoot(root).render(
    <ApolloProvider client={client}>
      <BrowserRouter>
        <DeskApp first={first} />
      </BrowserRouter>
    </ApolloProvider>,
  );
}
