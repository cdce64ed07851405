import { createHash } from 'node:crypto';
import { alterByChange } from '../features/change/change-alter.service.ts';
import { complete, start } from '../features/change/change-implement.service.ts';
import { linkCause } from '../features/release/release-cause.service.ts';
import { recordBaseline } from '../features/release/release-baseline.service.ts';
import { addFeedback, close, confirmBusiness, deploy, finish, handPapers, report, schedule, tick, watch } from '../features/release/release-deploy.service.ts';
import { CHECKLIST, GO_LIVE_FIELDS, PLAN_FIELDS, RELEASE_PAPERS } from '../features/release/release-plan.rules.ts';
import { editGoLivePlan, editPlan, nameReviewer, raiseRelease, setPackage } from '../features/release/release-raise.service.ts';
import {
  accept, approve, finishCommunication, finishTrial, readyEnvironment, recordTest, recordTraining, recordTrial, review, sendNotice, submit, submitGoLive,
} from '../features/release/release-stage.service.ts';
import { CiEntity } from '../features/cmdb/cmdb.entity.ts';
import { attach } from '../features/ticket/ticket-attachment.service.ts';
import { DAY, HOUR, MINUTE, type Instant } from '../kernel/instant.ts';
import { scheduleDemoChange, writeUp, type DemoChange, type ScheduledChange } from './demo-changes.ts';
import { lastQuarters, SYNTHETIC, type DemoStage } from './demo-stage.ts';

/** Business systems that are released, and for whom; the customer's contact gives the business side's word. */
const SYSTEMS = [
  { zh: '门诊收费系统', en: 'Billing system', customer: '浦江中心医院', contact: 'contact-hospital' },
  { zh: '生产排程系统', en: 'Production planning', customer: '临港精密制造', contact: 'contact-factory' },
] as const;

interface DemoRelease {
  readonly system: (typeof SYSTEMS)[number];
  readonly version: string;
  readonly ciIds: readonly string[];
  readonly raisedAt: Instant;
}

/** A release a quarter, by turns of two systems, each carried by a change; what lies after now is left undone. Answers those that were deployed. */
export async function makeDemoReleases(stage: DemoStage): Promise<void> {
  const releases = lastQuarters(stage.now).flatMap(({ from, to }, quarter) => SYSTEMS.filter((_, index) => index === quarter % SYSTEMS.length).map((system): DemoRelease => {
    const own = stage.items(system.customer);
    return { system, version: `${4 + Math.floor(quarter / 4)}.${(quarter % 4) + 1}.0`, ciIds: own.slice(quarter, quarter + 2), raisedAt: from + Math.floor((to - from) * 0.12) };
  }));
  for (const release of releases.filter(({ raisedAt }) => raisedAt < stage.now)) await stage.play(() => playRelease(stage, release));
  await nameCauses(stage);
}

/** REL-06: the first incident of the same customer within a week of a deployment is said to come from it, where the log reaches back so far. */
async function nameCauses(stage: DemoStage): Promise<void> {
  const rows = await stage.database.em.execute<{ releaseId: string; incidentId: string }[]>(
    `select distinct on (r.ticket_id) r.ticket_id as "releaseId", i.id as "incidentId" from release r join ticket t on t.id = r.ticket_id
     join ticket i on i.customer_id = t.customer_id and i.kind = 'incident' and i.opened_at > r.deployed_at and i.opened_at < r.deployed_at + interval '7 days'
     order by r.ticket_id, i.opened_at, i.id`,
  );
  stage.at(stage.now);
  for (const { releaseId, incidentId } of rows) await stage.tell(releaseId, 'release-manager', linkCause, { ticketId: incidentId, reason: '回顾确认：上线后出现的兼容性问题' });
}

const texts = (fields: readonly string[], about: string): Record<string, string> => Object.fromEntries(fields.map((field) => [field, `${about}（${field}）${SYNTHETIC}`]));

/** A checksum as the build would give it: the same for the same version. */
const packageOf = ({ system, version }: DemoRelease): string => createHash('sha256').update(`${system.en} ${version}`).digest('hex');

async function playRelease(stage: DemoStage, release: DemoRelease): Promise<void> {
  const { system, version, ciIds, raisedAt } = release;
  const change = await scheduleDemoChange(stage, changeOf(release), 'release-owner');
  if (change === null) return;
  stage.at(stage.office(raisedAt + 2 * DAY, 1));
  const id = await raiseRelease(stage.database, stage.by('release-owner'), {
    customerId: stage.customer(system.customer), title: `${system.zh} ${version} ${system.en}`, version, ciIds, changeIds: [change.id],
  });
  await prepare(stage, id, release, change.window);
  await deployIt(stage, id, release, change);
  await finishIt(stage, id, release, change);
}

function changeOf({ system, version, ciIds, raisedAt }: DemoRelease): DemoChange {
  return {
    category: 'important', fate: 'successful', customer: system.customer, ciIds, raisedAt, late: false, preAuthorisedId: null, software: true,
    topic: { zh: `${system.zh} ${version} 上线`, en: `${system.en} ${version} go-live`, type: 'business', why: '季度版本，修复缺陷并增加功能', expected: '新版本稳定运行', system: system.zh, outageMinutes: 20 },
  };
}

/** From planning to communication: content, test, acceptance, trial run, go-live plan, notice and training. */
async function prepare(stage: DemoStage, id: string, release: DemoRelease, window: Instant): Promise<void> {
  const { system } = release;
  await stage.tell(id, 'release-owner', editPlan, texts(PLAN_FIELDS, '发布方案'));
  await stage.tell(id, 'release-owner', editGoLivePlan, texts(GO_LIVE_FIELDS, '上线计划'));
  await stage.tell(id, 'release-owner', nameReviewer, { personId: stage.id('department-manager'), department: '运维部' });
  await stage.tell(id, 'release-owner', submit, {});
  await stage.tell(id, 'department-manager', review, { agree: true });
  await stage.tell(id, 'release-manager', approve, {});
  stage.at(Math.min(stage.office(release.raisedAt + 3 * DAY, 2), window - 6 * HOUR));
  await stage.tell(id, 'release-owner', setPackage, { name: `${system.en} ${release.version}.zip`, sha256: packageOf(release), location: '最终软件库 DSL' });
  await stage.tell(id, 'release-owner', readyEnvironment, { environment: '与生产一致的测试环境' });
  await stage.tell(id, 'release-tester', recordTest, { name: '主要业务流程', expected: '全部通过', actual: '全部通过', passed: true });
  await stage.tell(id, 'release-tester', accept, { sha256: packageOf(release) });
  await stage.tell(id, 'release-owner', recordTrial, { expectations: '操作习惯不变', findings: '无阻断性问题' });
  await stage.tell(id, 'release-owner', finishTrial, {});
  await stage.tell(id, 'release-owner', submitGoLive, {});
  await stage.tell(id, 'release-owner', sendNotice, { notice: `今晚上线 ${system.zh} ${release.version}，菜单略有调整` });
  await stage.tell(id, 'release-owner', recordTraining, { training: '关键用户已培训' });
  await stage.tell(id, 'release-owner', finishCommunication, {});
}

async function deployIt(stage: DemoStage, id: string, release: DemoRelease, { id: changeId, window, implementer }: ScheduledChange): Promise<void> {
  await stage.tell(id, 'release-owner', schedule, { windowStartAt: window, windowEndAt: window + 4 * HOUR });
  await stage.tell(id, 'release-owner', recordBaseline, {});
  for (const item of CHECKLIST) await stage.tell(id, 'release-owner', tick, { item, ok: true });
  stage.at(window + 5 * MINUTE);
  await stage.tell(changeId, implementer, start, {});
  await stage.tell(id, 'release-owner', deploy, { changeId, sha256: packageOf(release) });
  stage.at(window + 70 * MINUTE);
  await stage.tell(id, 'release-owner', finish, { sha256: packageOf(release) });
  await stage.tell(changeId, implementer, complete, { remark: '已上线并验证' });
}

/** The register, the business side's word, papers, closing and report. */
async function finishIt(stage: DemoStage, id: string, release: DemoRelease, { id: changeId, window, implementer }: ScheduledChange): Promise<void> {
  stage.at(stage.office(window + 8 * HOUR, 1));
  for (const ciId of release.ciIds) {
    const { version } = await stage.database.em.findOneOrFail(CiEntity, { id: ciId });
    await stage.tell(changeId, implementer, alterByChange, { ciId, expectedCiVersion: version, patch: { productVersion: `${release.system.en} ${release.version}` } });
  }
  await writeUp(stage, changeId, changeOf(release), implementer);
  await stage.tell(id, 'release-tester', watch, { system: release.system.zh, ok: true });
  stage.at(stage.office(window + 2 * DAY, 2));
  await stage.tell(id, release.system.contact, confirmBusiness, { text: '业务正常' });
  for (const paper of RELEASE_PAPERS) {
    await attach(stage.database, stage.by('release-owner'), { ticketId: id, name: `${paper}.txt`, mediaType: 'text/plain', content: Buffer.from(`${paper}\n${SYNTHETIC}`), paper });
  }
  await stage.tell(id, 'release-owner', handPapers, { toPersonId: stage.id('configuration-manager') });
  await stage.tell(id, 'release-manager', close, {});
  await stage.tell(id, 'release-owner', report, { report: `按计划完成。${SYNTHETIC}` });
  await stage.tell(id, release.system.contact, addFeedback, { score: 4, text: '整体顺利' });
}
