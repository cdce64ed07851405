import { addItem, circulatePapers, vote } from '../features/change/change-cab-agenda.service.ts';
import { callMeeting } from '../features/change/change-cab-meeting.service.ts';
import { addCabMember } from '../features/change/change-cab-member.service.ts';
import { CabItemEntity, CabMeetingEntity } from '../features/change/change-planning.entity.ts';
import { createFreeze } from '../features/change/change-freeze-edit.service.ts';
import { DAY, HOUR } from '../kernel/instant.ts';
import { changesOnTheWay } from './demo-changes-now.ts';
import type { DemoStage } from './demo-stage.ts';

/** What the change calendar shows now: a freeze ahead, standing members, a CAB with an agenda, and changes on the way. */
export async function makeDemoPlanning(stage: DemoStage): Promise<void> {
  stage.at(stage.now);
  for (const [key, speaksFor] of [['change-manager', '变更管理'], ['cab-member', '网络与安全'], ['cab-member-2', '业务系统'], ['release-manager', '发布管理'], ['department-manager', '运维部']] as const) {
    await addCabMember(stage.database, stage.by('change-manager'), { personId: stage.id(key), speaksFor });
  }
  const from = stage.night(stage.now, 24) - 22 * HOUR;
  await createFreeze(stage.database, stage.by('change-manager'), {
    name: '元旦封网 New-year freeze', reason: '节日保障期间不做变更', origin: 'safeguard', startsAt: from, endsAt: from + 12 * DAY, customerIds: [], allowedCategories: ['emergency'],
  });
  const changes = await changesOnTheWay(stage);
  stage.at(stage.now);
  const meetingId = await callMeeting(stage.database, stage.by('change-manager'), { title: '变更委员会例会 CAB', place: '301 会议室', startsAt: stage.now + 2 * DAY });
  const based = async () => ({ id: meetingId, expectedVersion: (await stage.database.em.findOneOrFail(CabMeetingEntity, { id: meetingId })).version });
  for (const changeId of changes) {
    await circulatePapers(stage.database, stage.by('change-manager'), { ...(await based()), changeId });
    await addItem(stage.database, stage.by('change-manager'), { ...(await based()), changeId });
  }
  const [item] = await stage.database.em.find(CabItemEntity, { meetingId }, { orderBy: { position: 'asc' } });
  // One member cannot come and has voted beforehand (CHG-05).
  if (item) await vote(stage.database, stage.by('cab-member'), { meetingId, itemId: item.id, vote: 'for', comment: '方案完整，同意' });
}
