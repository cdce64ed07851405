import { prepareReview } from '../features/review/review.service.ts';
import { openVendorCase } from '../features/vendor/vendor-case.service.ts';
import { addVendor } from '../features/vendor/vendor.service.ts';
import { DAY } from '../kernel/instant.ts';
import { makeDemoKnowledge } from './demo-knowledge.ts';
import { makeDemoPlanning } from './demo-planning.ts';
import { makeDemoProblems } from './demo-problems.ts';
import { makeDemoReleases } from './demo-releases.ts';
import type { DemoStage } from './demo-stage.ts';

/** What follows from incidents and changes in the demo, made through the services; all of it is synthetic and says so. */
export async function makeDemoProcesses(stage: DemoStage): Promise<void> {
  await makeDemoReleases(stage);
  await makeDemoKnowledge(stage);
  await makeDemoProblems(stage);
  await makeDemoPlanning(stage);
  await makeDemoVendors(stage);
  await makeDemoReviews(stage);
}

/** Vendors of the register's devices, and a case that was opened for an open LV1 or LV2 (VND-05). */
async function makeDemoVendors(stage: DemoStage): Promise<void> {
  stage.at(stage.now);
  const vendors = [['思科 Cisco', ['Catalyst', 'ISR']], ['戴尔 Dell', ['PowerEdge', 'Unity']], ['甲骨文 Oracle', ['Database']]] as const;
  const ids: string[] = [];
  for (const [name, products] of vendors) ids.push(await addVendor(stage.database, stage.by('department-manager'), { name, products, contact: '原厂服务台', phone: '400-000-0000' }));
  const [open] = await stage.database.em.execute<{ id: string }[]>(
    `select t.id from ticket t join incident i on i.ticket_id = t.id where t.closed_at is null and i.level in ('LV1', 'LV2') and i.state = 'in-progress' order by i.level, t.opened_at, t.id limit 1`,
  );
  if (open && ids[0]) {
    await openVendorCase(stage.database, stage.by('department-manager'), { ticketId: open.id, vendorId: ids[0], product: 'Catalyst', caseNumber: 'SR-6900001', contact: '原厂工程师', nextUpdateAt: stage.now + DAY / 2 });
  }
}

/** The review meeting of the month that has just ended is being prepared (INC-25). */
async function makeDemoReviews(stage: DemoStage): Promise<void> {
  const local = new Date(stage.now + DAY / 3);
  const last = new Date(Date.UTC(local.getUTCFullYear(), local.getUTCMonth() - 1, 1));
  await prepareReview(stage.database, stage.by('quality-manager'), { month: last.toISOString().slice(0, 7) });
}
