import { takeBaseline } from '../features/cmdb/cmdb-baseline.service.ts';
import { setRedundancy } from '../features/cmdb/cmdb-relation.service.ts';
import { setServiceCis } from '../features/cmdb/cmdb-service.service.ts';
import { SYSTEM } from '../kernel/actor.ts';
import type { Database } from '../platform/db/database.ts';
import type { DemoWorld } from './demo-world.ts';

const actor = SYSTEM('demo');
/** Customers whose items have a baseline, from which the year's changes then differ. */
const WITH_BASELINE = ['浦江中心医院', '松江理工大学'];
const ITEMS_OF_A_SERVICE = 3;

/** What the register of the demo does not say: which services rest on which items, what has a second supply, how it stood at the start. */
export async function makeDemoConfiguration(database: Database, world: DemoWorld): Promise<void> {
  await nameServiceItems(database, [...world.services.values()]);
  await nameSecondSupplies(database);
  for (const name of WITH_BASELINE) {
    const customerId = world.customers.get(name);
    if (customerId) await database.change(actor, (change) => takeBaseline(change, { name: `${name} 初始基线`, description: '登记导入后的状态', customerId }));
  }
}

/** Clusters and circuits dealt out in turn: a failure of one reaches a service, and whoever has agreed on it. */
async function nameServiceItems(database: Database, services: readonly string[]): Promise<void> {
  const rows = await database.em.execute<{ id: string }[]>(`select id from ci where class in ('cluster', 'circuit') order by md5(name), id`);
  for (const [index, serviceId] of services.entries()) {
    const ciIds = rows.filter((_, place) => place % services.length === index).slice(0, ITEMS_OF_A_SERVICE).map(({ id }) => id);
    await database.change(actor, (change) => setServiceCis(change, { serviceId, ciIds }));
  }
}

/** Whatever is powered twice needs one of both. */
async function nameSecondSupplies(database: Database): Promise<void> {
  const rows = await database.em.execute<{ id: string; supplies: number }[]>(
    `select source_id as id, count(*)::int as supplies from ci_relation where type = 'powered_by' group by source_id having count(*) > 1 order by source_id`,
  );
  await database.change(actor, async (change) => {
    for (const { id, supplies } of rows) {
      await setRedundancy(change, { ciId: id, type: 'powered_by', required: supplies - 1, authorisation: { kind: 'exception', reason: '首次登记双路供电' } });
    }
  });
}
