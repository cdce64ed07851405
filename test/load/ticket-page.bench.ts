/** One incident five levels deep with 50 entries of its history, over HTTP: ours as a trusted document and as text, beside a bare server and the libraries. */
import type { Bench } from './harness/bench.ts';
import { withStarted } from './harness/started.ts';
import { documentOf } from './reads/documents.ts';
import { AD_HOC, measurePage, OURS } from './reads/page-bench.ts';
import { inOurWords, TICKET } from './reads/postgraphile-pages.ts';

export const bench: Bench = {
  name: 'ticket-page',
  work: 'one incident with clocks and what fired, handoffs, work log, people and 50 entries of history, under authority, over HTTP at 16 connections',
  run: (run) => withStarted((started) => measurePage(run, started, {
    aims: [{ of: 'raw', least: 0.55 }],
    peers: ({ ticketId }) => {
      const { text, byHash } = documentOf('TicketPage');
      const variables = { id: ticketId };
      const asText = { query: text, variables, operationName: 'TicketPage' };
      return [
        { key: OURS, script: 'serve-ours', body: { ...byHash, variables } },
        { key: AD_HOC, script: 'serve-ours', body: { ...asText, query: `${text}\n# as text` } },
        { key: 'raw', script: 'serve-raw', body: { operationName: 'TicketPage', variables } },
        { key: 'apollo', script: 'serve-apollo', body: asText },
        { key: 'mercurius-jit', script: 'serve-mercurius', body: asText },
        { key: 'postgraphile', script: 'serve-postgraphile', body: { query: TICKET, variables }, translate: inOurWords },
      ];
    },
  })),
};
