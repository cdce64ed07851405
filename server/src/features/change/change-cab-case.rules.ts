import { may } from '../../kernel/actor.ts';
import type { Policies } from '../service-level/service-level.rules.ts';
import { lack, unless, type ActionRule, type Lack, type Moves, type Process } from '../ticket/ticket-action.rules.ts';
import type { CabCirculation, CabItem, CabMeeting, CabSeat, CabVoteRow } from './change-planning.entity.ts';
import { tally, type CabMeetingState, type OwnPeople, type Tally } from './change-cab.rules.ts';
import type { ChangeCategory, ChangeState } from './change-states.rules.ts';

/** A change on an agenda, as the meeting's rules look at it. */
export interface CabChange extends OwnPeople {
  readonly id: string;
  readonly customerId: string;
  readonly category: ChangeCategory;
  readonly state: ChangeState;
}

/** A meeting with everything that its rules look at. */
export interface MeetingCase {
  readonly meeting: CabMeeting;
  readonly seats: readonly CabSeat[];
  readonly items: readonly CabItem[];
  readonly votes: readonly CabVoteRow[];
  readonly circulations: readonly CabCirculation[];
  readonly changes: ReadonlyMap<string, CabChange>;
  readonly policy: Pick<Policies['change'], 'cabQuorumPercent' | 'cabPapersBeforehand'>;
}

type CabMove = 'open' | 'close' | 'cancel';

const CAB_MOVES: Moves<CabMeetingState, CabMove> = { planned: { open: 'open', cancel: 'cancelled' }, open: { close: 'closed' }, closed: {}, cancelled: {} };

/** Everything a person may do with a meeting, by the name of its mutation. */
export const CAB_ACTIONS = [
  'editCabMeeting', 'circulateCabPapers', 'addCabItem', 'removeCabItem', 'openCabMeeting', 'castCabVote', 'decideCabItem', 'closeCabMeeting', 'cancelCabMeeting',
] as const;
export type CabAction = (typeof CAB_ACTIONS)[number];

type Rule = ActionRule<MeetingCase, CabMove>;

/** The change manager calls and holds the meeting. */
const holder: Rule['who'] = (_, actor) => unless(actor.customerId === null && may(actor, 'change.approve'), 'the change manager');
const whilePlanned: Rule['when'] = ({ meeting }) => (meeting.state === 'planned' ? null : `Not possible while the meeting is ${meeting.state}.`);

const CAB_RULES: Readonly<Record<CabAction, Rule>> = {
  editCabMeeting: { when: whilePlanned, who: holder },
  circulateCabPapers: { when: whilePlanned, who: holder },
  addCabItem: { when: whilePlanned, who: holder },
  removeCabItem: { when: whilePlanned, who: holder },
  openCabMeeting: { move: 'open', who: holder, needs: ({ items }) => (items.length === 0 ? [lack('MISSING_FIELD', 'Put at least one change on the agenda.', 'items')] : []) },
  castCabVote: {
    when: ({ meeting }) => (meeting.state === 'planned' || meeting.state === 'open' ? null : `Votes are cast until the meeting is closed; it is ${meeting.state}.`),
    who: ({ seats }, actor) => unless(may(actor, 'change.vote') && seats.some(({ personId }) => personId === actor.id), 'a member who was called to this meeting'),
  },
  decideCabItem: { when: ({ meeting }) => (meeting.state === 'open' ? null : `Not possible while the meeting is ${meeting.state}.`), who: holder },
  closeCabMeeting: { move: 'close', who: holder, needs: undecided },
  cancelCabMeeting: { move: 'cancel', who: holder },
};

/** Every item gets its decision before the meeting is closed; deferring is one. */
function undecided({ items, changes }: MeetingCase): Lack[] {
  return items.filter(({ decision }) => decision === null).map(({ changeId }) => lack('MISSING_FIELD', `${changes.get(changeId)?.number ?? changeId} has no decision.`, 'items'));
}

export const CAB_PROCESS: Process<MeetingCase, CabMeetingState, CabMove, CabAction> = {
  noun: 'meeting', stateOf: ({ meeting }) => meeting.state, isClosed: ({ meeting }) => meeting.state === 'closed' || meeting.state === 'cancelled', moves: CAB_MOVES, actions: CAB_RULES,
};

/** CHG table: of these categories members have the papers before they sit down. */
export function needsPapers({ policy }: MeetingCase, { category }: CabChange): boolean {
  return policy.cabPapersBeforehand.includes(category);
}

/** Why a change cannot be put on the agenda; empty when it can. */
export function lacksForAgenda(kase: MeetingCase, change: CabChange): Lack[] {
  const lacks: Lack[] = [];
  if (change.state !== 'approval') lacks.push(lack('MOVE_NOT_ALLOWED', `${change.number} is ${change.state}; the CAB decides on changes that wait for approval.`, 'changeId'));
  if (kase.items.some(({ changeId }) => changeId === change.id)) lacks.push(lack('ALREADY_DONE', `${change.number} is on this agenda already.`, 'changeId'));
  if (needsPapers(kase, change) && !kase.circulations.some(({ changeId }) => changeId === change.id)) {
    lacks.push(lack('MISSING_FIELD', `${change.number} is ${change.category}: circulate its papers to the members first.`, 'papers'));
  }
  return lacks;
}

/** The votes on one item, counted by the quorum that the meeting was opened with. */
export function tallyOf({ meeting, seats, votes, changes, policy }: MeetingCase, item: CabItem): Tally {
  const change = changes.get(item.changeId);
  const own: OwnPeople = change ?? { number: '', requesterId: null, ownerId: null, implementerId: null };
  return tally(meeting.quorumPercent ?? policy.cabQuorumPercent, seats, votes.filter(({ itemId }) => itemId === item.id), own);
}
