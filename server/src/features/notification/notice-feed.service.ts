import type { Actor } from '../../kernel/actor.ts';
import type { Frame, LiveView, Reading, Step } from '../../platform/live/live-view.ts';
import type { LoggedEvent } from '../../platform/live/logged-event.ts';
import { noticesOf, requirePerson, unreadNotices } from './notice.queries.ts';
import type { NoticeView } from './notice.types.ts';

/** What a bell shows: the exact number of unread ones and the newest. */
export interface Bell {
  readonly unread: number;
  readonly notices: readonly NoticeView[];
}

const NEWEST = 12;

/** One person's notices, live. Its key names the person: nobody else's bell shares it, whatever their rights. */
export class NoticesView implements LiveView<Bell> {
  readonly key: string;
  private readonly actor: Actor;

  constructor(actor: Actor) {
    requirePerson(actor);
    this.actor = actor;
    this.key = `notices ${actor.id}`;
  }

  concerns({ type, after }: LoggedEvent): boolean {
    if (type !== 'notices.made' && type !== 'notices.read') return false;
    return typeof after === 'object' && after !== null && 'people' in after && Array.isArray(after.people) && after.people.includes(this.actor.id);
  }

  changesByTime(): boolean {
    return false;
  }

  async evaluate({ em }: Reading): Promise<Bell> {
    const { edges } = await noticesOf(em, this.actor, { first: NEWEST, after: null, unreadOnly: false });
    return { unread: await unreadNotices(em, this.actor), notices: edges.map(({ node }) => node) };
  }

  snapshot(bell: Bell, frame: Frame): object {
    return { __typename: 'NoticesSnapshot', ...frame, ...bell };
  }

  /** A bell is small: what changed is told whole. */
  delta(before: Bell, after: Bell, { fromSeq, toSeq, asOf }: Step): object | null {
    return JSON.stringify(before) === JSON.stringify(after) ? null : { __typename: 'NoticesChanged', fromSeq, toSeq, asOf, ...after };
  }

  resume(bell: Bell, _touched: ReadonlySet<string>, { fromSeq, toSeq, asOf }: Step): object {
    return { __typename: 'NoticesChanged', fromSeq, toSeq, asOf, ...bell };
  }

  heartbeat(_before: Bell, _after: Bell, frame: Frame): object {
    return { __typename: 'NoticesHeartbeat', ...frame };
  }
}
