import { DAY, MINUTE, type Instant } from '../../kernel/instant.ts';

/** What a notice is about (WBD-13), the weightiest first: of one event a person gets the first that fits. */
export const NOTICE_KINDS = [
  'escalated', 'approval', 'mentioned', 'handed-over', 'assigned', 'feedback', 'handoff-aged', 'handoff-decided', 'breached', 'warned', 'reminded', 'shift-handover',
  'unassigned', 'informed', 'followed',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** The same kind for the same record within this span is one notice with a count; half-open. */
export const COALESCE_WITHIN = 5 * MINUTE;
export const KEPT_FOR = 90 * DAY;

/** Nobody can turn escalations off. */
export function mayBeSilenced(kind: NoticeKind): boolean {
  return kind !== 'escalated';
}

/** A customer's own people hear of what is said to them: never of the provider's inner work. */
export function isForCustomers(kind: NoticeKind): boolean {
  return kind === 'informed' || kind === 'mentioned';
}

/** Does what happened at `at` count to a notice that is there? */
export function joins(notice: { readonly lastAt: Instant; readonly readAt: Instant | null }, at: Instant): boolean {
  return notice.readAt === null && at < notice.lastAt + COALESCE_WITHIN;
}

/** Somebody to be told, as an event names them. */
export type Addressee =
  | { readonly person: string }
  | { readonly membersOf: string }
  /** As an escalation writes them down: "role: name", a role, or "role id". */
  | { readonly written: string }
  | { readonly of: 'holder' | 'first-contact' | 'lead' | 'followers' | 'cab' };

/** What a notice shows besides its record. */
export interface NoticeFacts {
  readonly by: string | null;
  readonly step: string | null;
  readonly clock: string | null;
  readonly level: string | null;
  readonly teamId: string | null;
  readonly excerpt: string | null;
}

export interface Telling {
  readonly kind: NoticeKind;
  readonly to: readonly Addressee[];
  readonly facts: Partial<NoticeFacts>;
  /** The text in which names are to be looked for: `@name`. */
  readonly mentions?: { readonly text: string; readonly customerVisible: boolean };
}

/** An event of the log, as far as a notice needs it. */
export interface ToldEvent {
  readonly type: string;
  readonly ticketId: string | null;
  readonly before: unknown;
  readonly after: unknown;
  readonly reason: string | null;
}

const EXCERPT = 160;

const record = (value: unknown): Readonly<Record<string, unknown>> => (typeof value === 'object' && value !== null ? { ...value } : {});
const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const texts = (value: unknown): string[] => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []);
const person = (value: unknown): Addressee[] => { const id = text(value); return id === null ? [] : [{ person: id }]; };
const people = (value: unknown): Addressee[] => texts(value).map((id) => ({ person: id }));
const written = (value: unknown): Addressee[] => texts(value).map((name) => ({ written: name }));
const excerptOf = (value: unknown): string | null => text(value)?.slice(0, EXCERPT) ?? null;

type Teller = (after: Readonly<Record<string, unknown>>, event: ToldEvent) => Telling[];

const FOLLOWED: Teller = (_after, { type }) => [{ kind: 'followed', to: [{ of: 'followers' }], facts: { step: type } }];
const telling = (kind: NoticeKind, to: readonly Addressee[], facts: Partial<NoticeFacts> = {}): Telling[] => (to.length === 0 ? [] : [{ kind, to, facts }]);

const assigned: Teller = (after, { before, reason }) => {
  const holder = text(after['holderId']);
  const team = text(after['teamId']);
  if (holder !== null) return holder === record(before)['holderId'] ? [] : telling('assigned', person(holder), { excerpt: excerptOf(reason) });
  return team === null || team === record(before)['teamId'] ? [] : telling('unassigned', [{ membersOf: team }], { teamId: team });
};

/** INC-05, INC-24: the new holder or team, and those who are told of that level. */
const graded: Teller = (after, event) => [...assigned(after, event), ...telling('informed', written(after['notified']), { level: text(after['level']) })];

const noted: Teller = (after) => {
  const said = text(after['text']);
  return said === null ? [] : [{ kind: 'mentioned', to: [], facts: { excerpt: said.slice(0, EXCERPT) }, mentions: { text: said, customerVisible: after['customerVisible'] === true } }];
};

/** SLA-15: addressees of the step are escalated to; those warned besides get the same notice. */
const escalated: Teller = (after, { reason }) => telling('escalated', [...written(after['to']), ...written(after['warned'])], { step: text(after['step']), excerpt: excerptOf(reason) });

/** Who holds it, the team's lead and the first contact; SLA owner and service manager where the event names them (D-32). */
const breached: Teller = (after) => telling('breached', [{ of: 'holder' }, { of: 'lead' }, { of: 'first-contact' }, ...person(after['holderId']), ...written(after['warned'])], { clock: text(after['clock']) });

/** SLA-16: the progress report is its owner's; other warnings are the holder's and the lead's. */
const warned: Teller = (after) => {
  const owner = text(after['owner']);
  return telling('warned', owner === null ? [{ of: 'holder' }, { of: 'lead' }] : [{ written: `project-manager: ${owner}` }, { of: 'holder' }], { clock: text(after['clock']), step: text(after['step']) });
};

const requested: Teller = (after, { reason }) => {
  const named = person(after['toPersonId']);
  const team = text(after['toTeamId']);
  return telling('handed-over', named.length > 0 ? named : team === null ? [] : [{ membersOf: team }], { teamId: text(after['fromTeamId']), excerpt: excerptOf(reason) });
};

/** The sender's side hears what became of it; a recall is told to those who would have taken it. */
const decided = (how: string): Teller => (after, { reason }) => {
  const from = person(after['fromPersonId']);
  const team = text(after[how === 'recalled' ? 'toTeamId' : 'fromTeamId']);
  const to = how !== 'recalled' && from.length > 0 ? from : team === null ? [] : [{ membersOf: team }];
  return telling('handoff-decided', [...to, { of: 'first-contact' }], { step: how, teamId: text(after['toTeamId']), excerpt: excerptOf(reason) });
};

const reminded: Teller = (after, { type }) => telling('reminded', [...person(after['reminded']), ...(text(after['reminded']) === null ? [{ of: 'lead' } as const] : [])], { step: type });
const APPROVERS: Readonly<Record<string, Addressee>> = { manager: { written: 'change-manager' }, steering: { written: 'department-manager' }, cab: { of: 'cab' } };
/** Those whose word a change waits for; a customer is asked by whoever owns the change. */
const approval: Teller = (after, { type, reason }) => telling('approval', texts(after['steps']).flatMap((step) => APPROVERS[step] ?? []), { step: type, excerpt: excerptOf(reason) });
const ownedChange: Teller = (after) => telling('assigned', [...person(after['ownerId']), ...person(after['implementerId']), ...person(after['holderId'])]);
const shiftHandover: Teller = (after, { type, reason }) => telling('shift-handover', people(after['told']), { step: type, teamId: text(after['teamId']), excerpt: excerptOf(reason) });

const TELLERS: Readonly<Record<string, readonly Teller[]>> = {
  'incident.assigned': [assigned, FOLLOWED], 'incident.levelConfirmed': [graded], 'incident.regraded': [graded, FOLLOWED],
  'incident.regradeRequested': [(_after, { reason }) => telling('approval', [{ of: 'lead' }], { step: 'incident.regradeRequested', excerpt: excerptOf(reason) })],
  'incident.logged': [noted], 'change.noted': [noted, FOLLOWED], 'problem.noted': [noted, FOLLOWED],
  'incident.feedbackArrived': [(after) => telling('feedback', people(after['alerted']), { step: text(after['channel']) }), FOLLOWED],
  'incident.solutionRefused': [(_after, { reason }) => telling('feedback', [{ of: 'holder' }, { of: 'first-contact' }], { step: 'solutionRefused', excerpt: excerptOf(reason) }), FOLLOWED],
  'incident.urged': [(after) => telling('feedback', [{ of: 'holder' }, { of: 'first-contact' }], { step: 'urged', excerpt: excerptOf(after['text']) })],
  'incident.closed': [(after) => telling('informed', written(after['notified']), { step: 'closed' }), FOLLOWED],
  'incident.incidentManagerTold': [() => telling('informed', [{ written: 'incident-manager' }], { step: 'functional-2' })],
  'incident.secondLineProposed': [() => telling('reminded', [{ of: 'holder' }, { of: 'lead' }], { step: 'secondLineProposed' })],
  'incident.confirmationDue': [() => telling('reminded', [{ of: 'holder' }, { written: 'service-desk' }], { step: 'incident.confirmationDue' })],
  'suspension.overdue': [reminded], 'suspension.grewLong': [reminded],
  'escalation.raised': [escalated], 'clock.breached': [breached, FOLLOWED], 'clock.warned': [warned],
  'clock.missed': [(after) => { const owner = text(after['owner']); return telling('breached', owner === null ? [{ of: 'holder' }] : [{ written: `project-manager: ${owner}` }], { clock: text(after['clock']) }); }],
  'handoff.requested': [requested, FOLLOWED], 'handoff.aged': [(after) => telling('handoff-aged', people(after['reminded']), { step: String(after['step'] ?? '') })],
  'handoff.accepted': [decided('accepted')], 'handoff.rejected': [decided('rejected')], 'handoff.recalled': [decided('recalled')],
  'change.assigned': [ownedChange], 'problem.assigned': [ownedChange, FOLLOWED], 'change.taskPlanned': [(after) => telling('assigned', person(after['implementerId']), { step: 'task', excerpt: excerptOf(after['title']) })],
  'change.approvalRequested': [approval, FOLLOWED], 'change.approved': [FOLLOWED], 'change.rejected': [FOLLOWED], 'change.scheduled': [FOLLOWED], 'change.rescheduled': [FOLLOWED],
  'change.started': [FOLLOWED], 'change.implemented': [FOLLOWED], 'change.rolledBack': [FOLLOWED], 'change.closed': [FOLLOWED], 'change.cancelled': [FOLLOWED],
  'incident.suspended': [FOLLOWED], 'incident.resumed': [FOLLOWED], 'incident.solutionProposed': [FOLLOWED], 'incident.majorDeclared': [FOLLOWED],
  'problem.errorKnown': [FOLLOWED], 'problem.resolved': [FOLLOWED], 'problem.closed': [FOLLOWED], 'problem.recurred': [FOLLOWED],
  'shift-handover.drawn': [shiftHandover], 'shift-handover.signed': [shiftHandover], 'shift-handover.sentBack': [shiftHandover], 'shift-handover.takenOver': [shiftHandover], 'shift-handover.overdue': [shiftHandover],
};

/** The events that anybody is told of. */
export const TOLD_TYPES: readonly string[] = Object.keys(TELLERS);

/** Who is told what of an event, the weightiest first. */
export function tellingsOf(event: ToldEvent): Telling[] {
  const after = record(event.after);
  const rank = ({ kind }: Telling): number => NOTICE_KINDS.indexOf(kind);
  return (TELLERS[event.type] ?? []).flatMap((tell) => tell(after, event)).toSorted((a, b) => rank(a) - rank(b));
}

/** What an escalation or a closing wrote down: "role: name", a role alone, "role id", or a name that somebody typed. */
export type Written = { readonly person: string } | { readonly role: string } | { readonly name: string };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function readWritten(written: string, isRole: (key: string) => boolean): Written {
  const [role = '', name = ''] = written.split(': ');
  if (isRole(role)) return { role };
  const [word = '', id = ''] = written.split(' ');
  if (UUID.test(id)) return word === 'customer' ? { role: 'customer-contact' } : { person: id };
  return { name: name === '' ? written.trim() : name.trim() };
}
