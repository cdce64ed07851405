import { afterAll, expect, test } from 'vitest';
import { lockTicket } from '../../server/src/features/ticket/ticket-record.service.ts';
import { TicketLinkEntity } from '../../server/src/features/ticket/ticket.entity.ts';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import type { Change } from '../../server/src/platform/db/database.ts';
import { newId } from '../../server/src/platform/time/new-id.ts';
import { DeskStory } from '../support/desk-story.ts';

const story = await DeskStory.start();
afterAll(() => story.open.close());
const acme = story.customer('Acme').agreement();
const somebody = SYSTEM('test');

/** Two transactions side by side: the first holds a record, as every command does, while the second works. */
async function besideHeld(id: string, work: (change: Change) => Promise<unknown>): Promise<string> {
  return story.database.change(somebody, async (holder) => {
    await lockTicket(holder, 'incident', id);
    try {
      await story.database.change(somebody, async (change) => {
        await change.em.execute(`set local lock_timeout = '300ms'`);
        await work(change);
      });
      return 'went on';
    } catch (error) {
      return error instanceof Error && /lock timeout/.test(error.message) ? 'waited' : String(error);
    }
  });
}

test('CHG-11 a record that somebody works on can be referred to meanwhile, so that two that name each other never wait for one another', async () => {
  const [held, other] = [await acme.incident(), await acme.incident()];
  const link = ({ em }: Change) => em.insert(TicketLinkEntity, { id: newId(), fromId: other.id, toId: held.id, kind: 'related', createdAt: story.open.time.current, createdBy: 'test' });
  expect(await besideHeld(held.id, link)).toBe('went on');
});

test('API-03 a record that somebody works on is nobody else\'s meanwhile: neither to lock nor to write', async () => {
  const held = await acme.incident();
  expect(await besideHeld(held.id, (change) => lockTicket(change, 'incident', held.id))).toBe('waited');
  expect(await besideHeld(held.id, ({ em }) => em.execute('update ticket set version = version + 1 where id = ?', [held.id]))).toBe('waited');
  expect(await besideHeld(held.id, ({ em }) => em.execute('delete from ticket where id = ?', [held.id]))).toBe('waited');
});
