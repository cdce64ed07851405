import { CiRelationEntity } from '../../server/src/features/cmdb/cmdb.entity.ts';
import { CONFLICT_CONSUMER, NOTICE_CONSUMER } from '../../server/src/features/change/change-planning.consumer.ts';
import { addCabMember } from '../../server/src/features/change/change-cab-member.service.ts';
import { schedule } from '../../server/src/features/change/change-schedule.service.ts';
import type { ChangeCategory } from '../../server/src/features/change/change-states.rules.ts';
import type { Actor } from '../../server/src/kernel/actor.ts';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import { consumeOnce } from '../../server/src/platform/jobs/consumer-worker.ts';
import { newId } from '../../server/src/platform/time/new-id.ts';
import type { ChangeInDatabase, ChangeStory } from './change-story.ts';
import { shanghai } from './story-world.ts';

/** What stands against a change, as "kind other/person/freeze", sorted. */
export async function conflictsOn(story: ChangeStory, id: string): Promise<string[]> {
  const rows = await story.database.em.execute<{ text: string }[]>(
    `select x.kind || coalesce(' ' || t.title, '') || coalesce(' ' || p.name, '') || coalesce(' ' || f.name, '') || coalesce(' ' || x.absence, '') as text
     from change_conflict x left join ticket t on t.id = case when x.change_id = ? then x.other_id else x.change_id end
       left join person p on p.id = x.person_id left join freeze_window f on f.id = x.freeze_id
     where x.cleared_at is null and (x.change_id = ? or (x.other_id = ? and x.kind in ('same-ci', 'dependent-ci', 'person'))) order by text`, [id, id, id],
  );
  return rows.map(({ text }) => text.replaceAll(/【.*?】/g, ''));
}

/** The consumers catch up, as a running server's do a moment after each commit. */
export async function follow(story: ChangeStory): Promise<void> {
  for (const consumer of [CONFLICT_CONSUMER, NOTICE_CONSUMER]) while (await consumeOnce(story.database, consumer)) { /* until it has caught up */ }
}

/** A general change on these CIs, approved, scheduled from–to (local times of 2026-03). */
export async function scheduledOn(story: ChangeStory, title: string, input: { ciIds: string[]; from: string; to: string; category?: ChangeCategory }): Promise<ChangeInDatabase> {
  const category = input.category ?? 'general';
  const change = await story.inApproval(category, { title, ciIds: input.ciIds });
  await change.approveAll(category);
  return change.tell('owner', schedule, { windowStartAt: shanghai(input.from), windowEndAt: shanghai(input.to) });
}

/** A relation as the register keeps it: `source` depends on `target`. */
export async function dependsOn(story: ChangeStory, sourceId: string, targetId: string): Promise<string> {
  const id = newId();
  await story.database.change(SYSTEM('story'), async ({ em, emit, now }) => {
    em.create(CiRelationEntity, { id, sourceId, targetId, type: 'depends_on', propagation: null, createdAt: await now(), authority: null });
    emit({ type: 'ci.relationAdded', subjectKind: 'ci', subjectId: sourceId, occurredAt: await now(), after: { relationId: id, sourceId, targetId, type: 'depends_on' } });
  });
  return id;
}

/** Puts people on the standing list of the CAB. */
export async function appoint(story: ChangeStory, ...members: readonly Actor[]): Promise<void> {
  for (const { id } of members) await addCabMember(story.database, story.people.manager, { personId: id, speaksFor: 'Operations' });
}
