/**
 * The borders of server/decisions and architecture: who may import whom. Tried on planted violations by
 * test/architecture/boundaries.test.ts, so that a rule that forbids nothing is noticed.
 */
const SOURCE = process.env.BOUNDARIES_ROOT || 'server/src';

/** Features by tier, lowest first; a feature imports only from lower tiers, and tells upwards through the event log. */
const TIERS = [
  ['access', 'calendar'],
  ['team', 'service-level'],
  ['customer', 'document'],
  ['cmdb', 'knowledge'],
  ['ticket'],
  ['clock'],
  ['handoff'],
  ['change'],
  ['problem'],
  ['incident', 'record'],
  ['release', 'alert', 'vendor', 'emergency', 'review', 'shift-handover'],
  ['board', 'import', 'metrics', 'notification', 'audit', 'report', 'what-if', 'portal'],
  ['screen'],
];
const feature = (names) => `^${SOURCE}/features/(${names.join('|')})/`;
const upwards = TIERS.slice(0, -1).map((names, index) => ({
  name: `tier-${index + 1}-imports-nothing-above`,
  comment: 'A feature imports only from lower tiers. What must travel up goes through the event log, or is a field declared in the higher feature.',
  severity: 'error',
  from: { path: feature(names) },
  to: { path: feature(TIERS.slice(index + 1).flat()) },
}));
const sideways = TIERS.filter((names) => names.length > 1).map((names) => ({
  name: `no-neighbours-${names[0]}`,
  comment: 'Features of one tier do not know each other.',
  severity: 'error',
  from: { path: `^${SOURCE}/features/(${names.join('|')})/` },
  to: { path: feature(names), pathNot: `^${SOURCE}/features/$1/` },
}));
const TEST = '\\.(test|fixture)\\.ts$';

module.exports = {
  forbidden: [
    {
      name: 'kernel-imports-nothing', severity: 'error',
      comment: 'The kernel is words for all: it imports only itself.',
      from: { path: `^${SOURCE}/kernel/`, pathNot: TEST }, to: { pathNot: `^${SOURCE}/kernel/` },
    },
    {
      name: 'rules-are-pure', severity: 'error',
      comment: 'Rules decide from facts and "now": no platform, no Node, no ORM. They may look at other rules, and at the types of entities.',
      from: { path: '\\.rules\\.ts$' },
      to: { pathNot: [`^${SOURCE}/kernel/`, '\\.rules\\.ts$', '/node_modules/zod/', '^zod$', '/node_modules/ical\\.js/', '^ical\\.js$', '\\.json$'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'rules-know-no-platform', severity: 'error',
      comment: 'Not even a type of the platform belongs into a rule.',
      from: { path: '\\.rules\\.ts$' }, to: { path: `^${SOURCE}/(platform|app|commands)/` },
    },
    {
      name: 'public-by-role', severity: 'error',
      comment: 'Another feature sees rules and services; types see types, entities see entities (and rules of either may see an entity\'s type). Nothing else is public.',
      from: { path: `^${SOURCE}/features/([^/]+)/`, pathNot: TEST },
      to: {
        path: `^${SOURCE}/features/`,
        pathNot: [`^${SOURCE}/features/$1/`, '\\.(rules|service)\\.ts$', '\\.types\\.ts$', '\\.entity\\.ts$'],
      },
    },
    {
      name: 'types-are-for-types', severity: 'error',
      comment: 'Only types, inputs and resolvers of another feature may use its GraphQL classes; queries and loaders may name them.',
      from: { path: `^${SOURCE}/features/([^/]+)/`, pathNot: ['\\.(types|inputs|resolver)\\.ts$', TEST] },
      to: { path: `^${SOURCE}/features/[^/]+/[^/]+\\.types\\.ts$`, pathNot: `^${SOURCE}/features/$1/`, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'entities-stay-below-services', severity: 'error',
      comment: 'Tables of lower features are joined by entities and, within one unit of work, by services and loaders; resolvers and types ask those.',
      from: { path: `^${SOURCE}/features/([^/]+)/`, pathNot: ['\\.(entity|service|loaders)\\.ts$', TEST] },
      to: { path: `^${SOURCE}/features/[^/]+/[^/]+\\.entity\\.ts$`, pathNot: `^${SOURCE}/features/$1/`, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'manifests-are-for-app', severity: 'error',
      comment: 'A feature\'s index.ts is read by app/features.ts only: no barrels.',
      from: { pathNot: [`^${SOURCE}/app/`, TEST] }, to: { path: `^${SOURCE}/features/[^/]+/index\\.ts$` },
    },
    {
      name: 'platform-knows-no-feature', severity: 'error',
      comment: 'The platform does I/O and has no business words.',
      from: { path: `^${SOURCE}/platform/` }, to: { path: `^${SOURCE}/(features|app|commands|seed)/` },
    },
    {
      name: 'app-is-on-top', severity: 'error',
      comment: 'Only commands, the entry files and tests stand above the composition root.',
      from: { path: `^${SOURCE}/features/`, pathNot: TEST }, to: { path: `^${SOURCE}/(app|commands|seed)/` },
    },
    { name: 'no-cycles', severity: 'error', comment: 'Nothing returns to an earlier file.', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    { name: 'no-unresolvable', severity: 'error', comment: 'An import that leads nowhere.', from: {}, to: { couldNotResolve: true } },
    {
      name: 'not-to-tests', severity: 'error', comment: 'Nothing that ships leans on a test.',
      from: { pathNot: TEST }, to: { path: TEST },
    },
    ...upwards,
    ...sideways,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'], extensions: ['.ts', '.js', '.json'] },
  },
};
