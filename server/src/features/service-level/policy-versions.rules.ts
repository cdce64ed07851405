import { isRole } from '../access/access.rules.ts';
import { assert } from '../../kernel/assert.ts';
import type { Instant } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { LEVELS, parsePolicy, type LevelTable, type Policies, type PolicyKey, type PolicyVersions, type TierTable } from './service-level.rules.ts';

/** One version of one policy. */
export interface PolicyVersionFacts {
  readonly key: PolicyKey;
  readonly version: number;
  /** Null: since ever. */
  readonly validFrom: Instant | null;
  /** When it was entered; later than `validFrom` for an edit in hindsight. */
  readonly createdAt?: Instant;
  readonly body: unknown;
}

export interface PoliciesInForce {
  readonly policies: Policies;
  /** The version of each, named by every clock that is judged by it (SLA-13). */
  readonly versions: PolicyVersions;
  /** Since when clocks are planned by them, and since when that was known; null: since ever (D-22). */
  readonly since: PolicySince | null;
}

export interface PolicySince {
  readonly at: Instant;
  readonly knownAt: Instant;
}

/** The policies that clocks are planned by. */
const PLANNING: readonly PolicyKey[] = ['level-table', 'tier-table', 'handoff', 'desk'];

/** All versions of all policies; `at` gives those in force at an instant, checked once for each set of versions. */
export interface PolicyBook {
  at(instant: Instant): PoliciesInForce;
  /** The next valid-from after an instant; null when nothing is decided beyond it (D-22). */
  nextChange(after: Instant): Instant | null;
}

export function makePolicyBook(history: readonly PolicyVersionFacts[]): PolicyBook {
  const known = new Map<string, PoliciesInForce>();
  return {
    at: (instant) => {
      const version = (key: PolicyKey): PolicyVersionFacts => inForce(history, key, instant);
      const versions = everyKey((key) => version(key).version);
      const name = Object.values(versions).join('.');
      const found = known.get(name) ?? { versions, policies: policiesOf((key) => version(key).body), since: sinceOf(PLANNING.map(version)) };
      known.set(name, found);
      return found;
    },
    nextChange: (after) => {
      const coming = history.flatMap(({ validFrom }) => (validFrom !== null && validFrom > after ? [validFrom] : []));
      return coming.length === 0 ? null : Math.min(...coming);
    },
  };
}

function sinceOf(versions: readonly PolicyVersionFacts[]): PolicySince | null {
  const edits = versions.flatMap(({ validFrom, createdAt }) => (validFrom === null ? [] : [{ at: validFrom, knownAt: Math.max(validFrom, createdAt ?? validFrom) }]));
  return edits.length === 0 ? null : { at: Math.max(...edits.map(({ at }) => at)), knownAt: Math.max(...edits.map(({ knownAt }) => knownAt)) };
}

/** The latest valid-from that has come; of two from the same instant the higher version (D-22). */
function inForce(history: readonly PolicyVersionFacts[], key: PolicyKey, at: Instant): PolicyVersionFacts {
  const come = history.filter((facts) => facts.key === key && (facts.validFrom ?? -Infinity) <= at);
  const [newest] = come.sort((a, b) => (a.validFrom === b.validFrom ? b.version - a.version : (b.validFrom ?? -Infinity) - (a.validFrom ?? -Infinity)));
  assert(newest, `policy "${key}" has been seeded`);
  return newest;
}

function everyKey<T>(of: (key: PolicyKey) => T): { readonly [K in PolicyKey]: T } {
  return {
    'level-table': of('level-table'), 'tier-table': of('tier-table'), 'priority-matrix': of('priority-matrix'), suspension: of('suspension'),
    handoff: of('handoff'), intake: of('intake'), feedback: of('feedback'), change: of('change'), release: of('release'), problem: of('problem'),
    knowledge: of('knowledge'), configuration: of('configuration'), metrics: of('metrics'), 'fault-report': of('fault-report'),
    desk: of('desk'), templates: of('templates'), forecast: of('forecast'),
  };
}

function policiesOf(body: (key: PolicyKey) => unknown): Policies {
  const read = <K extends PolicyKey>(key: K): Policies[K] => parsePolicy(key, body(key));
  return {
    'level-table': read('level-table'), 'tier-table': read('tier-table'), 'priority-matrix': read('priority-matrix'), suspension: read('suspension'),
    handoff: read('handoff'), intake: read('intake'), feedback: read('feedback'), change: read('change'), release: read('release'), problem: read('problem'),
    knowledge: read('knowledge'), configuration: read('configuration'), metrics: read('metrics'), 'fault-report': read('fault-report'),
    desk: read('desk'), templates: read('templates'), forecast: read('forecast'),
  };
}

/** What a shape cannot know: that the calendars and roles a policy names exist, and that escalation 2 comes after 1. */
export function checkPolicyWords(key: PolicyKey, body: unknown, calendarKeys: readonly string[]): void {
  if (key === 'level-table') checkLevelTable(parsePolicy(key, body), calendarKeys);
  if (key === 'tier-table') checkTiers(parsePolicy(key, body), calendarKeys);
  if (key === 'desk') checkDesk(parsePolicy(key, body), calendarKeys);
}

function checkLevelTable({ levels }: LevelTable, calendarKeys: readonly string[]): void {
  for (const level of LEVELS) {
    const { calendar, escalation1, escalation2, notify } = levels[level];
    const path = `body.levels.${level}`;
    requireCalendar(calendar, calendarKeys, `${path}.calendar`);
    requireRoles(escalation1.to, `${path}.escalation1.to`);
    requireRoles(escalation2.to, `${path}.escalation2.to`);
    requireRoles(notify, `${path}.notify`);
    if (escalation2.minutes <= escalation1.minutes) {
      const { minutes } = escalation1;
      throw new Refusal('OUT_OF_RANGE', `Escalation 2 of ${level} must come after escalation 1 (${minutes} min), got ${escalation2.minutes}.`, `${path}.escalation2.minutes`);
    }
  }
}

function checkDesk({ staffed, staffedWithDutyTeam }: Policies['desk'], calendarKeys: readonly string[]): void {
  requireCalendar(staffed, calendarKeys, 'body.staffed');
  requireCalendar(staffedWithDutyTeam, calendarKeys, 'body.staffedWithDutyTeam');
}

function checkTiers({ tiers }: TierTable, calendarKeys: readonly string[]): void {
  tiers.forEach(({ key, calendar, telephone }, index) => {
    requireCalendar(calendar, calendarKeys, `body.tiers.${index}.calendar`);
    requireCalendar(telephone, calendarKeys, `body.tiers.${index}.telephone`);
    if (tiers.findIndex((tier) => tier.key === key) !== index) throw new Refusal('NOT_UNIQUE', `There are two tiers with the key "${key}".`, `body.tiers.${index}.key`);
  });
}

function requireCalendar(key: string, known: readonly string[], field: string): void {
  if (known.includes(key)) return;
  throw new Refusal('INVALID_INPUT', `"${key}" is not the key of a calendar; there are ${known.join(', ')}.`, field);
}

function requireRoles(keys: readonly string[], field: string): void {
  const unknown = keys.find((key) => !isRole(key));
  if (unknown !== undefined) throw new Refusal('INVALID_INPUT', `"${unknown}" is not a role.`, field);
}
