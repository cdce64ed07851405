import { fileURLToPath } from 'node:url';
import { importCis, importConnections, importRelations } from '../features/import/import-cmdb.service.ts';
import { CI_COLUMNS, RELATION_COLUMNS } from '../features/import/import-cmdb.rules.ts';
import { SYSTEM } from '../kernel/actor.ts';
import type { Database } from '../platform/db/database.ts';
import { readCsvFile } from '../platform/files/csv-file.ts';
import type { DemoWorld } from './demo-world.ts';

const path = (name: string): string => fileURLToPath(new URL(`../../data/${name}`, import.meta.url));
const CIS = path('cmdb_ci.csv.gz');
const RELATIONS = path('cmdb_relations.csv.gz');
const CONNECTIONS = path('cmdb_port_connections.csv.gz');
const SOURCE = 'netbox-demo';

/** Which customer of the demo has a site of the register: a fixed table, by the beginning of its name; the first that fits. */
const SITE_OWNERS: readonly (readonly [prefix: string, customer: string])[] = [
  ['DM-A', '浦江中心医院'], ['DM-B', '浦江中心医院'], ['DM-C', '临港精密制造'], ['DM-N', '临港精密制造'], ['DM-P', '申江物流'], ['DM-R', '申江物流'],
  ['DM-S', '外滩华亭酒店'], ['DM-', '虹桥置地'], ['JBB', '沪东银行徐汇支行'], ['', '松江理工大学'],
];
/** Clusters stand at no site of theirs: dealt out by their numbers, virtual machines follow their cluster. */
const CLUSTER_OWNERS = ['浦江中心医院', '静安政务服务中心', '临港精密制造', '沪东银行徐汇支行', '松江理工大学', '申江物流', '静安政务服务中心', '虹桥置地'];

/** The CIs of `server/data`, each as an item of one of the demo's customers, with their relations and cables. */
export async function importDemoCmdb(database: Database, world: DemoWorld): Promise<void> {
  const actor = SYSTEM('demo');
  const owners = await demoOwners();
  const customers = new Map([...owners].flatMap(([key, name]) => {
    const id = world.customers.get(name);
    return id === undefined ? [] : [[key, id] as const];
  }));
  await importCis(database, actor, { path: CIS, source: SOURCE, customers });
  await importRelations(database, actor, { path: RELATIONS, source: SOURCE });
  await importConnections(database, actor, { path: CONNECTIONS, source: SOURCE });
}

/** Names of the demo's customers by the register's keys. What neither a site nor a cluster decides follows what it is related to. */
async function demoOwners(): Promise<Map<string, string>> {
  const cis = (await readCsvFile(CIS, CI_COLUMNS, ['ci_id', 'class', 'name'])).rows.map(({ cells }) => cells);
  const relations = (await readCsvFile(RELATIONS, RELATION_COLUMNS, RELATION_COLUMNS)).rows.map(({ cells }) => cells);
  const owners = new Map<string, string>();
  for (const [index, { ci_id: key, class: kind, name, site }] of cis.entries()) {
    const where = kind === 'site' ? name : site;
    if (where !== '') owners.set(key, SITE_OWNERS.find(([prefix]) => where.startsWith(prefix))?.[1] ?? '');
    else if (kind === 'cluster') owners.set(key, CLUSTER_OWNERS[index % CLUSTER_OWNERS.length] ?? '');
  }
  // A feed hangs on a rack's device, a line on a router: two steps reach everything that is reached at all.
  for (let step = 0; step < 3; step += 1) {
    for (const { source, target } of relations) {
      const [from, to] = [owners.get(source), owners.get(target)];
      if (from === undefined && to !== undefined) owners.set(source, to);
      if (to === undefined && from !== undefined) owners.set(target, from);
    }
  }
  return owners;
}
