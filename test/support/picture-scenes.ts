import type { Page } from 'playwright-core';

/** Asks the demo's API as the person who is signed in. */
export type Ask = <Answer>(query: string) => Promise<Answer>;

/** One picture: who looks at what, and when the page is ready. */
export interface Scene {
  readonly name: string;
  /** Sign-in name before the @; one that the service manager may not see has another. */
  readonly person?: string;
  /** Its path, or how to find one that shows much. */
  readonly path: string | ((ask: Ask) => Promise<string>);
  /** What has to be there. */
  readonly ready: string;
  readonly before?: (page: Page) => Promise<void>;
  /** It speaks both languages at once, whichever is chosen. */
  readonly bilingual?: boolean;
}

/** So many days from now in Shanghai. */
function localDay(ahead: number): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(Date.now() + ahead * 86_400_000);
}

/** The first record that a list of the API answers. */
function firstOf(path: string, list: string, selection: string): (ask: Ask) => Promise<string> {
  return async (ask) => {
    const answer = await ask<Record<string, { readonly edges: readonly { readonly node: { readonly number: string } }[] }>>(`{ list: ${list} { edges { node { ${selection} } } } }`);
    const number = answer['list']?.edges[0]?.node.number;
    if (number === undefined) throw new Error(`The demo has nothing of ${list}.`);
    return `${path}/${number}`;
  };
}

const change = (filter: string) => firstOf('/changes', `changes(first: 1, filter: { ${filter} })`, 'number');
const release = (filter: string) => firstOf('/releases', `releases(first: 1, filter: { ${filter} })`, 'number');

/** The pages of incidents. */
export const INCIDENT_SCENES: readonly Scene[] = [
  { name: 'board', path: '/board', ready: '.row .clock-figure' },
  { name: 'queue', path: '/queue', ready: '.grid-row .cell-title b' },
  { name: 'ticket', path: tellingIncident, ready: '.timeline li', before: openLongestClock },
  { name: 'my-work', person: 'network', path: '/my-work', ready: '.work-row' },
  { name: 'notices', person: 'network', path: '/notices', ready: '.notice-item' },
  { name: 'on-call', person: 'dept.manager', path: '/on-call', ready: '.roster-shift' },
  { name: 'shift-handovers', person: 'duty', path: '/on-call/handovers', ready: 'main h1' },
  { name: 'shift-handover', person: 'duty', path: async (ask) => `/on-call/handovers/${(await ask<{ shiftHandovers: readonly { readonly id: string }[] }>('{ shiftHandovers(first: 1) { id } }')).shiftHandovers[0]?.id ?? ''}`, ready: '.handover-lines li' },
  { name: 'screens', path: '/screens', ready: 'main h1', before: async (page) => page.locator('.screens-head button').click() },
  { name: 'screen-code', path: '/screen', ready: '.pair-code', bilingual: true },
  { name: 'intake', person: 'desk', path: '/record', ready: 'form' },
  { name: 'handoffs', path: '/handoffs?period=30', ready: '.handoffs h2' },
];

/** The pages of a customer's own people (WBD-12). */
export const CUSTOMER_SCENES: readonly Scene[] = [
  { name: 'my', person: 'hospital', path: '/my', ready: '.my-list tbody tr' },
  { name: 'my-waiting', person: 'hospital', path: '/my?view=waiting', ready: '.my-list tbody tr' },
  { name: 'my-incident', person: 'hospital', path: waitingIncident, ready: '.my-promises li' },
  { name: 'my-new', person: 'hospital', path: '/my/new', ready: '.my-grades label' },
  { name: 'my-changes', person: 'hospital', path: '/my/work', ready: '.my-list tbody tr' },
  { name: 'my-change', person: 'hospital', path: firstOf('/my/changes', 'changes(first: 1)', 'number'), ready: 'main h1' },
  { name: 'my-release', person: 'hospital', path: firstOf('/my/releases', 'releases(first: 1)', 'number'), ready: 'main h1' },
  { name: 'my-report', person: 'hospital', path: '/my/report', ready: '.my-figures tr[data-figure]' },
];

async function waitingIncident(ask: Ask): Promise<string> {
  const { myIncidents } = await ask<{ myIncidents: { incidents: readonly { number: string }[] } }>('{ myIncidents(view: WAITING, first: 1) { incidents { number } } }');
  return `/my/incidents/${myIncidents.incidents[0]?.number ?? ''}`;
}

/** An id of the demo: the first of a list of the API. */
function admin(section: string, list: string): (ask: Ask) => Promise<string> {
  return async (ask) => {
    const answer = await ask<{ readonly list: readonly { readonly id: string }[] | { readonly edges: readonly { readonly node: { readonly id: string } }[] } }>(`{ list: ${list} }`);
    const id = 'edges' in answer.list ? answer.list.edges[0]?.node.id : answer.list[0]?.id;
    if (id === undefined) throw new Error(`The demo has nothing of ${list}.`);
    return `/admin/${section}/${id}`;
  };
}

async function officeHours(ask: Ask): Promise<string> {
  const { calendars } = await ask<{ calendars: readonly { readonly id: string; readonly name: string }[] }>('{ calendars { id name } }');
  return `/admin/calendars/${calendars.find(({ name }) => name.startsWith('5×8'))?.id ?? ''}`;
}

/** The administrator's pages (WBD-11). */
export const ADMIN_SCENES: readonly Scene[] = [
  { name: 'admin-people', person: 'admin', path: '/admin/people', ready: 'tbody td a' },
  { name: 'admin-person', person: 'admin', path: admin('people', 'people(first: 1) { id }'), ready: '.admin-columns' },
  { name: 'admin-teams', person: 'admin', path: '/admin/teams', ready: 'tbody td a' },
  { name: 'admin-team', person: 'admin', path: admin('teams', 'teams { id }'), ready: '.admin-columns td' },
  { name: 'admin-customers', person: 'admin', path: '/admin/customers', ready: 'tbody td a' },
  { name: 'admin-customer', person: 'admin', path: admin('customers', 'customers(first: 1) { edges { node { id } } }'), ready: '.admin-stack td' },
  { name: 'admin-agreements', person: 'admin', path: '/admin/agreements', ready: 'tbody td a' },
  { name: 'admin-agreement', person: 'admin', path: admin('agreements', 'agreements(first: 1) { id }'), ready: '.agreement-lines' },
  { name: 'admin-services', person: 'admin', path: '/admin/services', ready: 'tbody td' },
  { name: 'admin-policies', person: 'admin', path: '/admin/policies', ready: '.policy-cards a' },
  { name: 'admin-policy', person: 'admin', path: '/admin/policies/level-table', ready: '.side-by-side td' },
  { name: 'admin-calendars', person: 'admin', path: '/admin/calendars', ready: 'tbody td a' },
  { name: 'admin-calendar', person: 'admin', path: officeHours, ready: '.admin-columns .hours' },
  { name: 'admin-tokens', person: 'admin', path: '/admin/tokens', ready: 'main h1' },
  { name: 'admin-audit', person: 'admin', path: '/admin/audit', ready: 'tbody td' },
];

/** Every page of changes, releases, problems, knowledge, the CMDB, vendor cases, reviews and metrics. */
export const PROCESS_SCENES: readonly Scene[] = [
  { name: 'changes', path: '/changes', ready: '.changes-list tbody tr' },
  { name: 'change', path: change('categories: [MAJOR], states: [CLOSED]'), ready: '.timeline li' },
  { name: 'change-emergency', path: change('categories: [EMERGENCY], states: [CLOSED]'), ready: '.timeline li' },
  { name: 'change-approval', person: 'change.manager', path: change('states: [APPROVAL]'), ready: '.timeline li' },
  { name: 'change-new', person: 'change.manager', path: '/changes/new', ready: 'form select' },
  { name: 'changes-agreed', person: 'change.manager', path: '/changes/agreed', ready: 'main h1' },
  { name: 'calendar', path: '/planning', ready: '.month .chip' },
  { name: 'calendar-week', path: `/planning?view=week&day=${localDay(3)}`, ready: '.week .bar' },
  { name: 'cab', person: 'change.manager', path: '/planning/cab', ready: '.cab .entries li' },
  { name: 'cab-meeting', person: 'change.manager', path: firstOf('/planning/cab', 'cabMeetings(first: 1)', 'number'), ready: 'main h1' },
  { name: 'freezes', person: 'change.manager', path: '/planning/freezes', ready: 'main h1' },
  { name: 'releases', path: '/releases', ready: 'main tbody tr' },
  { name: 'release', person: 'release.manager', path: release('states: [REPORTED]'), ready: '.timeline li' },
  { name: 'release-plan', path: '/releases/plan', ready: 'main h1' },
  { name: 'release-new', person: 'release.manager', path: '/releases/new', ready: 'form' },
  { name: 'problems', path: '/problems', ready: 'main h1' },
  { name: 'problem', path: firstOf('/problems', 'problems(first: 1, filter: { knownError: true })', 'number'), ready: '.timeline li' },
  { name: 'problem-new', path: '/problems/new', ready: 'form' },
  { name: 'trends', path: '/problems/trends', ready: 'main h1' },
  { name: 'vendor-cases', path: '/vendor-cases', ready: 'main h1' },
  { name: 'vendor-case', path: firstVendorCase, ready: 'main h1' },
  { name: 'reviews', path: '/reviews', ready: 'main h1' },
  { name: 'review', path: firstReview, ready: 'main h1' },
  { name: 'knowledge', path: '/knowledge?q=VPN', ready: 'main h1' },
  { name: 'article', path: firstArticle, ready: 'main h1' },
  { name: 'article-edit', person: 'knowledge.reviewer', path: async (ask) => `${await firstArticle(ask)}/edit`, ready: 'form' },
  { name: 'article-new', path: '/knowledge/write', ready: 'form' },
  { name: 'knowledge-manage', person: 'tech.manager', path: '/knowledge/manage', ready: 'main h1' },
  { name: 'cmdb', path: '/cmdb', ready: 'main tbody tr' },
  { name: 'ci-graph', path: farReachingItem, ready: '.graph-part svg, .graph-part .react-flow' },
  { name: 'ci-label', path: async (ask) => `${await farReachingItem(ask)}/label`, ready: '.asset-label img' },
  { name: 'topology', path: '/cmdb/topology', ready: '.graph-part .react-flow' },
  { name: 'racks', path: '/cmdb/racks', ready: 'main h1' },
  { name: 'ports', path: '/cmdb/ports', ready: 'main tbody tr' },
  { name: 'imports', person: 'configuration.manager', path: '/cmdb/import', ready: 'main h1' },
  { name: 'censuses', person: 'configuration.manager', path: '/cmdb/census', ready: 'main h1' },
  { name: 'baselines', person: 'configuration.manager', path: '/cmdb/baselines', ready: 'main h1' },
  { name: 'reports', person: 'configuration.manager', path: '/cmdb/reports', ready: 'main h1' },
  { name: 'metrics', path: '/metrics/quarter', ready: '.metric-cards svg' },
  { name: 'metrics-incidents', path: '/metrics/incidents', ready: '.metric-cards svg' },
  { name: 'metrics-problems', path: '/metrics/problems', ready: '.metric-cards svg' },
  { name: 'metrics-reports', path: '/metrics/reports', ready: 'main h1' },
  { name: 'metrics-service', path: '/metrics/service', ready: '.metric-reports select' },
];

const lastMonth = (): string => localDay(-Number(localDay(0).slice(-2))).slice(0, 7);

/** Pages of what the demo begins without: each is begun by looking for it. */
export const BEGUN_SCENES: readonly Scene[] = [
  { name: 'metrics-report', person: 'change.manager', path: () => Promise.resolve(`/metrics/reports/${lastMonth()}`), ready: 'main h1' },
  { name: 'queue-view', path: '/queue/v/all', ready: '.grid-row .cell-title b' },
  { name: 'cmdb-report', person: 'configuration.manager', path: begun('/cmdb/reports', `ciStatusReports(first: 1) { id }`, `issueCiStatusReport(input: { month: "${lastMonth()}" }) { begun: report { id } }`), ready: 'main h1' },
  { name: 'census', person: 'configuration.manager', path: begun('/cmdb/census', 'censuses(first: 1) { id }', 'startCensus(input: { ciClass: "circuit" }) { begun: census { id } }'), ready: 'main h1' },
  { name: 'import', person: 'configuration.manager', path: '/cmdb/import', ready: '.cmdb-form button', before: giveFile },
];

/** The page of the first of a list, or of what the mutation begins when there is none. */
function begun(page: string, list: string, mutation: string): (ask: Ask) => Promise<string> {
  return async (ask) => {
    const found = (await ask<{ list: readonly { readonly id: string }[] }>(`{ list: ${list} }`)).list[0];
    return `${page}/${(found ?? (await ask<{ made: { begun: { readonly id: string } } }>(`mutation { made: ${mutation} }`)).made.begun).id}`;
  };
}

/** The register's own export, given back: the page that compares the two. */
async function giveFile(page: Page): Promise<void> {
  const file = await page.request.get(`${new URL(page.url()).origin}/downloads/cmdb-register?kind=ci&format=csv&lang=en`);
  await page.locator('.cmdb-form input[type=file]').setInputFiles({ name: 'register.csv', mimeType: 'text/csv', buffer: await file.body() });
  await page.locator('.cmdb-form button').last().click();
  await page.waitForURL(/\/cmdb\/import\/./);
  await page.locator('main h1').waitFor();
}

async function firstVendorCase(ask: Ask): Promise<string> {
  const { vendorCases } = await ask<{ vendorCases: readonly { readonly number: string }[] }>('{ vendorCases(first: 1) { number } }');
  return `/vendor-cases/${vendorCases[0]?.number ?? ''}`;
}

async function firstReview(ask: Ask): Promise<string> {
  const { reviews } = await ask<{ reviews: readonly { readonly month: string }[] }>('{ reviews(first: 1) { month } }');
  return `/reviews/${reviews[0]?.month ?? ''}`;
}

async function firstArticle(ask: Ask): Promise<string> {
  const { searchKnowledge } = await ask<{ searchKnowledge: { readonly hits: readonly { readonly number: string }[] } }>('{ searchKnowledge(text: "VPN", first: 1) { hits { number } } }');
  return `/knowledge/${searchKnowledge.hits[0]?.number ?? ''}`;
}

async function farReachingItem(ask: Ask): Promise<string> {
  const { register } = await ask<{ register: { readonly nodes: readonly { readonly id: string; readonly relations: readonly unknown[] }[] } }>('{ register(first: 50, filter: { classes: ["site"] }) { nodes { id relations { relationId } } } }');
  const farthest = register.nodes.toSorted((a, b) => b.relations.length - a.relations.length || a.id.localeCompare(b.id))[0];
  return `/cmdb/ci/${farthest?.id ?? ''}`;
}

/** The clock with the longest arithmetic. */
async function openLongestClock(page: Page): Promise<void> {
  const rows = await page.locator('.clock-card').evaluateAll((cards) => cards.map((card) => card.querySelectorAll('tbody tr').length));
  await page.locator('.clock-card summary').nth(rows.indexOf(Math.max(...rows))).click();
}

interface Telling {
  readonly number: string;
  readonly handoffs: readonly unknown[];
  readonly workLog: readonly unknown[];
  readonly escalations: readonly unknown[];
  readonly suspensions: readonly unknown[];
}

/** An incident that shows much: open, suspended or handed over before, and talked about. */
async function tellingIncident(ask: Ask): Promise<string> {
  const query = '{ incidents(first: 100, filter: { openOnly: true }) { edges { node { number handoffs { id } workLog { id } escalations { id } suspensions { id } } } } }';
  const { incidents } = await ask<{ incidents: { edges: { node: Telling }[] } }>(query);
  const worth = (node: Telling): number => 2 * Math.min(2, node.handoffs.length) + 2 * Math.min(2, node.suspensions.length) + Math.min(3, node.workLog.length) + Math.min(1, node.escalations.length);
  const best = incidents.edges.map(({ node }) => node).toSorted((a, b) => worth(b) - worth(a) || a.number.localeCompare(b.number))[0];
  if (!best) throw new Error('The demo has no open incident.');
  return `/incident/${best.number}`;
}

/** What the README shows. */
export const README_PICTURES: ReadonlySet<string> = new Set([
  'board-zh', 'board-en', 'queue-zh', 'queue-en', 'ticket-zh', 'ticket-en',
  'change-zh', 'calendar-zh', 'cab-meeting-zh', 'problem-zh', 'knowledge-en', 'article-zh', 'ci-graph-zh', 'ci-graph-en', 'metrics-zh', 'metrics-en', 'release-en', 'topology-zh',
  'my-work-zh', 'handoffs-zh', 'on-call-zh', 'screens-zh', 'my-en', 'admin-policy-en',
]);
