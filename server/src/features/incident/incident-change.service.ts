import type { Actor } from '../../kernel/actor.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Database } from '../../platform/db/database.ts';
import { raiseChange } from '../change/change-raise.service.ts';
import { changeIncident, type IncidentCommand } from './incident-case.service.ts';
import { incidentEvent } from './incident-case.rules.ts';

export interface ChangeForIncidentCommand extends IncidentCommand {
  readonly title: string;
  readonly description: string;
  /** Absent: an emergency for an LV1 or LV2, else general. */
  readonly category?: string | null;
  readonly type: string;
  readonly ciIds?: readonly string[] | null;
  /** INC-14: done already while handling; why it is written down only now. */
  readonly recordedAfterwards?: string | null;
}

/** INC-14: a change made while handling is a linked change request; for an LV1 or LV2 it is an emergency change. */
export async function raiseChangeFor(database: Database, actor: Actor, input: ChangeForIncidentCommand): Promise<string> {
  return changeIncident(database, actor, input, 'raiseChangeForIncident', ({ kase, context, change }) => {
    const urgent = kase.incident.level === 'LV1' || kase.incident.level === 'LV2';
    const category = input.category ?? (urgent ? 'emergency' : 'general');
    if (urgent && category !== 'emergency') throw new Refusal('INVALID_INPUT', `A change for an open ${kase.incident.level} is an emergency change, not ${category} (INC-14).`, 'category');
    const afterwards = async (): Promise<void> => {
      const changeId = await raiseChange(database, change, {
        customerId: kase.ticket.customerId, title: input.title, description: input.description, category, type: input.type, priority: urgent ? 'urgent' : 'normal',
        source: 'incident', ciIds: input.ciIds ?? null, forTicketId: kase.ticket.id, recordedAfterwards: input.recordedAfterwards ?? null, submit: false,
      });
      change.emit(incidentEvent(kase, context, 'incident.changeRaised', { after: { changeId, category } }));
    };
    return { events: [], afterwards };
  });
}
