/**
 * A team's 50 most urgent of 10,000 open incidents, with team, customer, holder and clocks, over HTTP by a token that sees that team:
 * ours as a trusted document and as text, beside a bare server and the libraries, on one database.
 */
import type { Bench } from './harness/bench.ts';
import { withStarted } from './harness/started.ts';
import { documentOf } from './reads/documents.ts';
import { AD_HOC, measurePage, OURS } from './reads/page-bench.ts';
import { inOurWords, QUEUE } from './reads/postgraphile-pages.ts';

export const bench: Bench = {
  name: 'queue-page',
  work: '50 of 10,000 open incidents by time to breach with team, customer, holder and two clocks, under authority and filter, over HTTP at 16 connections',
  run: (run) => withStarted((started) => measurePage(run, started, {
    aims: [{ of: 'raw', least: 0.6 }, { of: 'apollo', least: 4 }, { of: 'mercurius-jit', least: 1.2 }, { of: 'postgraphile', least: 1.5 }],
    peers: ({ teamId }) => {
      const { text, byHash } = documentOf('TeamQueue');
      const variables = { teamId, first: 50 };
      const asText = { query: text, variables, operationName: 'TeamQueue' };
      return [
        { key: OURS, script: 'serve-ours', body: { ...byHash, variables } },
        { key: AD_HOC, script: 'serve-ours', body: { ...asText, query: `${text}\n# as text` } },
        { key: 'raw', script: 'serve-raw', body: { operationName: 'TeamQueue', variables } },
        { key: 'apollo', script: 'serve-apollo', body: asText },
        { key: 'mercurius-jit', script: 'serve-mercurius', body: asText },
        { key: 'postgraphile', script: 'serve-postgraphile', body: { query: QUEUE, variables: { teamId } }, translate: inOurWords },
      ];
    },
  })),
};
