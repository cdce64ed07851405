import { schedule } from '../features/change/change-schedule.service.ts';
import { approve } from '../features/change/change-approve.service.ts';
import { accept, askApproval, submit } from '../features/change/change-life.service.ts';
import { raise } from '../features/change/change-raise.service.ts';
import { sendTasks } from '../features/change/change-task.service.ts';
import type { ChangeCategory } from '../features/change/change-states.rules.ts';
import { DAY, HOUR } from '../kernel/instant.ts';
import { assert } from '../kernel/assert.ts';
import { addPaper, planDemoChange, raiseInput, type DemoChange } from './demo-changes.ts';
import { DEMO_CHANGE_TOPICS } from './demo-change-words.ts';
import type { DemoStage } from './demo-stage.ts';

type Way = 'submitted' | 'planning' | 'approval' | 'scheduled';

/** Changes that are on the way now, of every state before the start; two of them want the same item in the same night (CHG-11). */
const ON_THE_WAY: readonly (readonly [category: ChangeCategory, customer: string, way: Way, nights: number, item: number])[] = [
  ['general', '松江理工大学', 'submitted', 6, 0], ['general', '申江物流', 'planning', 5, 1], ['important', '沪东银行徐汇支行', 'approval', 6, 2],
  ['important', '虹桥置地', 'approval', 7, 3], ['general', '外滩华亭酒店', 'scheduled', 1, 0], ['general', '外滩华亭酒店', 'scheduled', 1, 0], ['general', '松江理工大学', 'scheduled', 3, 4],
];

/** Makes them, and answers those that wait for the CAB, with their papers attached. */
export async function changesOnTheWay(stage: DemoStage): Promise<string[]> {
  const forCab: string[] = [];
  for (const [index, [category, customer, way, nights, item]] of ON_THE_WAY.entries()) {
    const topic = DEMO_CHANGE_TOPICS[index];
    const ciId = stage.items(customer)[item];
    assert(topic && ciId, 'the demo has a topic and an item for it');
    const change: DemoChange = { category, fate: 'successful', topic, customer, ciIds: [ciId], raisedAt: stage.now - 3 * DAY, late: false, preAuthorisedId: null };
    const id = await bringTo(stage, change, { way, nights });
    if (way === 'approval') forCab.push(id);
  }
  return forCab;
}

async function bringTo(stage: DemoStage, change: DemoChange, { way, nights }: { way: Way; nights: number }): Promise<string> {
  stage.at(stage.now - 30 * HOUR);
  const id = await raise(stage.database, stage.by('engineer'), raiseInput(stage, change));
  await stage.tell(id, 'engineer', submit, {});
  if (way === 'submitted') return id;
  stage.at(stage.now - 20 * HOUR);
  await stage.tell(id, 'change-owner', accept, { implementerId: stage.id('change-implementer') });
  const window = stage.night(stage.now, nights);
  await planDemoChange(stage, id, change.topic, { window, implementer: 'change-implementer' });
  if (way === 'planning') return id;
  await stage.tell(id, 'change-owner', askApproval, {});
  if (way === 'approval') {
    await addPaper(stage, id, 'change-plan');
    return id;
  }
  stage.at(stage.now - 2 * HOUR);
  await stage.tell(id, 'change-manager', approve, { approved: true });
  await stage.tell(id, 'change-owner', schedule, { windowStartAt: window, windowEndAt: window + 4 * HOUR });
  await stage.tell(id, 'change-owner', sendTasks, {});
  return id;
}
