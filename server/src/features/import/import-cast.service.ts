import type { Actor } from '../../kernel/actor.ts';
import { assert } from '../../kernel/assert.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Database } from '../../platform/db/database.ts';
import { newId } from '../../platform/time/new-id.ts';
import { createPerson } from '../access/access-people.service.ts';
import { PersonEntity } from '../access/access.entity.ts';
import { CustomerEntity } from '../customer/customer.entity.ts';
import { createCustomer } from '../customer/customer.service.ts';
import { TeamEntity } from '../team/team.entity.ts';
import { createTeam } from '../team/team.service.ts';
import { slug, teamKeyOf, type IncidentMapping } from './import-mapping.rules.ts';
import type { HistoryRow } from './import-row.rules.ts';

/** Teams, people and customers that a file names, by the file's own words. */
export interface ImportCast {
  readonly teams: ReadonlyMap<string, { readonly id: string; readonly key: string }>;
  readonly people: ReadonlyMap<string, string>;
  readonly customers: ReadonlyMap<string, string>;
}

export interface CastInput {
  readonly source: string;
  readonly mapping: IncidentMapping;
  readonly timeZone: string;
  /** D-26: whose incidents they are when the mapping names no column for it. */
  readonly customer: string;
  /** Nothing is written; whoever is missing gets an id that nobody keeps. */
  readonly dryRun: boolean;
}

/** Whoever works on a record while the file does not say who. */
export const NOBODY = '';

/** Finds whom the rows name, and makes those who are missing: people who cannot sign in, second-line teams, customers. */
export async function prepareCast(database: Database, actor: Actor, rows: readonly HistoryRow[], input: CastInput): Promise<ImportCast> {
  const groups = new Set(rows.flatMap(({ group }) => group ?? []));
  const names = new Set([NOBODY, ...rows.flatMap(({ assignee }) => assignee ?? [])]);
  return {
    teams: await prepareTeams(database, actor, groups, input),
    people: await preparePeople(database, actor, names, input),
    customers: await prepareCustomers(database, actor, customerNames(rows, input), input),
  };
}

async function prepareTeams(database: Database, actor: Actor, groups: ReadonlySet<string>, { mapping, dryRun }: CastInput): Promise<ImportCast['teams']> {
  const there = new Map((await database.em.find(TeamEntity, {})).map(({ key, id }) => [key, id]));
  const teams = new Map<string, { id: string; key: string }>();
  for (const group of [...groups].toSorted()) {
    const key = teamKeyOf(group, mapping);
    const mapped = Object.hasOwn(mapping.teams, group);
    if (mapped && !there.has(key)) throw new Refusal('NOT_FOUND', `The mapping sends "${group}" to the team "${key}", which does not exist.`, 'mapping.teams');
    if (!there.has(key)) {
      there.set(key, dryRun ? newId() : (await createTeam(database, actor, { key, name: group, nameZh: group, line: 2, purpose: 'other' })).id);
    }
    const id = there.get(key);
    assert(id, 'the team has been made');
    teams.set(group, { id, key });
  }
  return teams;
}

async function preparePeople(database: Database, actor: Actor, names: ReadonlySet<string>, { source, dryRun }: CastInput): Promise<ImportCast['people']> {
  // A reserved domain: nobody ever gets mail there, and nobody can sign in without a password.
  const emailOf = (name: string): string => `${name === NOBODY ? 'unknown' : slug(name)}@${slug(source)}.import.invalid`;
  const emails = [...names].map(emailOf);
  const there = new Map((await database.em.find(PersonEntity, { email: { $in: emails } })).map(({ email, id }) => [email, id]));
  const people = new Map<string, string>();
  for (const name of [...names].toSorted()) {
    const email = emailOf(name);
    if (!there.has(email)) {
      const shown = name === NOBODY ? `未知 / unknown (${source})` : name;
      there.set(email, dryRun ? newId() : (await createPerson(database, actor, { name: shown, email })).id);
    }
    people.set(name, there.get(email) ?? '');
  }
  return people;
}

function customerNames(rows: readonly HistoryRow[], { mapping, customer }: CastInput): ReadonlySet<string> {
  return new Set(rows.flatMap((row) => customerNameOf(row, mapping, customer) ?? []));
}

/** The customer of a row by the mapping; without one in it all belong to one customer (D-26). Null: the mapping has no answer. */
export function customerNameOf(row: HistoryRow, mapping: IncidentMapping, otherwise: string): string | null {
  if (!mapping.customers) return otherwise;
  const word = row.cell(mapping.customers.column) ?? '?';
  return (Object.hasOwn(mapping.customers.values, word) ? mapping.customers.values[word] : mapping.customers.default) ?? null;
}

async function prepareCustomers(database: Database, actor: Actor, names: ReadonlySet<string>, { timeZone, dryRun }: CastInput): Promise<ImportCast['customers']> {
  const there = new Map((await database.em.find(CustomerEntity, { name: { $in: [...names] } })).map(({ name, id }) => [name, id]));
  for (const name of [...names].toSorted()) {
    if (there.has(name)) continue;
    there.set(name, dryRun ? newId() : (await createCustomer(database, actor, { name, fullName: name, timeZone })).id);
  }
  return there;
}
