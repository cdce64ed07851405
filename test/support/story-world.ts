import { permissionsOfRole } from '../../server/src/features/access/access.rules.ts';
import { makeCalendarBook, type CalendarBook } from '../../server/src/features/calendar/calendar-book.rules.ts';
import type { CalendarVersion } from '../../server/src/features/calendar/calendar.rules.ts';
import { seededCalendars } from '../../server/src/features/calendar/holidays.rules.ts';
import { NOTHING_RELATED, type IncidentCase, type IncidentTerms } from '../../server/src/features/incident/incident-case.rules.ts';
import type { Level } from '../../server/src/features/service-level/service-level.rules.ts';
import type { Actor, Grant } from '../../server/src/kernel/actor.ts';
import type { Instant } from '../../server/src/kernel/instant.ts';

/** "2026-03-02 10:00", with seconds and milliseconds if need be, as told by the wall clock in Shanghai. */
export function shanghai(local: string): Instant {
  const at = Date.parse(`${local.replace(' ', 'T')}+08:00`);
  if (Number.isNaN(at)) throw new Error(`"${local}" is not a local time like 2026-03-02 10:00`);
  return at;
}

/** Back to that wall clock, to the second or, where there are any, to the millisecond. */
export function inShanghai(at: Instant | null): string | null {
  if (at === null) return null;
  const text = new Date(at + 8 * 3_600_000).toISOString().replace('T', ' ').replace('Z', '');
  return text.replace(':00.000', '').replace('.000', '');
}

export const TEAMS = { desk: { line: 1, lead: 'desk-lead' }, engineers: { line: 1, lead: 'lead' }, seniors: { line: 2, lead: 'senior-lead' }, managers: { line: 3, lead: 'tm' } } as const;
export type TeamKey = keyof typeof TEAMS;

const person = (id: string, role: string | null, teamIds: readonly string[] = [], customerId: string | null = null): Actor => {
  const grant: Grant[] = role === null ? [] : [{ role, permissions: permissionsOfRole(role), customerId, teamId: null }];
  return { kind: 'person', id, name: id, grants: grant, customerId, teamIds, origin: 'test' };
};

/** Everybody who acts in the stories, by what they are to the incident. */
export const CAST = {
  desk: person('desk', 'service-desk', ['desk']),
  engineer: person('engineer', 'engineer', ['engineers']),
  colleague: person('colleague', 'engineer', ['engineers']),
  lead: person('lead', 'engineer', ['engineers']),
  senior: person('senior', 'senior-engineer', ['seniors']),
  seniorLead: person('senior-lead', 'senior-engineer', ['seniors']),
  technicalManager: person('tm', 'technical-manager', ['managers']),
  serviceManager: person('sm', 'service-manager'),
  departmentManager: person('dm', 'department-manager'),
  incidentManager: person('im', 'incident-manager'),
  projectManager: person('pm', 'project-manager'),
  slaOwner: person('slao', 'sla-owner'),
  customer: person('customer', 'customer-contact', [], 'acme'),
  stranger: person('stranger', 'customer-contact', [], 'globex'),
  auditor: person('auditor', 'auditor'),
  nobody: person('nobody', null),
} as const satisfies Record<string, Actor>;

export const PEOPLE: IncidentTerms['people'] = {
  'sla-owner': { id: 'slao', name: 'Ms Zhou' }, 'service-manager': { id: 'sm', name: 'Mr Sun' }, 'service-delivery-manager': { id: 'sdm', name: 'Ms Dai' },
  'project-manager': { id: 'pm', name: 'Mr Pan' }, 'department-manager': { id: 'dm', name: 'Ms Bao' }, 'technical-manager': { id: 'tm', name: 'Mr Tang' },
};

export function makeCalendars(more: readonly CalendarVersion[] = []): CalendarBook {
  const seeded = seededCalendars();
  return makeCalendarBook([
    { id: '24x7', key: '24x7', versions: [{ version: 1, validFrom: null, source: seeded['24x7'] }] },
    { id: '5x8', key: '5x8', versions: [{ version: 1, validFrom: null, source: seeded['5x8'] }, ...more] },
  ], []);
}

export function newCase(reportedAt: Instant, level: Level, category: string, terms: IncidentTerms): IncidentCase {
  return {
    ticket: {
      id: 'incident', kind: 'incident', number: 'INC-0000001', title: 'Mail is down', customerId: 'acme', teamId: 'desk', holderId: null, openedAt: reportedAt,
      closedAt: null, lastEventAt: reportedAt, externalNumber: null, externalSource: null, externalRevision: null, major: false, urgeCount: 0, lastUrgedAt: null, version: 1,
    },
    incident: {
      ticketId: 'incident', state: 'awaiting-assignment', started: false, description: 'Nobody can send.', category, technicalClass: 'software', channel: 'phone',
      source: null, symptom: null, caller: 'Li', callerPhone: '010', department: null, siteId: null, serviceId: null, agreementId: 'sa-1', agreementLineId: null,
      impact: null, urgency: null, proposedLevel: null, level, levelConfirmed: false, highestLevel: level, difficulty: 'normal', occurredAt: null, reportedAt,
      firstContactEngineerId: 'engineer', firstContactServiceManagerId: 'sm', respondedAt: null, onSiteNeeded: null, feedbackArrivedAt: null, acceptedAt: null,
      confirmationAttempts: 0, lastConfirmationAttemptAt: null, feedbackRemindedAt: null, solution: null, causeClass: null, closureCode: null, pingPong: false,
      handoffCount: 0, functionalStep: 0, changeMade: false, majorAt: null, bridge: null, conversion: [], callSeconds: null,
    },
    spans: [], suspensions: [], handoffs: [], requests: [], escalations: [], alarms: [], workLog: [], cis: [], links: [], related: NOTHING_RELATED,
    book: { ticketId: 'incident', facts: [], clocks: [], firings: [] }, terms, added: [],
  };
}
