import { defineConfig } from 'vitest/config';
import { fileURLToPath } from 'node:url';

const graphql = fileURLToPath(new URL('server/node_modules/graphql/index.js', import.meta.url));

/** Suites, run by name (`pnpm vitest --project unit`): pure rules, real PostgreSQL, faults, screens in happy-dom, real Chromium. */
export default defineConfig({
  oxc: { decorator: { legacy: true } },
  // One copy of graphql: its classes are compared by identity.
  resolve: { alias: { graphql } },
  test: {
    projects: [
      { extends: true, test: { name: 'unit', include: ['server/src/**/*.test.ts', 'test/architecture/**/*.test.ts'], environment: 'node' } },
      {
        extends: true,
        test: {
          name: 'database', include: ['test/{api,database,live,scenario}/**/*.test.ts'], environment: 'node',
          testTimeout: 60_000, hookTimeout: 120_000, globalSetup: ['test/support/global-setup.ts'], maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'faults', include: ['test/faults/**/*.test.ts'], environment: 'node',
          // Each starts several processes and judges how late they are: one after another, when the database suite is done.
          testTimeout: 60_000, hookTimeout: 120_000, globalSetup: ['test/support/global-setup.ts'], maxWorkers: 1, sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: { name: 'screen', include: ['wallboard/src/**/*.test.{ts,tsx}'], environment: 'happy-dom', testTimeout: 20_000, globalSetup: ['wallboard/generate.ts'] },
      },
      {
        extends: true,
        test: {
          name: 'browser', include: ['test/wallboard/**/*.test.ts'], environment: 'node',
          testTimeout: 120_000, hookTimeout: 180_000, maxWorkers: 1,
          // A page, a server and a database share two busy cores: once more tells a late machine from a fault. `pnpm test` names each that needed it.
          retry: 1,
          globalSetup: ['test/support/global-setup.ts', 'test/support/wallboard-setup.ts'],
        },
      },
    ],
  },
});
