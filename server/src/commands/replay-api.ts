import { setTimeout as wait } from 'node:timers/promises';
import type { ReplayCommand } from '../features/import/import-replay.rules.ts';
import type { ReplayedIncident, ReplayPort } from '../features/import/import-replay.service.ts';
import type { WantedIncident } from '../features/import/import-path.rules.ts';
import type { HistoryRow } from '../features/import/import-row.rules.ts';
import { isLevel } from '../features/service-level/service-level.rules.ts';
import { INCIDENT_STATES } from '../features/incident/incident-states.rules.ts';
import { assert } from '../kernel/assert.ts';
import { toIso, type Instant } from '../kernel/instant.ts';
import { Refusal } from '../kernel/refusal.ts';
import { processNow } from '../platform/time/time-source.ts';

export interface ApiOptions {
  readonly url: string;
  readonly token: string;
  readonly signal: AbortSignal;
  /** Told once when the server does not answer, and once when it does again. */
  readonly onWaiting: (sentence: string) => void;
}

const RETRY_MS = 1000;

/** GraphQL over HTTP that outlasts a restart of the server: what was not answered is asked again, under its idempotency key. */
export class Api {
  private readonly options: ApiOptions;
  private waiting = false;

  constructor(options: ApiOptions) {
    this.options = options;
  }

  /** The `data` of the answer. @throws Refusal for what the server refuses, Error for what it does not understand */
  async ask(query: string, variables: object, onBehalfOf: string | null = null): Promise<Json> {
    for (;;) {
      const answer = await this.tryOnce(JSON.stringify({ query, variables }), onBehalfOf);
      if (answer !== null) return answer;
      if (!this.waiting) this.options.onWaiting(`${this.options.url} does not answer; waiting for it.`);
      this.waiting = true;
      await wait(RETRY_MS, undefined, { signal: this.options.signal });
    }
  }

  private async tryOnce(body: string, onBehalfOf: string | null): Promise<Json | null> {
    let text: string;
    try {
      const response = await fetch(new URL('/graphql', this.options.url), {
        method: 'POST', body, signal: AbortSignal.any([this.options.signal, AbortSignal.timeout(30_000)]),
        headers: {
          'content-type': 'application/json', authorization: `Bearer ${this.options.token}`,
          ...(onBehalfOf === null ? {} : { 'x-on-behalf-of': encodeURIComponent(onBehalfOf) }),
        },
      });
      if (response.status >= 500) return null;
      text = await response.text();
    } catch (error) {
      if (this.options.signal.aborted) throw error;
      return null;
    }
    if (this.waiting) this.options.onWaiting('The server answers again.');
    this.waiting = false;
    return this.read(text);
  }

  private read(text: string): Json | null {
    const answer = asJson(JSON.parse(text));
    const errors = answer['errors'];
    if (Array.isArray(errors) && errors.length > 0) {
      const first = asJson(errors[0]);
      const code = asJson(first['extensions'] ?? {})['code'];
      if (code === 'INTERNAL_SERVER_ERROR') return null;
      if (code === 'FORBIDDEN') throw new Refusal('FORBIDDEN', String(first['message']));
      if (code === 'UNAUTHENTICATED') throw new Refusal('UNAUTHENTICATED', String(first['message']), 'token');
      throw new Error(`The server did not understand: ${String(first['message'])}`);
    }
    return asJson(answer['data']);
  }
}

export type Json = Readonly<Record<string, unknown>>;

export function asJson(value: unknown): Json {
  assert(typeof value === 'object' && value !== null && !Array.isArray(value), 'the answer is an object');
  return Object.fromEntries(Object.entries(value));
}

export function asList(value: unknown): Json[] {
  assert(Array.isArray(value), 'the answer is a list');
  return value.map(asJson);
}

const FIELDS = `id version state started level levelConfirmed category onSiteNeeded respondedAt acceptedAt team { id } holder { id }
  clocks { kind outcome } suspensions { category to correctedAt } handoffs { state }`;

export interface ApiPortOptions {
  readonly source: string;
  readonly category: string;
  customerOf(row: HistoryRow): string | null;
  /** Under whose name the integrator acts (D-27). */
  actorName(row: HistoryRow): string;
}

/** The replay's commands as mutations of an integrator that acts for the people of the file (D-27). */
export class ApiPort implements ReplayPort {
  private readonly api: Api;
  private readonly options: ApiPortOptions;
  private readonly ids = new Map<string, string>();

  constructor(api: Api, options: ApiPortOptions) {
    this.api = api;
    this.options = options;
  }

  async now(): Promise<Instant> {
    return processNow();
  }

  async findOrRecord(row: HistoryRow, want: WantedIncident): Promise<ReplayedIncident> {
    const { source, category } = this.options;
    const known = this.ids.get(row.number);
    if (known !== undefined) return this.read(known);
    const customerId = this.options.customerOf(row);
    if (customerId === null) throw new Refusal('NOT_FOUND', `The mapping names no customer for ${row.number}.`, 'customers');
    const title = [row.cell('category'), row.cell('subcategory'), row.cell('u_symptom')].filter(Boolean).join(' · ') || row.number;
    const incident = await this.mutate('recordIncident', 'RecordIncidentInput', row, {
      customerId, title, description: `${row.number}: ${title}`, channel: row.channel, category, technicalClass: row.technicalClass, caller: row.cell('caller_id'),
      symptom: row.cell('u_symptom'), source: row.cell('location'), impact: row.impact ?? 2, urgency: row.urgency ?? 2, level: row.level, teamId: want.team,
      externalNumber: row.number, externalSource: source, idempotencyKey: `${source} ${row.number} recorded`,
    });
    this.ids.set(row.number, incident.id);
    return incident;
  }

  async command(incident: ReplayedIncident, { name, input }: ReplayCommand, row: HistoryRow): Promise<ReplayedIncident> {
    const { expectedEndAt, ...rest } = { expectedEndAt: undefined, ...input };
    const dated = typeof expectedEndAt === 'number' ? { ...rest, expectedEndAt: toIso(expectedEndAt) } : rest;
    const type = INPUTS[name] ?? `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    try {
      return await this.mutate(name, type, row, {
        ...dated, id: incident.id, expectedVersion: incident.version,
        idempotencyKey: `${this.options.source} ${row.number} ${row.revision} ${name} ${incident.version}`,
      });
    } catch (error) {
      // Somebody at the desk was faster: the path is asked for anew from how it stands now.
      if (error instanceof Refusal && error.code === 'STALE_VERSION') return this.read(incident.id);
      throw error;
    }
  }

  private async mutate(name: string, type: string, row: HistoryRow, input: object): Promise<ReplayedIncident> {
    const query = `mutation Replay($input: ${type}!) { ${name}(input: $input) { incident { ${FIELDS} } userErrors { code message field detail } } }`;
    const answer = asJson((await this.api.ask(query, { input }, this.options.actorName(row)))[name]);
    const [first] = asList(answer['userErrors']);
    if (first) throw new Refusal(first['code'] === 'STALE_VERSION' ? 'STALE_VERSION' : 'MOVE_NOT_ALLOWED', `${name}: ${String(first['message'])}`, null, { code: first['code'] });
    return readIncident(asJson(answer['incident']));
  }

  private async read(id: string): Promise<ReplayedIncident> {
    const answer = await this.api.ask(`query Replayed($id: ID!) { incident(id: $id) { ${FIELDS} } }`, { id });
    if (answer['incident'] === null) throw new Refusal('NOT_FOUND', `The server has no incident ${id} any more.`, 'id');
    return readIncident(asJson(answer['incident']));
  }
}

/** Mutations whose input is not named after them. */
const INPUTS: Readonly<Partial<Record<ReplayCommand['name'], string>>> = { startWork: 'IncidentInput', acceptSolution: 'NoteInput', refuseSolution: 'ReasonInput' };

function readIncident(incident: Json): ReplayedIncident {
  const state = INCIDENT_STATES.find((known) => known === String(incident['state']).toLowerCase().replaceAll('_', '-'));
  const level = String(incident['level']);
  assert(state && isLevel(level), 'the incident has a known state and level');
  const open = asList(incident['suspensions']).find((spell) => spell['to'] === null && spell['correctedAt'] === null);
  const onSite = asList(incident['clocks']).some((clock) => clock['kind'] === 'ON_SITE' && clock['outcome'] === 'NONE');
  return {
    id: String(incident['id']), version: Number(incident['version']),
    standing: {
      state, level, monitoring: incident['category'] === 'monitoring', levelConfirmed: incident['levelConfirmed'] === true, team: idOf(incident['team']),
      holder: idOf(incident['holder']), started: incident['started'] === true, responded: incident['respondedAt'] !== null,
      visitOpen: incident['onSiteNeeded'] === null && onSite, suspension: open ? String(open['category']) : null, accepted: incident['acceptedAt'] !== null,
      handoffWaits: asList(incident['handoffs']).some((handoff) => handoff['state'] === 'WAITING'),
    },
  };
}

function idOf(value: unknown): string | null {
  return value === null || value === undefined ? null : String(asJson(value)['id']);
}
