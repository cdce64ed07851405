import type { Actor } from '../../kernel/actor.ts';
import { assert } from '../../kernel/assert.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Database } from '../../platform/db/database.ts';
import { newId } from '../../platform/time/new-id.ts';
import { calendarsFor } from '../calendar/calendar.service.ts';
import { chooseCoverage } from '../customer/coverage.rules.ts';
import { AgreementEntity, AgreementLineEntity } from '../customer/customer.entity.ts';
import type { IncidentTerms } from '../incident/incident-case.rules.ts';
import { loadTerms } from '../incident/incident-terms.service.ts';
import { policyBook } from '../service-level/service-level.service.ts';
import { customerNameOf, NOBODY, type ImportCast } from './import-cast.service.ts';
import type { HistoryPlace, HistoryWorld } from './import-incident.rules.ts';
import type { IncidentMapping } from './import-mapping.rules.ts';
import type { HistoryRow } from './import-row.rules.ts';

export interface WorldInput {
  readonly source: string;
  readonly mapping: IncidentMapping;
  readonly customer: string;
  readonly cast: ImportCast;
  readonly actor: Actor;
  readonly now: Instant;
  /** Other than the file's own words: the demo names incidents and people its own way. */
  readonly casting?: Partial<Pick<HistoryWorld, 'titleOf' | 'personOf' | 'unknownPerson' | 'ciOf'>> & { serviceOf?(row: HistoryRow): string | null };
}

/** A world for histories, with terms that are loaded before they are asked for. */
export interface LoadedWorld extends HistoryWorld {
  /** Loads the terms that these histories may ask for. */
  prepare(histories: readonly (readonly HistoryRow[])[]): Promise<void>;
}

export async function loadWorld(database: Database, input: WorldInput): Promise<LoadedWorld> {
  const { cast, mapping, source, actor, now, casting } = input;
  const em = database.em;
  const book = await policyBook(database, em);
  const calendars = await calendarsFor(database, em);
  const places = await placesOf(database, input);
  const terms = new Map<string, IncidentTerms>();
  const keys = new Map([...cast.teams.values()].map(({ id, key }) => [id, key]));
  const teamOf: HistoryWorld['teamOf'] = (group) => {
    const team = cast.teams.get(group);
    assert(team, `the group "${group}" has a team`);
    return team;
  };
  const load = async (place: HistoryPlace, teamId: string | null): Promise<void> => {
    const key = keyOf(place, teamId);
    if (terms.has(key)) return;
    const loaded = await loadTerms(database, database.em, { ...place, teamId }, { actor, now, policies: book.at(now).policies });
    terms.set(key, loaded.terms);
  };
  return {
    source, mapping, actor, newId, calendars, teamOf,
    policiesAt: (at) => book.at(at),
    placeOf: places,
    termsOf: (place, teamId) => {
      const found = terms.get(keyOf(place, teamId));
      assert(found, 'the terms have been loaded before the history');
      return found;
    },
    teamKey: (teamId) => keys.get(teamId) ?? '',
    personOf: casting?.personOf ?? ((assignee) => cast.people.get(assignee) ?? ''),
    unknownPerson: casting?.unknownPerson ?? (() => cast.people.get(NOBODY) ?? ''),
    titleOf: casting?.titleOf ?? plainTitle,
    ciOf: casting?.ciOf ?? (() => null),
    prepare: async (histories) => {
      for (const rows of histories) for (const { place, teamId } of neededTerms(rows, places, teamOf)) await load(place, teamId);
    },
  };
}

/** The terms that a history may ask for. Any of its rows may turn out to be the first that can be taken over. */
function neededTerms(rows: readonly HistoryRow[], placeOf: HistoryWorld['placeOf'], teamOf: HistoryWorld['teamOf']): { place: HistoryPlace; teamId: string | null }[] {
  const teams = [null, ...new Set(rows.flatMap(({ group }) => (group === null ? [] : [teamOf(group).id])))];
  const places = new Map(rows.flatMap((row) => placeOf(row) ?? []).map((place) => [keyOf(place, null), place]));
  return [...places.values()].flatMap((place) => teams.map((teamId) => ({ place, teamId })));
}

const keyOf = (place: HistoryPlace, teamId: string | null): string =>
  [place.customerId, place.serviceId, place.agreementId, place.agreementLineId, teamId].join(' ');

/** Whose incident it is, and the agreement in force when it was opened. */
async function placesOf(database: Database, { mapping, customer, cast, casting }: WorldInput): Promise<HistoryWorld['placeOf']> {
  const customerIds = [...cast.customers.values()];
  const agreements = await database.em.find(AgreementEntity, { customerId: { $in: customerIds } });
  const lines = await database.em.find(AgreementLineEntity, { agreementId: { $in: agreements.map(({ id }) => id) }, endedAt: null });
  return (row) => {
    const customerId = cast.customers.get(customerNameOf(row, mapping, customer) ?? '');
    if (customerId === undefined) return null;
    const serviceId = casting?.serviceOf?.(row) ?? null;
    const own = agreements.filter((agreement) => agreement.customerId === customerId);
    const chosen = chooseCoverage(own, lines, { customerId, serviceId, at: row.openedAt });
    return { customerId, serviceId, siteId: null, agreementId: chosen?.agreementId ?? null, agreementLineId: chosen?.lineId ?? null };
  };
}

function plainTitle(row: HistoryRow): string {
  return [row.cell('category'), row.cell('subcategory'), row.cell('u_symptom')].filter(Boolean).join(' · ') || row.number;
}
