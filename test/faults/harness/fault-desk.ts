import { createPerson } from '../../../server/src/features/access/access-people.service.ts';
import { createToken } from '../../../server/src/features/access/access-token.service.ts';
import { BoardEntity } from '../../../server/src/features/board/board.entity.ts';
import { calendarsFor } from '../../../server/src/features/calendar/calendar.service.ts';
import { createAgreement } from '../../../server/src/features/customer/customer-agreement.service.ts';
import { createCustomer } from '../../../server/src/features/customer/customer.service.ts';
import type { OwnTargets } from '../../../server/src/features/service-level/service-level.rules.ts';
import { addTeamMember, createTeam } from '../../../server/src/features/team/team.service.ts';
import { SYSTEM, type Actor } from '../../../server/src/kernel/actor.ts';
import type { Database } from '../../../server/src/platform/db/database.ts';
import { newId } from '../../../server/src/platform/time/new-id.ts';
import { seedPolicy } from '../../../server/src/seed/policy.ts';

export const DESK: Actor = SYSTEM('fault');
const SCOPES = ['incident.read', 'incident.record', 'incident.work', 'incident.assign', 'incident.lead', 'incident.close', 'incident.comment', 'act.onBehalfOf', 'handoff.act', 'customer.read', 'team.read', 'person.read', 'board.read'];

/** Who and what a fault run works with. Ids only: the database may be killed and come back. */
export interface FaultDesk {
  readonly customerId: string;
  readonly teamId: string;
  readonly personId: string;
  readonly boardId: string;
  /** Of an integrator who may do what the load does. */
  readonly token: string;
  /** Of a screen that shows the board. */
  readonly screenToken: string;
}

/** Policy, a team of one, and a customer whose agreement runs around the clock with the targets that are given. */
export async function openDesk(database: Database, targets: OwnTargets = {}): Promise<FaultDesk> {
  await seedPolicy(database);
  const { id: personId } = await createPerson(database, DESK, { name: 'Wang Wei', email: 'wang@example.test', password: 'a long enough password 1' });
  const { id: teamId } = await createTeam(database, DESK, { key: 'network', name: 'Network', nameZh: '网络组', line: 1 });
  await addTeamMember(database, DESK, { teamId, personId });
  const { id: customerId } = await createCustomer(database, DESK, { name: 'Bank', fullName: 'Bank of the East', timeZone: 'Asia/Shanghai' });
  const calendars = await calendarsFor(database, database.em);
  await createAgreement(database, DESK, {
    customerId, number: 'A-1', name: 'Whole', calendarId: calendars.idByKey['24x7']!, targets,
    startsAt: Date.parse('2020-01-01T00:00:00Z'), endsAt: Date.parse('2100-01-01T00:00:00Z'),
  });
  const boardId = newId();
  const { em } = database;
  em.persist(em.create(BoardEntity, { id: boardId, name: 'NOC', nameZh: '值班大屏', timeZone: 'Asia/Shanghai', rowLimit: 12, customerIds: [], teamIds: [], position: 0 }));
  await em.flush();
  const { plain: token } = await createToken(database, DESK, { name: 'load', kind: 'integrator', scopes: SCOPES });
  const { plain: screenToken } = await createToken(database, DESK, { name: 'wall', kind: 'screen', boardId });
  return { customerId, teamId, personId, boardId, token, screenToken };
}
