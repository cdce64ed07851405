import { CiEntity } from '../../server/src/features/cmdb/cmdb.entity.ts';
import type { ChangeAction } from '../../server/src/features/change/change-actions.rules.ts';
import { alterByChange } from '../../server/src/features/change/change-alter.service.ts';
import { approve, confirm, consent, excuse, recordCab, steer } from '../../server/src/features/change/change-approve.service.ts';
import type { ChangeCase } from '../../server/src/features/change/change-case.rules.ts';
import { assignPeople, changeCategory, edit, proposeWindow } from '../../server/src/features/change/change-edit.service.ts';
import { complete, fail, recordOutage, retry, rollBack, start, stop, verify } from '../../server/src/features/change/change-implement.service.ts';
import { accept, askApproval, cancel, plan, refuse, replan, submit } from '../../server/src/features/change/change-life.service.ts';
import { PLAN_FIELD_NAMES } from '../../server/src/features/change/change-missing.rules.ts';
import { askOwners, assess, editPlan, stateOn, trim } from '../../server/src/features/change/change-plan.service.ts';
import { possibleOutcomes } from '../../server/src/features/change/change-review.rules.ts';
import { addNote, close, keepCi, linkCaused, review } from '../../server/src/features/change/change-review.service.ts';
import { reschedule, schedule } from '../../server/src/features/change/change-schedule.service.ts';
import { ASSESSMENT_SECTIONS, CHANGE_CATEGORIES, CHANGE_OUTCOMES } from '../../server/src/features/change/change-states.rules.ts';
import { addTask, editTask, endTask, removeTask, sendTasks, startTask } from '../../server/src/features/change/change-task.service.ts';
import { attach } from '../../server/src/features/ticket/ticket-attachment.service.ts';
import { HOUR } from '../../server/src/kernel/instant.ts';
import { oneOf, windowSoon, type Aim, type Commands } from './process-model-aim.ts';

type At = Aim<ChangeCase>;

const because = ({ at, draw }: At) => ({ ...at, reason: draw.text('Because') });
const word = ({ at, draw }: At) => ({ ...at, approved: draw.chance(0.9), note: draw.text('Said') });
const aTask = (aim: At) => ({ ...aim.at, taskId: oneOf(aim, aim.kase.tasks.filter(({ endedAt }) => endedAt === null), ({ id }) => id) });
const aCi = (aim: At) => oneOf(aim, aim.kase.cis, ({ id }) => id);

function times({ kase, world, draw }: At): { plannedStartAt: number; plannedEndAt: number } {
  const plannedStartAt = kase.record.windowStartAt ?? world.now + HOUR;
  return { plannedStartAt, plannedEndAt: plannedStartAt + (draw.chance(0.03) ? 0 : HOUR) };
}

/** Those whose result nobody has recorded come first. */
function ciToKeep(aim: At): string {
  const open = aim.kase.cis.filter(({ id }) => !aim.kase.ciResults.some(({ ciId }) => ciId === id));
  return open.length > 0 ? oneOf(aim, open, ({ id }) => id) : aCi(aim);
}

async function written(aim: At): Promise<{ given?: string; personName?: string; attachmentId?: string }> {
  if (aim.by.customerId !== null) return {};
  const attachmentId = await attach(aim.world.database, aim.by, { ticketId: aim.record.id, name: 'yes.pdf', mediaType: 'application/pdf', content: Buffer.from('yes') });
  return { given: 'signature', personName: 'Ms Li', attachmentId };
}

async function alteration(aim: At) {
  const ciId = aCi(aim);
  const ci = await aim.world.database.em.findOne(CiEntity, { id: ciId });
  return { ...aim.at, ciId, expectedCiVersion: (ci?.version ?? 1) - (aim.draw.chance(0.05) ? 1 : 0), patch: { site: aim.draw.text('Room') } };
}

/** Every action of a change as a person would fill its form in. */
export const CHANGE_COMMANDS: Commands<ChangeAction, ChangeCase> = {
  editChange: ({ world, by, at, draw }) => edit(world.database, by, { ...at, description: draw.text('Do it'), businessSystems: ['Mail'], departments: ['Sales'] }),
  recategoriseChange: (aim) => changeCategory(aim.world.database, aim.by, { ...because(aim), category: aim.draw.pick(CHANGE_CATEGORIES) }),
  assignChange: ({ world, by, at, draw }) => assignPeople(world.database, by, {
    ...at, ownerId: draw.pick([world.named.changeOwner, world.named.secondOwner]).id, implementerId: draw.pick([world.named.implementer, world.named.requester]).id,
  }),
  submitChange: ({ world, by, at }) => submit(world.database, by, at),
  acceptChange: ({ world, by, at, draw }) => accept(world.database, by, { ...at, implementerId: draw.chance(0.9) ? world.named.implementer.id : null }),
  refuseChange: (aim) => refuse(aim.world.database, aim.by, because(aim)),
  planChange: ({ world, by, at }) => plan(world.database, by, at),
  editChangePlan: ({ world, by, at, draw }) => editPlan(world.database, by, { ...at, ...Object.fromEntries(Object.keys(PLAN_FIELD_NAMES).map((field) => [field, draw.text(field)])) }),
  trimChangePlan: (aim) => trim(aim.world.database, aim.by, { ...because(aim), field: aim.draw.pick(Object.keys(PLAN_FIELD_NAMES)) }),
  assessChange: ({ world, by, at, draw, kase }) => {
    const phase = kase.record.implementationStartedAt === null || draw.chance(0.1) ? 'before' : 'after';
    return assess(world.database, by, { ...at, phase, sections: ASSESSMENT_SECTIONS.map((section) => ({ section, text: draw.text('Effect') })) });
  },
  askCiOwners: ({ world, by, at }) => askOwners(world.database, by, at),
  stateOnChange: (aim) => stateOn(aim.world.database, aim.by, { ...aim.at, ciId: aCi(aim), agrees: aim.draw.chance(0.9), text: aim.draw.text('Fine') }),
  addChangeTask: (aim) => addTask(aim.world.database, aim.by, { ...aim.at, title: aim.draw.text('Task'), implementerId: aim.world.named.implementer.id, ...times(aim) }),
  editChangeTask: (aim) => editTask(aim.world.database, aim.by, { ...aTask(aim), title: aim.draw.text('Task') }),
  removeChangeTask: (aim) => removeTask(aim.world.database, aim.by, aTask(aim)),
  sendChangeTasks: ({ world, by, at }) => sendTasks(world.database, by, at),
  startChangeTask: (aim) => startTask(aim.world.database, aim.by, aTask(aim)),
  endChangeTask: (aim) => endTask(aim.world.database, aim.by, { ...aTask(aim), done: aim.draw.chance(0.9), remark: aim.draw.text('Done') }),
  requestApproval: ({ world, by, at }) => askApproval(world.database, by, at),
  replanChange: (aim) => replan(aim.world.database, aim.by, because(aim)),
  steerChange: (aim) => steer(aim.world.database, aim.by, word(aim)),
  recordCabDecision: (aim) => recordCab(aim.world.database, aim.by, word(aim)),
  confirmChange: async (aim) => confirm(aim.world.database, aim.by, { ...word(aim), ...(await written(aim)) }),
  approveChange: (aim) => approve(aim.world.database, aim.by, word(aim)),
  recordConsent: (aim) => consent(aim.world.database, aim.by, { ...word(aim), personId: aim.draw.chance(0.6) ? aim.draw.pick([aim.world.named.departmentManager, aim.world.named.director]).id : null }),
  proposeWindow: (aim) => proposeWindow(aim.world.database, aim.by, { ...aim.at, ...windowSoon(aim) }),
  scheduleChange: (aim) => schedule(aim.world.database, aim.by, { ...aim.at, ...windowSoon(aim) }),
  rescheduleChange: (aim) => reschedule(aim.world.database, aim.by, { ...because(aim), ...windowSoon(aim) }),
  startChange: ({ world, by, at, draw, kase }) => start(world.database, by, { ...at, occurredAt: kase.record.recordedAfterwards && draw.chance(0.5) ? world.now - HOUR : null }),
  completeChange: ({ world, by, at, draw }) => complete(world.database, by, { ...at, remark: draw.text('Done') }),
  failChange: ({ world, by, at, draw }) => fail(world.database, by, { ...at, remark: draw.text('Failed') }),
  rollBackChange: ({ world, by, at, draw }) => rollBack(world.database, by, { ...at, remark: draw.text('Back') }),
  verifyRollback: ({ world, by, at, draw }) => verify(world.database, by, { ...at, passed: draw.chance(0.8), tests: draw.text('Tested') }),
  retryChange: ({ world, by, at }) => retry(world.database, by, at),
  stopChange: (aim) => stop(aim.world.database, aim.by, { ...because(aim), followedBy: aim.draw.pick(['new-change', 'terminate']) }),
  recordOutage: (aim) => recordOutage(aim.world.database, aim.by, { ...aim.at, system: 'Mail', minutes: aim.draw.whole(0, 60), ciId: aim.draw.chance(0.5) ? aCi(aim) : null }),
  recordCiResult: (aim) => keepCi(aim.world.database, aim.by, { ...aim.at, ciId: ciToKeep(aim), remark: aim.draw.text('As before') }),
  alterCiByChange: async (aim) => alterByChange(aim.world.database, aim.by, await alteration(aim)),
  excuseRelease: (aim) => excuse(aim.world.database, aim.by, because(aim)),
  reviewChange: ({ world, by, at, draw, kase }) => {
    const outcome = kase.attempts.length > 0 && draw.chance(0.95) ? draw.pick(possibleOutcomes(kase)) : draw.pick(CHANGE_OUTCOMES);
    return review(world.database, by, {
      ...at, outcome, expectedResultMet: outcome.startsWith('successful') && draw.chance(0.9), text: draw.text('Review'), stability: draw.text('Stable'), businessSatisfaction: draw.chance(0.97) ? draw.whole(1, 5) : 6,
    });
  },
  linkCausedIncident: ({ world, by, at, draw, record }) => linkCaused(world.database, by, { ...at, ticketId: world.other(draw, ['incident', 'problem'], record.customerId!) }),
  closeChange: ({ world, by, at }) => close(world.database, by, at),
  cancelChange: (aim) => cancel(aim.world.database, aim.by, because(aim)),
  noteOnChange: ({ world, by, at, draw }) => addNote(world.database, by, { ...at, text: draw.text('Note') }),
};
