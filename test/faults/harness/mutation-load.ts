import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { Draw } from '../../support/process-model-draw.ts';
import { mutate, type Outcome } from './api-call.ts';
import type { FaultDesk } from './fault-desk.ts';

export type Deed = 'recordIncident' | 'assignIncident' | 'addWorkLog' | 'suspendIncident' | 'resumeIncident';

/** One mutation that a client sent, until it had a clear answer. Its key is in the text that it writes, so that its effect can be found. */
export interface Said {
  readonly key: string;
  readonly deed: Deed;
  /** The record that the answer named; null when it was refused. */
  readonly recordId: string | null;
}

export interface Journal {
  readonly said: Said[];
  /** What a client was told that can never be right, whatever happened in between. */
  readonly findings: string[];
  /** Answers that did not come; each was asked for again with the same key. */
  unknown: number;
  /** Acknowledged ones that were sent again on purpose. */
  repeated: number;
}

export interface LoadOptions {
  readonly desk: FaultDesk;
  /** Of the processes; asked anew for every try. */
  readonly urls: () => readonly string[];
  readonly perSecond: number;
  readonly seed: number;
  /** Begins every key, so that several loads on one database do not meet. */
  readonly name: string;
}

const CLIENTS = 16;
/** Then its client takes a new incident: a long history would make every later command slower. */
const DEEDS_FOR_ONE = 24;
const SENT_AGAIN = 0.05;
const RETRY_MS = 100;
const PATIENCE_MS = 300_000;

/** The one incident of a client, as its own commands have left it: nobody else changes it. */
interface Held {
  id: string;
  version: number;
  assigned: boolean;
  suspended: boolean;
  deeds: number;
}

/**
 * Clients that change incidents at a given rate, each with a key of its own for every mutation. A client whose answer did not
 * come sends the same again until it has one. Ends when told to, at a quiet moment: every mutation then has its answer.
 */
export class MutationLoad {
  readonly journal: Journal = { said: [], findings: [], unknown: 0, repeated: 0 };
  private readonly options: LoadOptions;
  private readonly clients: Promise<void>[];
  private began = performance.now();
  private turn = 0;
  private keys = 0;
  private over = false;
  private resting: PromiseWithResolvers<void> | null = null;
  private abandoned = false;

  constructor(options: LoadOptions) {
    this.options = options;
    const draw = new Draw(options.seed);
    this.clients = Array.from({ length: CLIENTS }, () => this.client(draw.fork()));
  }

  /** Acknowledged so far. */
  get done(): number {
    return this.journal.said.length;
  }

  /** Nothing new is sent until `goOn`; what is under way comes to its answer. */
  rest(): void {
    this.resting ??= Promise.withResolvers();
  }

  goOn(): void {
    this.resting?.resolve();
    this.resting = null;
  }

  async end(): Promise<Journal> {
    this.over = true;
    this.goOn();
    await Promise.all(this.clients);
    return this.journal;
  }

  /** For a run that fails in between: nobody asks any more, and no answer is waited for. */
  abandon(): void {
    this.over = true;
    this.abandoned = true;
    this.goOn();
  }

  private async client(draw: Draw): Promise<void> {
    let held: Held | null = null;
    while (!this.over) {
      await this.resting?.promise;
      await this.myTurn();
      held = held === null || held.deeds >= DEEDS_FOR_ONE ? await this.take(draw) : await this.change(held, draw);
    }
  }

  /** Open loop: turns come at the rate, and are late together when the program is. Lateness of an outage is not caught up with. */
  private async myTurn(): Promise<void> {
    this.turn += 1;
    const early = this.began + (this.turn * 1000) / this.options.perSecond - performance.now();
    if (early > 0) await wait(early);
    else if (early < -1000) this.began -= early;
  }

  private async take(draw: Draw): Promise<Held | null> {
    const { desk } = this.options;
    const key = this.newKey();
    const said = await this.say('recordIncident', key, {
      customerId: desk.customerId, title: key, description: 'It burns.', channel: 'phone', category: 'hotline', technicalClass: 'network', level: draw.pick(['LV2', 'LV3', 'LV4']), teamId: desk.teamId,
    }, draw);
    return said && { id: said.recordId, version: said.version, assigned: false, suspended: false, deeds: 0 };
  }

  private async change(held: Held, draw: Draw): Promise<Held | null> {
    const { desk } = this.options;
    const key = this.newKey();
    const base = { id: held.id, expectedVersion: held.version };
    const deed: Deed = !held.assigned ? 'assignIncident' : draw.chance(0.6) ? 'addWorkLog' : held.suspended ? 'resumeIncident' : 'suspendIncident';
    const input = {
      recordIncident: {},
      assignIncident: { teamId: desk.teamId, holderId: desk.personId, reason: key },
      addWorkLog: { kind: 'NOTE', text: key, customerVisible: false },
      suspendIncident: { category: 'user-busy', text: key, expectedEndAt: new Date(Date.now() + 3_600_000).toISOString() },
      resumeIncident: { workLog: key },
    }[deed];
    const said = await this.say(deed, key, { ...base, ...input }, draw);
    if (!said) return null;
    if (said.recordId !== held.id) this.journal.findings.push(`${key} (${deed}) was answered with ${said.recordId} instead of ${held.id}`);
    // An answer of the first time comes with the version as it is now: of one client's record it is the next one.
    if (said.version !== held.version + 1) this.journal.findings.push(`${key} (${deed}) was based on version ${held.version} and answered with ${said.version}`);
    const suspended = deed === 'suspendIncident' || (deed !== 'resumeIncident' && held.suspended);
    return { ...held, version: said.version, assigned: true, suspended, deeds: held.deeds + 1 };
  }

  private newKey(): string {
    this.keys += 1;
    return `${this.options.name}-key-${this.keys}`;
  }

  private async say(deed: Deed, key: string, input: object, draw: Draw): Promise<Extract<Outcome, { kind: 'done' }> | null> {
    const first = await this.insist(deed, key, input, draw);
    if (first === null) return null;
    this.journal.said.push({ key, deed, recordId: first.kind === 'done' ? first.recordId : null });
    if (first.kind === 'refused') {
      this.journal.findings.push(`${key} (${deed}) was refused though the desk may do it: ${first.why}`);
      return null;
    }
    if (draw.chance(SENT_AGAIN)) {
      this.journal.repeated += 1;
      const again = await this.insist(deed, key, input, draw);
      if (again?.kind === 'refused' || (again?.kind === 'done' && again.recordId !== first.recordId)) {
        this.journal.findings.push(`${key} (${deed}) was acknowledged with ${first.recordId}; sent again: ${JSON.stringify(again)}`);
      }
    }
    return first;
  }

  /** Sends it until the answer is clear; null (a finding) when none came for five minutes. */
  private async insist(deed: Deed, key: string, input: object, draw: Draw): Promise<Exclude<Outcome, { kind: 'unknown' }> | null> {
    const until = performance.now() + PATIENCE_MS;
    for (let why = ''; ; ) {
      if (this.abandoned) return null;
      const urls = this.options.urls();
      if (performance.now() > until) {
        this.journal.findings.push(`${key} (${deed}) had no answer for ${PATIENCE_MS / 1000} s: ${why}`);
        return null;
      }
      if (urls.length > 0) {
        const outcome = await mutate(draw.pick(urls), this.options.desk.token, { mutation: deed, input: { ...input, idempotencyKey: key } });
        if (outcome.kind !== 'unknown') return outcome;
        this.journal.unknown += 1;
        why = outcome.why;
      }
      await wait(RETRY_MS);
    }
  }
}
