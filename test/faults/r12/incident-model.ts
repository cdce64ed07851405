/** What the clients do with an incident. */
export type Deed = 'assign' | 'start' | 'suspend' | 'resume' | 'propose' | 'refuse' | 'close' | 'handOver' | 'acceptHandoff' | 'rejectHandoff' | 'recallHandoff' | 'log';

/** One operation as its client saw it; times by one clock, in ms. */
export interface Operation {
  readonly ticketId: string;
  readonly deed: Deed;
  /** The version that it was based on. */
  readonly version: number;
  readonly askedAt: number;
  readonly answeredAt: number;
  /** `ok`, or the code of the refusal. */
  readonly answer: string;
}

/** All of an incident that the model knows. */
export interface ModelState {
  readonly state: string;
  readonly handoffWaits: boolean;
}

/** As the database has it after the last operation. */
export interface EndState extends ModelState {
  readonly version: number;
}

type Step = (at: ModelState) => ModelState | null;

const within = (states: readonly string[], to: string | null = null): Step => (at) => (states.includes(at.state) ? { ...at, state: to ?? at.state } : null);
const withoutHandoff = (step: Step): Step => (at) => (at.handoffWaits ? null : step(at));
const decided: Step = (at) => (at.handoffWaits && at.state !== 'closed' ? { ...at, handoffWaits: false } : null);

/** INC-02, INC-07, INC-17 and HND-01, written down from their text and not from the program's tables; null is "not possible here". */
export const MODEL: Readonly<Record<Deed, Step>> = {
  assign: withoutHandoff((at) => (at.state === 'awaiting-assignment' ? { ...at, state: 'in-progress' } : within(['in-progress', 'suspended'])(at))),
  start: within(['in-progress']),
  suspend: within(['in-progress'], 'suspended'),
  resume: within(['suspended'], 'in-progress'),
  propose: withoutHandoff(within(['in-progress'], 'awaiting-feedback')),
  refuse: within(['awaiting-feedback'], 'in-progress'),
  close: withoutHandoff(within(['awaiting-assignment', 'in-progress', 'awaiting-feedback'], 'closed')),
  // Nobody's yet, it is assigned, not handed over (HND-01).
  handOver: withoutHandoff((at) => (['in-progress', 'suspended'].includes(at.state) ? { ...at, handoffWaits: true } : null)),
  acceptHandoff: decided,
  rejectHandoff: decided,
  recallHandoff: decided,
  log: (at) => at,
};

/** Deeds whose refusal the model can judge: others depend on more than it knows. */
const JUDGED: ReadonlySet<Deed> = new Set(['assign', 'suspend', 'resume', 'propose', 'refuse', 'handOver', 'acceptHandoff', 'rejectHandoff', 'recallHandoff']);

/**
 * Whether there is one order of the operations on a ticket that explains every answer and the end: those that succeeded in the order of
 * their versions, each legal where it stood, none before one that was answered before it was asked; every refusal true at some moment
 * between question and answer.
 */
export function checkHistory(operations: readonly Operation[], begun: ModelState, end: EndState): string[] {
  const name = operations[0]?.ticketId ?? 'a ticket';
  const done = operations.filter(({ answer }) => answer === 'ok').toSorted((a, b) => a.version - b.version);
  const findings: string[] = [];
  const states: ModelState[] = [begun];
  let latest = Number.NEGATIVE_INFINITY;
  for (const [index, { deed, version, askedAt, answeredAt }] of done.entries()) {
    if (version !== index + 1) return [...findings, `${name}: ${version > index + 1 ? `nobody wrote version ${index + 2}` : `two commands succeeded on version ${version} (lost update)`}`];
    if (answeredAt < latest) findings.push(`${name}: "${deed}" on version ${version} was answered before a command on an earlier version was asked`);
    latest = Math.max(latest, askedAt);
    const before = states.at(-1)!;
    const after = MODEL[deed](before);
    if (!after) return [...findings, `${name}: "${deed}" succeeded on version ${version}, where the model is ${told(before)}`];
    states.push(after);
  }
  const last = states.at(-1)!;
  if (end.version !== done.length + 1) findings.push(`${name}: ${done.length} commands succeeded, and it is at version ${end.version}`);
  if (told(last) !== told(end)) findings.push(`${name}: the model ends ${told(last)}, the database ${told(end)}`);
  return [...findings, ...operations.flatMap((operation) => refusalFinding(operation, done, states) ?? [])];
}

/** Null when a refusal was right; a success is no refusal. */
function refusalFinding({ ticketId, deed, version, answer, answeredAt }: Operation, done: readonly Operation[], states: readonly ModelState[]): string | null {
  // The command that wrote the next version; by then this one was stale.
  const next = done[version - 1];
  if (answer === 'STALE_VERSION' && !(next && next.askedAt < answeredAt)) return `${ticketId}: "${deed}" on version ${version} was called stale, and nobody had written a newer one`;
  const at = states[version - 1];
  if (answer === 'MOVE_NOT_ALLOWED' && JUDGED.has(deed) && at && MODEL[deed](at)) return `${ticketId}: "${deed}" was refused on version ${version}, where the model is ${told(at)} and allows it`;
  return null;
}

function told({ state, handoffWaits }: ModelState): string {
  return `${state}${handoffWaits ? ', a handoff waiting' : ''}`;
}
