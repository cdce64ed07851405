import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileURLToPath } from 'node:url';
import { importCis, importConnections, importRelations } from '../../server/src/features/import/import-cmdb.service.ts';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import { openApi } from '../support/open-api.ts';

const api = await openApi();
afterAll(() => api.close());
const real = (name: string) => ({ path: fileURLToPath(new URL(`../../server/data/${name}`, import.meta.url)), source: 'register' });
const idOf = async (externalId: string) => (await api.database.em.execute<{ id: string }[]>('select id from ci where external_id = ?', [externalId]))[0]?.id ?? '';

beforeAll(async () => {
  await importCis(api.database, SYSTEM('import'), real('cmdb_ci.csv.gz'));
  await importRelations(api.database, SYSTEM('import'), real('cmdb_relations.csv.gz'));
  await importConnections(api.database, SYSTEM('import'), real('cmdb_port_connections.csv.gz'));
});

describe('CMDB-07 drawn from the data', () => {
  const RACKS = 'query($site: String, $first: Int! = 20, $after: String) { racks(site: $site, first: $first, after: $after) { nodes { name units unitsAssumed placed { name unit height } unplaced { name reason } } pageInfo { hasNextPage endCursor } } }';

  test('CMDB-07 a rack shows its devices at their units', async () => {
    const { data } = await api.ask('desk', RACKS, { site: 'DM-Akron' });
    const [rack, ...others] = data.racks.nodes;
    expect([rack.name, rack.units, rack.unitsAssumed, rack.unplaced, others]).toEqual(['Comms closet', 42, true, [], []]);
    expect(rack.placed).toEqual([
      { name: 'unnamed-74', unit: 11, height: 1 }, { name: 'dmi01-akron-sw01', unit: 10, height: 1 },
      { name: 'dmi01-akron-rtr01', unit: 4, height: 1 }, { name: 'dmi01-akron-pdu01', unit: 1, height: 1 },
    ]);
  });

  test('CMDB-07 racks come page by page, each once', async () => {
    const names: string[] = [];
    for (let after: string | null = null, more = true; more;) {
      const { data } = await api.ask('desk', RACKS, { first: 20, after });
      names.push(...data.racks.nodes.map(({ name }: { name: string }) => name));
      ({ hasNextPage: more, endCursor: after } = data.racks.pageInfo);
    }
    expect(names).toHaveLength(42);
    expect((await api.ask('desk', RACKS, { after: 'nonsense' })).errors).toEqual(['INVALID_INPUT']);
  });

  test('CMDB-07 the network of a place: its links with their ports', async () => {
    const { data } = await api.ask('desk', '{ networkTopology(site: "DM-Akron") { nodes { name } links { ports } cutOff } }');
    expect(data.networkTopology.nodes.map(({ name }: { name: string }) => name)).toContain('dmi01-akron-rtr01');
    expect(data.networkTopology.links.length).toBeGreaterThan(0);
    expect(data.networkTopology.cutOff).toBe(false);
  });

  test('CMDB-07 the port connection table holds every cable and finds one by its port', async () => {
    const first = await api.ask('desk', '{ portConnections(first: 100) { nodes { cable } pageInfo { hasNextPage endCursor } } }');
    expect([first.data.portConnections.nodes.length, first.data.portConnections.pageInfo.hasNextPage]).toEqual([100, true]);
    const rest = await api.ask('desk', 'query($after: String) { portConnections(first: 100, after: $after) { nodes { cable } pageInfo { hasNextPage } } }', { after: first.data.portConnections.pageInfo.endCursor });
    expect([rest.data.portConnections.nodes.length, rest.data.portConnections.pageInfo.hasNextPage]).toEqual([8, false]);
    const one = await api.ask('desk', 'query($ci: ID!) { portConnections(ciId: $ci, search: "GigabitEthernet0/0/0") { nodes { cable aName aPort bPort cableType status } } }', { ci: await idOf('device-13') });
    expect(one.data.portConnections.nodes).toMatchObject([{ cable: 'cable-1', aPort: 'side Z', bPort: 'GigabitEthernet0/0/0', cableType: 'smf', status: 'connected' }]);
  });

  test("ORG-03 CMDB-07 a customer's people see nothing of items that are not theirs", async () => {
    const { data } = await api.ask('contact', '{ racks { nodes { name } } networkTopology { nodes { name } links { ports } } portConnections { nodes { cable } } ciSites { site } }');
    expect(data).toEqual({ racks: { nodes: [] }, networkTopology: { nodes: [], links: [] }, portConnections: { nodes: [] }, ciSites: [] });
    expect((await api.ask(null, '{ racks { nodes { name } } }')).errors).toEqual(['UNAUTHENTICATED']);
  });
});

describe('CMDB-02 the label', () => {
  const LABEL = 'query($id: ID!, $origin: String!) { ciLabel(id: $id, origin: $origin) { number name address qrSvg } }';

  test('CMDB-02 carries the number and a code that opens the page of the item', async () => {
    const id = await idOf('device-1');
    const { data } = await api.ask('desk', LABEL, { id, origin: 'https://desk.example.com' });
    expect(data.ciLabel).toMatchObject({ name: 'dmi01-akron-rtr01', number: 'device-1', address: `https://desk.example.com/cmdb/ci/${id}` });
    expect(data.ciLabel.qrSvg).toMatch(/^<svg/);
  });

  test.each(['javascript:alert(1)', 'https://desk.example.com/evil', 'desk', ''])('CMDB-02 leads nowhere but to a web address: %s is refused', async (origin) => {
    expect((await api.ask('desk', LABEL, { id: await idOf('device-1'), origin })).errors).toEqual(['INVALID_INPUT']);
  });

  test("ORG-03 CMDB-02 of another's item there is none", async () => {
    expect((await api.ask('contact', LABEL, { id: await idOf('device-1'), origin: 'https://desk.example.com' })).data).toEqual({ ciLabel: null });
  });
});
