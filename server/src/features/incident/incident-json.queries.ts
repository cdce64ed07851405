import { CLOCK_KINDS, isOperatingLevel } from '../clock/clock.rules.ts';
import { ASKED_AT, type JsonMany, type JsonShape } from '../../platform/graphql/json-shape.ts';
import { HISTORY, WORK_LOG } from './incident-history-json.queries.ts';

const CUSTOMER: JsonShape = { type: 'CustomerName', values: { id: 'c.id', name: 'c.name', timeZone: 'c.time_zone' } };
const SITE: JsonShape = { type: 'NamedThing', values: { id: 's.id', name: 's.name' } };
const SERVICE: JsonShape = { type: 'ServiceName', values: { id: 'v.id', name: 'v.name', nameZh: 'v.name_zh' } };
const AGREEMENT: JsonShape = { type: 'IncidentAgreement', values: { id: 'a.id', number: 'a.number', name: 'a.name', tier: 'coalesce(l.tier, a.tier)' } };

const person = (alias: string): JsonShape => ({ type: 'PersonName', values: { id: `${alias}.id`, name: `${alias}.name` } });
const team = (alias: string): JsonShape => ({ type: 'TeamName', values: { id: `${alias}.id`, name: `${alias}.name`, nameZh: `${alias}.name_zh`, line: `${alias}.line` } });
const asked = (shape: JsonShape, alias: string, join: string) => ({ shape, join, absent: `${alias}.id is null` });

const FIRINGS: JsonMany = {
  shape: { type: 'ClockFiring', values: { step: 'f.step', at: 'f.at', firedAt: 'f.fired_at', late: 'f.late', withdrawnAt: 'f.withdrawn_at' } },
  from: () => ({ sql: 'from clock_firing f where f.clock_id = k.id order by f.at, f.id', parameters: [] }),
};

const SHOWN_KINDS = CLOCK_KINDS.filter((kind) => !isOperatingLevel(kind)).map((kind) => `'${kind}'`).join(', ');

/**
 * Clocks as they were judged last. That is how they stand now unless one of them was due for a look since: thresholds, breaches and
 * edits of calendars all make the ticket's timer due in the same transaction or at their instant (decisions/0004, 0007). What is counted
 * to the second of asking (`remainingSeconds`) or in a calendar (`outsideHours`) is not understood here.
 */
const CLOCKS: JsonMany = {
  shape: {
    type: 'ClockView',
    values: {
      id: 'k.id', kind: 'k.kind', state: 'k.state', outcome: 'k.outcome', startAt: 'k.start_at', dueAt: 'k.due_at', targetSeconds: '(k.target_ms + 500) / 1000',
      breachedAt: 'k.breached_at', announcedAt: 'k.announced_at', metAt: 'k.met_at', policy: 'k.policy', calendarVersion: 'k.calendar_version', misses: 'k.misses',
    },
    one: {
      breachHeldBy: {
        shape: { type: 'TeamHolder', values: { team: 'kt.name', holder: 'kh.name' } },
        join: 'left join team kt on kt.id = k.breach_team_id left join person kh on kh.id = k.breach_holder_id', absent: 'k.breached_at is null',
      },
    },
    many: { firings: FIRINGS },
  },
  from: (joins) => ({
    sql: `from clock k ${joins} where k.ticket_id = t.id and k.kind in (${SHOWN_KINDS}) order by array_position('{${CLOCK_KINDS.join(',')}}'::text[], k.kind), k.id`, parameters: [],
  }),
  stale: `exists (select from timer m where m.ticket_id = t.id and m.purpose = 'clocks' and m.due_at <= ${ASKED_AT})`,
};

const HANDOFFS: JsonMany = {
  shape: {
    type: 'HandoffView',
    values: {
      id: 'o.id', reason: 'o.reason', tried: 'o.tried', requestedAction: 'o.requested_action', state: 'o.state', requestedAt: 'o.requested_at', requestedBy: 'o.requested_by',
      decidedAt: 'o.decided_at', decidedBy: 'o.decided_by', decisionReason: 'o.decision_reason', ageingStep: 'o.ageing_step', unusual: 'o.unusual',
    },
    one: {
      fromTeam: asked(team('ot'), 'ot', 'left join team ot on ot.id = o.from_team_id'), toTeam: asked(team('ou'), 'ou', 'left join team ou on ou.id = o.to_team_id'),
      toPerson: asked(person('op'), 'op', 'left join person op on op.id = o.to_person_id'),
    },
  },
  from: (joins) => ({ sql: `from handoff o ${joins} where o.ticket_id = t.id order by o.requested_at, o.id`, parameters: [] }),
};

/** An incident `t` with its row `i`, as the provider's own people see it; a customer's are answered by the resolvers (decisions/0024). */
export const INCIDENT_JSON: JsonShape = {
  type: 'Incident',
  values: {
    id: 't.id', number: 't.number', version: 't.version', title: 't.title', externalNumber: 't.external_number', urgeCount: 't.urge_count', lastUrgedAt: 't.last_urged_at',
    closedAt: 't.closed_at', updatedAt: 't.last_event_at', major: 't.major', description: 'i.description', state: 'i.state', started: 'i.started', level: 'i.level',
    levelConfirmed: 'i.level_confirmed', proposedLevel: 'i.proposed_level', impact: 'i.impact', urgency: 'i.urgency', difficulty: 'i.difficulty', category: 'i.category',
    technicalClass: 'i.technical_class', channel: 'i.channel', source: 'i.source', symptom: 'i.symptom', caller: 'i.caller', callerPhone: 'i.caller_phone',
    department: 'i.department', occurredAt: 'i.occurred_at', reportedAt: 'i.reported_at', respondedAt: 'i.responded_at', solution: 'i.solution', causeClass: 'i.cause_class',
    closureCode: 'i.closure_code', feedbackArrivedAt: 'i.feedback_arrived_at', acceptedAt: 'i.accepted_at', confirmationAttempts: 'i.confirmation_attempts',
    pingPong: 'i.ping_pong', functionalStep: 'i.functional_step', onSiteNeeded: 'i.on_site_needed', majorAt: 'i.major_at', bridge: 'i.bridge', callSeconds: 'i.call_seconds',
    changeMade: 'i.change_made',
  },
  one: {
    customer: { shape: CUSTOMER, join: 'join customer c on c.id = t.customer_id' },
    site: asked(SITE, 's', 'left join site s on s.id = i.site_id'),
    service: asked(SERVICE, 'v', 'left join service v on v.id = i.service_id'),
    agreement: asked(AGREEMENT, 'a', 'left join agreement a on a.id = i.agreement_id left join agreement_line l on l.id = i.agreement_line_id'),
    team: asked(team('m'), 'm', 'left join team m on m.id = t.team_id'),
    holder: asked(person('h'), 'h', 'left join person h on h.id = t.holder_id'),
    firstContactEngineer: asked(person('e'), 'e', 'left join person e on e.id = i.first_contact_engineer_id'),
    firstContactServiceManager: asked(person('g'), 'g', 'left join person g on g.id = i.first_contact_service_manager_id'),
  },
  many: { clocks: CLOCKS, handoffs: HANDOFFS, workLog: WORK_LOG, timeline: HISTORY },
};
