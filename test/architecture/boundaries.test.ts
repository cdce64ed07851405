import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const BIN = 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs';
const PLANTED = 'test/architecture/planted';

interface Report {
  readonly summary: { readonly violations: readonly { readonly rule: { readonly name: string }; readonly from: string; readonly to: string }[] };
}

/** What the rules find: "rule: from → to". */
async function violations(folder: string, root: string): Promise<string[]> {
  const run = promisify(execFile)(process.execPath, [BIN, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', folder], {
    cwd: ROOT, env: { ...process.env, BOUNDARIES_ROOT: root }, maxBuffer: 50_000_000,
  });
  // It ends with the number of errors as its exit code.
  const { stdout } = await run.catch((error: { stdout: string }) => error);
  const report = JSON.parse(stdout) as Report;
  const short = (path: string) => path.replace(`${root}/`, '').replace('features/', '');
  return [...new Set(report.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${short(from)} → ${short(to)}`))].sort();
}

test('every border is found when it is crossed, and nothing else', { timeout: 60_000 }, async () => {
  expect(await violations(PLANTED, PLANTED)).toEqual([
    'app-is-on-top: board/board.service.ts → app/compose.ts',
    'entities-stay-below-services: incident/incident.resolver.ts → team/team.entity.ts',
    'kernel-imports-nothing: kernel/leaky.ts → fs',
    'manifests-are-for-app: board/board.service.ts → team/index.ts',
    'no-cycles: board/a.ts → board/b.ts',
    'no-neighbours-access: access/access.service.ts → calendar/calendar.service.ts',
    'no-unresolvable: board/board.service.ts → ./not-there.ts',
    'not-to-tests: board/bold.service.ts → board/shy.fixture.ts',
    'platform-knows-no-feature: platform/nosy.ts → ticket/ticket.rules.ts',
    'public-by-role: board/board.service.ts → team/index.ts',
    'public-by-role: incident/incident.service.ts → team/team.queries.ts',
    'rules-are-pure: ticket/sleepy.rules.ts → timers/promises',
    'rules-are-pure: ticket/ticket.rules.ts → platform/db/database.ts',
    'rules-know-no-platform: ticket/ticket.rules.ts → platform/db/database.ts',
    'tier-5-imports-nothing-above: ticket/upwards.service.ts → incident/incident.service.ts',
    'types-are-for-types: incident/incident.queries.ts → team/team.types.ts',
  ]);
});

test('the server keeps its borders', { timeout: 120_000 }, async () => {
  expect(await violations('server/src', 'server/src')).toEqual([]);
});
