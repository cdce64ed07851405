import { ApolloProvider } from '@apollo/client/react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { createDeskClient } from './desk-client.ts';
import { DeskApp } from './desk-app.tsx';
import './desk.css';

/** Starts the pages for people at a desk. */
export function mountDesk(root: HTMLElement): void {
  const client = createDeskClient(() => {
    const { pathname, search } = window.location;
    if (pathname !== '/sign-in') window.location.assign(`/sign-in?next=${encodeURIComponent(pathname + search)}`);
  });
  createRoot(root).render(
    <ApolloProvider client={client}>
      <BrowserRouter>
        <DeskApp />
      </BrowserRouter>
    </ApolloProvider>,
  );
}
