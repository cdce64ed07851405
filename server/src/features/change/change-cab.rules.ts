import type { Actor } from '../../kernel/actor.ts';
import { may } from '../../kernel/actor.ts';
import { Refusal } from '../../kernel/refusal.ts';

export const CAB_MEETING_STATES = ['planned', 'open', 'closed', 'cancelled'] as const;
export type CabMeetingState = (typeof CAB_MEETING_STATES)[number];

export const CAB_DECISIONS = ['approved', 'refused', 'deferred'] as const;
export type CabDecision = (typeof CAB_DECISIONS)[number];

export const CAB_VOTES = ['for', 'against', 'abstain'] as const;
export type CabVote = (typeof CAB_VOTES)[number];

/** What of a change says who may not decide on it (CHG-05). */
export interface OwnPeople {
  readonly number: string;
  readonly requesterId: string | null;
  readonly ownerId: string | null;
  readonly implementerId: string | null;
}

/** CHG-05: nobody votes on, or decides on, what they asked for, own or carry out. */
export function isOwnPerson({ requesterId, ownerId, implementerId }: OwnPeople, personId: string): boolean {
  return personId === requesterId || personId === ownerId || personId === implementerId;
}

export interface Tally {
  /** Members who were called and may vote on this change. */
  readonly entitled: number;
  readonly voted: number;
  readonly inFavour: number;
  readonly against: number;
  readonly abstained: number;
  /** So many must have voted. */
  readonly needed: number;
  readonly quorate: boolean;
  /** More for than against; who abstains counts for the quorum only. */
  readonly carried: boolean;
}

/** Counts the votes on one item. The quorum is a share of those who may vote on it, in whole people: 60 % of 5 is 3. */
export function tally(quorumPercent: number, seats: readonly { readonly personId: string }[], votes: readonly { readonly personId: string; readonly vote: CabVote }[], own: OwnPeople): Tally {
  const entitled = seats.filter(({ personId }) => !isOwnPerson(own, personId));
  const counted = votes.filter((vote) => entitled.some(({ personId }) => personId === vote.personId));
  const count = (wanted: CabVote): number => counted.filter(({ vote }) => vote === wanted).length;
  const needed = Math.max(1, Math.ceil((entitled.length * quorumPercent) / 100));
  return {
    entitled: entitled.length, voted: counted.length, inFavour: count('for'), against: count('against'), abstained: count('abstain'), needed,
    quorate: counted.length >= needed, carried: count('for') > count('against'),
  };
}

export interface VoteFacts {
  readonly state: CabMeetingState;
  readonly seat: { readonly present: boolean | null } | null;
  readonly change: OwnPeople;
  readonly decided: boolean;
}

/** Whether the vote may be cast, and whether it counts as given beforehand. @throws Refusal naming why not */
export function castVote({ state, seat, change, decided }: VoteFacts, actor: Actor): { readonly beforehand: boolean } {
  if (!may(actor, 'change.vote')) throw new Refusal('FORBIDDEN', 'Only a member of the CAB may vote.');
  if (!seat) throw new Refusal('FORBIDDEN', 'Only a member who was called to this meeting may vote in it.');
  if (isOwnPerson(change, actor.id)) throw new Refusal('FORBIDDEN', `Nobody votes on their own change: you asked for ${change.number}, own it or carry it out.`);
  if (state === 'planned') return { beforehand: true };
  if (state !== 'open') throw new Refusal('MOVE_NOT_ALLOWED', `Votes are cast until the meeting is closed; it is ${state}.`, 'state');
  if (decided) throw new Refusal('ALREADY_DONE', `${change.number} has been decided in this meeting.`, 'itemId');
  if (seat.present !== true) throw new Refusal('MOVE_NOT_ALLOWED', 'You were marked absent: an absent member votes before the meeting is opened.', 'itemId');
  return { beforehand: false };
}

/** A decision of the meeting must follow the votes; deferring needs none. @throws Refusal */
export function checkDecision(decision: CabDecision, counted: Tally, number: string): void {
  if (decision === 'deferred') return;
  if (!counted.quorate) {
    throw new Refusal(
      'APPROVAL_NEEDED', `There is no quorum on ${number}: ${counted.voted} of ${counted.entitled} members have voted, ${counted.needed} are needed. Defer it.`, 'decision', { ...counted },
    );
  }
  if (decision === 'approved' && !counted.carried) {
    throw new Refusal('APPROVAL_NEEDED', `${number} was not carried: ${counted.inFavour} for, ${counted.against} against.`, 'decision', { ...counted });
  }
  if (decision === 'refused' && counted.carried) {
    throw new Refusal('INVALID_INPUT', `${number} was carried: ${counted.inFavour} for, ${counted.against} against. Approve it, or defer it with a reason.`, 'decision', { ...counted });
  }
}
