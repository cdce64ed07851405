import { IsolationLevel } from '@mikro-orm/core';
import type { Actor } from '../../kernel/actor.ts';
import { requirePermission, visibleCustomers } from '../../kernel/actor-guard.ts';
import type { Instant } from '../../kernel/instant.ts';
import { pageRequest } from '../../kernel/page.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { inTurn } from '../../platform/auth/in-turn.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Em } from '../../platform/db/orm.ts';
import { newId } from '../../platform/time/new-id.ts';
import { calendarsFor, draftCalendarBook, holidayEdit, type CalendarEdit, type HolidayImport } from '../calendar/calendar.service.ts';
import { draftLines, draftTerms, type AgreementDraft, type AgreementEdit, type AgreementLines } from '../customer/customer-agreement.service.ts';
import { draftPolicyBook, policyBook, type PolicyEdit } from '../service-level/service-level.service.ts';
import { termsBook } from '../incident/incident-terms.service.ts';
import { booksOf, countOpenIncidents, openIncidents, type OpenIncident } from './what-if.queries.ts';
import { compareOutlooks, outlookUnder, type World } from './what-if.rules.ts';
import { WhatIfTally, type WhatIfAnswer } from './what-if-tally.rules.ts';

/** Small, so that the process answers others between two batches. */
const BATCH = 200;
/** Far above what one installation has open (10,000); beyond it the question would take minutes. */
const MOST_INCIDENTS = 50_000;

/** An edit that is asked about, worked out inside the question's own transaction. */
interface Draft {
  readonly world: World;
  readonly agreement?: AgreementDraft;
  /** From when it holds; null: from now. */
  readonly validFrom: Instant | null;
  /** Policies hold for clocks from their valid-from on; a calendar's later hours move due instants at once. */
  readonly seenAt: 'now' | 'valid-from';
}

/** SLA-10: the due instants that an edit of a policy would give the open incidents. Nothing is stored. Needs `policy.edit`. */
export function whatIfPolicy(database: Database, actor: Actor, input: PolicyEdit, first?: number): Promise<WhatIfAnswer> {
  return ask(database, actor, { permission: 'policy.edit', first }, async (em) => ({
    world: { policies: await draftPolicyBook(database, em, actor, input), calendars: await calendarsFor(database, em) }, validFrom: input.validFrom ?? null, seenAt: 'valid-from',
  }));
}

/** The same for the hours of a calendar. Needs `calendar.edit`. */
export function whatIfCalendar(database: Database, actor: Actor, input: CalendarEdit, first?: number): Promise<WhatIfAnswer> {
  return ask(database, actor, { permission: 'calendar.edit', first }, async (em) => calendarDraft(database, em, actor, input));
}

/** The same for loading a list of holidays. Needs `calendar.edit`. */
export function whatIfHolidays(database: Database, actor: Actor, input: HolidayImport, first?: number): Promise<WhatIfAnswer> {
  return ask(database, actor, { permission: 'calendar.edit', first }, async (em) => calendarDraft(database, em, actor, await holidayEdit(em, actor, input)));
}

/** The same for an agreement's terms. Needs `agreement.edit` for its customer. */
export function whatIfAgreement(database: Database, actor: Actor, input: AgreementEdit, first?: number): Promise<WhatIfAnswer> {
  return ask(database, actor, { permission: 'agreement.edit', first }, async (em) => agreementDraft(database, em, await draftTerms(database, em, actor, input)));
}

/** The same for an agreement's lines. Needs `agreement.edit` for its customer. */
export function whatIfAgreementLines(database: Database, actor: Actor, input: AgreementLines, first?: number): Promise<WhatIfAnswer> {
  return ask(database, actor, { permission: 'agreement.edit', first }, async (em) => agreementDraft(database, em, await draftLines(database, em, actor, input)));
}

async function calendarDraft(database: Database, em: Em, actor: Actor, input: CalendarEdit): Promise<Draft> {
  const world = { policies: await policyBook(database, em), calendars: await draftCalendarBook(database, em, actor, input) };
  return { world, validFrom: input.validFrom ?? null, seenAt: 'now' };
}

async function agreementDraft(database: Database, em: Em, agreement: AgreementDraft): Promise<Draft> {
  return { world: { policies: await policyBook(database, em), calendars: await calendarsFor(database, em) }, agreement, validFrom: null, seenAt: 'now' };
}

interface Question {
  readonly permission: 'policy.edit' | 'calendar.edit' | 'agreement.edit';
  readonly first: number | undefined;
}

/** One question at a time for each process: it is work of seconds, asked by few. All of one moment, and read-only by the database's word. */
async function ask(database: Database, actor: Actor, { permission, first }: Question, draft: (em: Em) => Promise<Draft>): Promise<WhatIfAnswer> {
  requirePermission(actor, permission);
  requirePermission(actor, 'incident.read');
  const shown = pageRequest(first, null).first;
  return inTurn('what-if', () => database.em.transactional(async (em) => answer(database, em, { drafted: await draft(em), actor, shown }), { isolationLevel: IsolationLevel.REPEATABLE_READ, readOnly: true }));
}

async function answer(database: Database, em: Em, { drafted, actor, shown }: { drafted: Draft; actor: Actor; shown: number }): Promise<WhatIfAnswer> {
  const agreementId = drafted.agreement?.agreement.id ?? null;
  const incidents = await countOpenIncidents(em, agreementId);
  if (incidents > MOST_INCIDENTS) throw new Refusal('TOO_LARGE', `There are ${incidents} open incidents; the question is answered for at most ${MOST_INCIDENTS}.`, null);
  const now = await database.time.read(em);
  const asOf = drafted.seenAt === 'now' ? now : Math.max(now, drafted.validFrom ?? now);
  const current: World = { policies: await policyBook(database, em), calendars: await calendarsFor(database, em) };
  const terms = { before: await termsBook(em, current.calendars), after: await termsBook(em, drafted.world.calendars, drafted.agreement) };
  const tally = new WhatIfTally({ now, asOf, validFrom: drafted.validFrom, visible: visibleCustomers(actor, 'incident.read') });
  for (let after = ''; ; ) {
    const batch = await openIncidents(em, { after, limit: BATCH, agreementId });
    const books = await booksOf(em, batch.map(({ id }) => id));
    for (const incident of batch) {
      const judge = (world: World, book: typeof terms.before) => outlookUnder({ ...incident, ...book(incident), book: bookOf(books, incident) }, world, { now, asOf, newId });
      tally.add(incident, compareOutlooks(judge(current, terms.before), judge(drafted.world, terms.after)));
    }
    after = batch.at(-1)?.id ?? '';
    if (batch.length < BATCH) return tally.answer(shown);
  }
}

function bookOf(books: Awaited<ReturnType<typeof booksOf>>, { id }: OpenIncident) {
  return books.get(id) ?? { ticketId: id, facts: [], clocks: [], firings: [] };
}
