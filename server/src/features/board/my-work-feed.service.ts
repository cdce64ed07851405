import type { Actor } from '../../kernel/actor.ts';
import type { Frame, LiveView, Reading, Step } from '../../platform/live/live-view.ts';
import type { LoggedEvent } from '../../platform/live/logged-event.ts';
import { myWorkRecords, requireWorker } from './my-work.queries.ts';

/** Says when one person's work may have changed: something of their teams, something they hold or follow, something that names them. */
export class MyWorkView implements LiveView<ReadonlySet<string>> {
  readonly key: string;
  private readonly actor: Actor;
  private readonly teams: ReadonlySet<string>;
  /** Records of the last look: read anew with every change that concerned the view. */
  private records: ReadonlySet<string> = new Set();

  constructor(actor: Actor) {
    requireWorker(actor);
    this.actor = actor;
    this.teams = new Set(actor.teamIds);
    // Teams are no part of what people share a view by, but of what this one shows.
    this.key = `my work ${actor.id} ${[...this.teams].toSorted().join(' ')}`;
  }

  concerns({ ticketId, subjectKind, teamIds, after }: LoggedEvent): boolean {
    if (ticketId === null) return (subjectKind === 'shift-handover' || subjectKind === 'team') && teamIds.some((id) => this.teams.has(id));
    return this.records.has(ticketId) || teamIds.some((id) => this.teams.has(id)) || (JSON.stringify(after) ?? '').includes(this.actor.id);
  }

  changesByTime(): boolean {
    return false;
  }

  async evaluate({ em }: Reading): Promise<ReadonlySet<string>> {
    this.records = await myWorkRecords(em, this.actor);
    return this.records;
  }

  snapshot(_records: ReadonlySet<string>, frame: Frame): object {
    return { __typename: 'MyWorkSnapshot', ...frame };
  }

  delta(_before: ReadonlySet<string>, _after: ReadonlySet<string>, { fromSeq, toSeq, asOf, events }: Step): object | null {
    return events.length === 0 ? null : { __typename: 'MyWorkChanged', fromSeq, toSeq, asOf };
  }

  resume(_records: ReadonlySet<string>, _touched: ReadonlySet<string>, { fromSeq, toSeq, asOf }: Step): object {
    return { __typename: 'MyWorkChanged', fromSeq, toSeq, asOf };
  }

  heartbeat(_before: ReadonlySet<string>, _after: ReadonlySet<string>, frame: Frame): object {
    return { __typename: 'MyWorkHeartbeat', ...frame };
  }
}
