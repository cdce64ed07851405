import { Refusal } from '../../server/src/kernel/refusal.ts';
import { MINUTE } from '../../server/src/kernel/instant.ts';
import type { Actor } from '../../server/src/kernel/actor.ts';
import { Draw } from './process-model-draw.ts';
import { READ } from './process-model-processes.ts';
import { attachPaper, RAISE, workBehind } from './process-model-raise.ts';
import type { ModelRecord, ProcessWorld, RecordKind } from './process-model-world.ts';

/** Commands that are on their way at the same time. */
const AT_ONCE = 8;
const KINDS: readonly RecordKind[] = ['change', 'incident', 'problem', 'release', 'knowledge'];
const SHARE: Readonly<Record<RecordKind, number>> = { change: 34, incident: 24, problem: 14, release: 20, knowledge: 8 };
/** As many are kept open; few, so that people meet on them. */
const OPEN: Readonly<Record<RecordKind, number>> = { change: 6, incident: 5, problem: 3, release: 4, knowledge: 3 };

/** Where a record would end too soon. */
const ENDING = ['cancelChange', 'refuseChange', 'cancelRelease', 'withdrawProblem', 'retireArticle', 'mergeArticle', 'attachDuplicate'];
/** What undoes is rarer than what goes on, else nothing would ever come far. */
const BACKWARDS = [
  'replanChange', 'removeChangeTask', 'editChangeTask', 'recategoriseChange', 'replanRelease', 'retestRelease', 'returnReleaseContent', 'returnGoLivePlan', 'failReleaseTests', 'withdrawReleaseReviewer',
  'unlinkReleaseCi', 'dropChange', 'returnArticle', 'withdrawArticle', 'rejectHandoff', 'recallHandoff', 'refuseSolution', 'correctEntry', 'rollBackRelease',
];
const ASIDE = [
  'noteOnChange', 'addWorkLog', 'urgeIncident', 'answerUrge', 'raiseEscalation', 'assignChange', 'editChange', 'proposeWindow', 'trimChangePlan', 'stateOnChange', 'excuseRelease', 'describeProblem', 'addProblemNote', 'addProblemCi', 'markKeyProblem',
  'assignProblem', 'assignIncident', 'recordResponse', 'recordArrival', 'recordCustomerFeedback', 'acknowledgeEscalation', 'linkTicket', 'linkCi', 'regradeIncident', 'decideOnSite', 'addUpgradeFeedback', 'editRelease', 'attachArticleFile', 'editArticle',
  'giveArticleFeedback', 'recordArticleUse', 'openArticleToCustomers', 'recordOutage', 'linkReleaseCi', 'recordKnownError',
];
const ONWARDS = [
  'submitChange', 'acceptChange', 'planChange', 'requestApproval', 'scheduleChange', 'startChange', 'sendChangeTasks', 'endChangeTask', 'reviewChange', 'closeChange', 'verifyRollback', 'assessChange', 'completeChange', 'retryChange', 'stopChange', 'startWork', 'resumeIncident', 'confirmLevel', 'acceptHandoff',
  'closeRelease', 'tickReleaseCheck', 'resolveProblem', 'confirmProblem', 'draftProblemArticle', 'closeProblem', 'closeIncident', 'proposeSolution', 'acceptSolution', 'publishArticle', 'submitArticle', 'takeArticleReview',
  'recordCiResult', 'decideProblemSolution', 'steerChange', 'recordCabDecision', 'confirmChange', 'approveChange', 'submitReleaseContent', 'approveReleaseContent', 'acceptRelease', 'finishTrialRun', 'submitGoLivePlan', 'approveGoLivePlan',
  'finishReleaseCommunication', 'reviewReleaseContent', 'startProblemInvestigation', 'carryChange', 'handReleasePapers', 'decideReleaseCause',
];
/** Possible for a short time only: a window must stand open, a change must be under way. */
const SOON_OVER = ['startChange', 'startDeployment', 'finishDeployment', 'recordReleaseWatch', 'confirmReleaseBusiness'];
const WEIGHTS = new Map([
  ...ENDING.map((action) => [action, 0.05] as const), ...BACKWARDS.map((action) => [action, 0.08] as const), ...ASIDE.map((action) => [action, 0.3] as const), ...ONWARDS.map((action) => [action, 6] as const),
  ...SOON_OVER.map((action) => [action, 40] as const),
]);

export interface Walked {
  steps: number;
  succeeded: number;
  raised: number;
  stale: number;
  readonly refusals: Map<string, number>;
  readonly done: Map<string, number>;
  /** Anything that is no refusal is a fault of ours. */
  readonly faults: string[];
}

interface Planned {
  readonly name: string;
  readonly by: Actor;
  /** Null for what begins a record or asks for no version. */
  readonly on: { readonly record: ModelRecord; readonly expectedVersion: number } | null;
  readonly give: () => Promise<string>;
}

/** Commands whose form names no version: readers and files do not compete with whoever writes. */
const VERSIONLESS = new Set(['attachArticleFile', 'giveArticleFeedback', 'recordArticleUse', 'answerArticleFeedback']);

/** Random commands of everybody on everything, eight at a time; the clock goes on between the rounds. */
export class ProcessWalk {
  readonly walked: Walked = { steps: 0, succeeded: 0, raised: 0, stale: 0, refusals: new Map(), done: new Map(), faults: [] };
  private readonly world: ProcessWorld;
  private readonly draw: Draw;
  private readonly often = new Map<string, number>();

  constructor(world: ProcessWorld, seed: number) {
    this.world = world;
    this.draw = new Draw(seed);
  }

  async go(steps: number): Promise<Walked> {
    for (const end = this.walked.steps + steps; this.walked.steps < end;) await this.round(Math.min(AT_ONCE, end - this.walked.steps));
    return this.walked;
  }

  /** At least so many records of each kind. */
  async begin(least: number): Promise<void> {
    for (const kind of KINDS) {
      for (let tries = 0; this.world.of(kind).length < least && tries < 100; tries += 1) {
        await this.give(this.raising(kind, this.draw.fork()));
        await this.world.look();
      }
    }
  }

  private async round(size: number): Promise<void> {
    const { world, draw } = this;
    await world.look();
    const targets: (ModelRecord | RecordKind)[] = [];
    for (let slot = 0; slot < size; slot += 1) targets.push(slot > 0 && draw.chance(0.15) ? targets[draw.whole(0, slot - 1)]! : this.target(targets));
    const planned = await Promise.all(targets.map((target) => (typeof target === 'string' ? this.raising(target, draw.fork()) : this.plan(target, draw.fork()))));
    const behind = draw.chance(0.5) ? workBehind(world, draw.fork()).catch((error: unknown) => this.fault('behind', error)) : null;
    const results = await Promise.all(planned.map((one) => this.give(one)));
    await behind;
    await this.remember(planned.filter((_, slot) => results[slot] === true));
    world.desk.open.time.current += draw.chance(0.03) ? draw.whole(60, 1500) * MINUTE : draw.whole(0, 12) * MINUTE;
  }

  /** A kind whose record is to begin, or a record. */
  private target(taken: readonly (ModelRecord | RecordKind)[]): ModelRecord | RecordKind {
    const { world, draw } = this;
    const kind = draw.weighted(KINDS, (one) => SHARE[one]);
    const all = world.of(kind);
    const open = all.filter((record) => record.open);
    if (open.length < OPEN[kind] ? draw.chance(0.4) || open.length === 0 : draw.chance(0.02)) return kind;
    if (draw.chance(0.04)) return draw.pick(all);
    return draw.pickOr(open.filter((one) => !taken.includes(one)), draw.pick(open));
  }

  private raising(kind: RecordKind, draw: Draw): Planned {
    const { world } = this;
    const by = draw.chance(0.9) ? draw.pick(world.beginners[kind]) : draw.pick(world.people);
    const customerId = draw.pick(world.customers).id;
    return { name: `raise ${kind}`, by, on: null, give: () => RAISE[kind]({ world, draw, by, customerId }) };
  }

  /** Mostly what the record allows somebody; else anything by anybody. */
  private async plan(record: ModelRecord, draw: Draw): Promise<Planned> {
    const { world } = this;
    if ((record.kind === 'release' || record.kind === 'change') && draw.chance(0.08)) {
      const hand = draw.chance(0.9) ? draw.pick([world.named.changeOwner, world.named.releaseOwner]) : draw.pick(world.people);
      return { name: 'attach paper', by: hand, on: null, give: () => attachPaper({ world, draw, by: hand }, record) };
    }
    const read = await READ[record.kind](world, record, draw);
    const wild = draw.chance(0.12);
    const possible = wild ? [] : read.actions.map((action) => ({ action, able: read.able(action) })).filter(({ able }) => able.length > 0);
    const chosen = possible.length === 0 ? null : draw.weighted(possible, ({ action }) => this.weight(record, action));
    const name = chosen?.action ?? draw.pick(read.actions);
    const by = chosen === null ? draw.pick(world.people) : draw.pick(chosen.able);
    const expectedVersion = draw.chance(0.05) ? Math.max(1, record.version - draw.whole(1, 3)) : record.version;
    return {
      name, by, on: VERSIONLESS.has(name) ? null : { record, expectedVersion },
      give: () => read.tell(name, { world, draw, by, record, at: { id: record.id, expectedVersion } }),
    };
  }

  private weight(record: ModelRecord, action: string): number {
    const often = this.often.get(`${record.id} ${action}`) ?? 0;
    return (WEIGHTS.get(action) ?? 1) / (1 + often) ** 2;
  }

  private async give({ name, by, on, give }: Planned): Promise<boolean> {
    const { walked } = this;
    walked.steps += 1;
    try {
      await give();
    } catch (error) {
      if (error instanceof Refusal) count(walked.refusals, error.code);
      else this.fault(`${name} by ${by.name}`, error);
      return false;
    }
    walked.succeeded += 1;
    count(walked.done, name);
    if (on) count(this.often, `${on.record.id} ${name}`);
    if (on && on.expectedVersion !== on.record.version) walked.stale += 1;
    if (name.startsWith('raise ')) walked.raised += 1;
    return true;
  }

  private fault(what: string, error: unknown): void {
    this.walked.faults.push(`${what}: ${error instanceof Error ? error.stack ?? error.message : String(error)}`);
  }

  private async remember(planned: readonly Planned[]): Promise<void> {
    for (const { on, name, by } of planned) {
      if (on) await this.world.database.em.execute('insert into model_success (record_id, expected_version, action, actor) values (?, ?, ?, ?)', [on.record.id, on.expectedVersion, name, by.name]);
    }
  }
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
