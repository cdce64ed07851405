import { may, SYSTEM, type Actor } from '../../server/src/kernel/actor.ts';
import { permissionsOfRole } from '../../server/src/features/access/access.rules.ts';
import { alterCi, registerCi, type NewCi } from '../../server/src/features/cmdb/cmdb-alter.service.ts';
import type { CiPatch } from '../../server/src/features/cmdb/cmdb-field.rules.ts';
import { endRelation, relateCis, setRedundancy } from '../../server/src/features/cmdb/cmdb-relation.service.ts';
import { CiEntity, type Ci } from '../../server/src/features/cmdb/cmdb.entity.ts';
import type { CiAuthorisation } from '../../server/src/features/cmdb/cmdb.rules.ts';
import { impactOf } from '../../server/src/features/cmdb/cmdb-impact.service.ts';
import { newId } from '../../server/src/platform/time/new-id.ts';
import { openDatabase } from './open-database.ts';

export const AT = Date.parse('2026-03-02T01:00:00Z');
export const REGISTER: CiAuthorisation = { kind: 'register' };
export const EXCEPTION: CiAuthorisation = { kind: 'exception', reason: '机房断电抢修' };

/** Somebody with one role, everywhere or for one customer. */
export function somebody(role: string, { customerId = null, own = null }: { customerId?: string | null; own?: string | null } = {}): Actor {
  return {
    kind: 'person', id: newId(), name: role, customerId: own, teamIds: [], origin: 'test',
    grants: [{ role, permissions: permissionsOfRole(role), customerId, teamId: null }],
  };
}

/** A register on a database of its own, its items called by name. */
export async function openCmdb() {
  const opened = await openDatabase(AT);
  const { database, time } = opened;
  const ids: Record<string, string> = {};
  const keeper = SYSTEM('keeper');
  const idOf = (name: string): string => {
    const id = ids[name];
    if (!id) throw new Error(`no item called ${name}`);
    return id;
  };
  const nameOf = (id: string): string => Object.entries(ids).find(([, one]) => one === id)?.[0] ?? id;
  return {
    ...opened, ids, keeper, idOf, nameOf,
    async register(name: string, kind: string, more: Partial<NewCi> = {}, actor: Actor = keeper): Promise<Ci> {
      const ci = await database.change(actor, (change) => registerCi(change, { name, class: kind, life: 'in-stock', ...more }));
      ids[name] = ci.id;
      return ci;
    },
    async alter(name: string, patch: CiPatch, authorisation: CiAuthorisation = REGISTER, actor: Actor = keeper): Promise<Ci> {
      const { version } = await database.em.findOneOrFail(CiEntity, { id: idOf(name) });
      return database.change(actor, (change) => alterCi(change, { ciId: idOf(name), expectedVersion: version, patch, authorisation }));
    },
    /** `relate('web depends_on db', …)`; answers the id of the last. */
    async relate(...lines: string[]): Promise<string> {
      let last = '';
      for (const line of lines) {
        const [source = '', type = '', target = ''] = line.split(' ');
        last = await database.change(keeper, (change) => relateCis(change, { sourceId: idOf(source), type, targetId: idOf(target), authorisation: REGISTER }));
      }
      return last;
    },
    end: (relationId: string, authorisation: CiAuthorisation = REGISTER) => database.change(keeper, (change) => endRelation(change, { relationId, authorisation })),
    needs: (name: string, type: string, required: number | null) => database.change(keeper, (change) => setRedundancy(change, { ciId: idOf(name), type, required, authorisation: REGISTER })),
    /** Names reached, sorted. */
    async reached(name: string, more: Partial<Parameters<typeof impactOf>[1]> = {}): Promise<string[]> {
      const { nodes } = await impactOf(database.em, { ciIds: [idOf(name)], direction: 'impact', ...more });
      return nodes.map(({ ciId }) => nameOf(ciId)).toSorted();
    },
    later: (milliseconds: number) => {
      time.current += milliseconds;
      return time.current;
    },
    mayRead: (actor: Actor) => may(actor, 'cmdb.read'),
  };
}
