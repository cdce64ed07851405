import { RoleGrantEntity } from '../../server/src/features/access/access.entity.ts';
import { NOTICES_CONSUMER } from '../../server/src/features/notification/notice.consumer.ts';
import { noticesOf } from '../../server/src/features/notification/notice.queries.ts';
import type { NoticeView } from '../../server/src/features/notification/notice.types.ts';
import { SYSTEM, type Actor } from '../../server/src/kernel/actor.ts';
import { consumeOnce } from '../../server/src/platform/jobs/consumer-worker.ts';
import { newId } from '../../server/src/platform/time/new-id.ts';
import { DeskStory, type PersonKey } from './desk-story.ts';

/** A desk whose people hold their roles in the database too: notices are made while nobody asks. */
export class NoticeDesk {
  readonly story: DeskStory;

  private constructor(story: DeskStory) {
    this.story = story;
  }

  static async start(): Promise<NoticeDesk> {
    const story = await DeskStory.start();
    await story.database.change(SYSTEM('story'), async ({ em }) => {
      for (const { id, grants } of Object.values(story.people)) {
        for (const { role, customerId, teamId } of grants) if (role !== 'customer-contact') em.create(RoleGrantEntity, { id: newId(), personId: id, role, customerId, teamId });
      }
    });
    return new NoticeDesk(story);
  }

  /** What the server does when the log has grown. */
  async catchUp(): Promise<void> {
    while (await consumeOnce(this.story.database, NOTICES_CONSUMER)) { /* until it has caught up */ }
  }

  actor(who: PersonKey | Actor): Actor {
    return typeof who === 'string' ? this.story.people[who] : who;
  }

  async all(who: PersonKey | Actor): Promise<readonly NoticeView[]> {
    const { edges } = await noticesOf(this.story.database.em, this.actor(who), { first: 100, after: null, unreadOnly: false });
    return edges.map(({ node }) => node);
  }

  /** Caught up, the kinds of that person's notices of a record, newest first; "×n" where one counts several events. */
  async kinds(who: PersonKey | Actor, recordId: string): Promise<string[]> {
    await this.catchUp();
    const mine = (await this.all(who)).filter((notice) => notice.recordId === recordId);
    return mine.map(({ kind, count }) => (count === 1 ? kind : `${kind} ×${count}`));
  }
}
