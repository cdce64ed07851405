/** The pages in the words that PostGraphile gives to the views, and its answers in ours. */
export const QUEUE = `query($teamId: UUID!) {
  incidents: allIncidents(condition: { teamId: $teamId, open: true }, orderBy: [NEXT_DUE_AT_ASC, LEVEL_ASC, ROW_ID_ASC], first: 50) {
    edges { node { id: rowId number version title state started level category urgeCount reportedAt updatedAt customer { id: rowId name } team { id: rowId name nameZh } holder { id: rowId name }
      clocks(orderBy: KIND_DESC) { nodes { id: rowId kind state outcome startAt dueAt targetSeconds breachedAt } } } }
    pageInfo { hasNextPage }
  } }`;

export const TICKET = `query($id: UUID!) {
  incident: incidentByRowId(rowId: $id) {
    id: rowId number version title description state started level impact urgency category channel reportedAt respondedAt updatedAt
    customer { id: rowId name timeZone } team { id: rowId name nameZh line } holder { id: rowId name } firstContactEngineer { id: rowId name }
    clocks(orderBy: KIND_DESC) { nodes { id: rowId kind state outcome startAt dueAt targetSeconds breachedAt metAt breachTeam { name } breachHolder { name }
      firings(orderBy: [AT_ASC, ROW_ID_ASC]) { nodes { step at firedAt late } } } }
    handoffs(orderBy: [REQUESTED_AT_ASC, ROW_ID_ASC]) { nodes { id: rowId state reason requestedAt requestedBy decidedAt decidedBy fromTeam { id: rowId name nameZh } toTeam { id: rowId name nameZh } toPerson { id: rowId name } } }
    workLog(orderBy: [OCCURRED_AT_ASC, ROW_ID_ASC]) { nodes { id: rowId kind text occurredAt author minutes } }
    timeline(orderBy: [OCCURRED_AT_DESC, PLACE_DESC], first: 50) { nodes { seq type occurredAt recordedAt actor reason before after } }
  } }`;

const INSTANT = /At$|^at$/;

/** Lists without `nodes`, instants as we write them, who held a breached clock as one object. */
export function inOurWords(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOurWords);
  if (typeof value !== 'object' || value === null) return value;
  const keys = Object.keys(value);
  if (keys.length === 1 && 'nodes' in value) return inOurWords(value.nodes);
  const pairs = Object.entries(value).filter(([key]) => key !== 'breachTeam' && key !== 'breachHolder')
    .map(([key, one]): [string, unknown] => [key, INSTANT.test(key) && typeof one === 'string' ? new Date(one).toISOString().replace('.000Z', 'Z') : inOurWords(one)]);
  if (!('breachTeam' in value)) return Object.fromEntries(pairs);
  const { breachTeam, breachHolder, breachedAt } = value as { breachTeam: { name: string } | null; breachHolder: { name: string } | null; breachedAt: string | null };
  return { ...Object.fromEntries(pairs), breachHeldBy: breachedAt === null ? null : { team: breachTeam?.name ?? null, holder: breachHolder?.name ?? null } };
}
