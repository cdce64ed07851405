import type { LoggedEvent } from './logged-event.ts';

/** The newest events of the log without a hole, and which of them are about which ticket. */
export class EventRing {
  private readonly most: number;
  private events: LoggedEvent[] = [];
  private readonly byTicket = new Map<string, LoggedEvent[]>();

  constructor(most: number) {
    this.most = most;
  }

  push(events: readonly LoggedEvent[]): void {
    for (const event of events) {
      this.events.push(event);
      if (event.ticketId === null) continue;
      const others = this.byTicket.get(event.ticketId);
      if (others) others.push(event);
      else this.byTicket.set(event.ticketId, [event]);
    }
    const surplus = this.events.length - this.most;
    if (surplus <= 0) return;
    for (const event of this.events.slice(0, surplus)) this.forget(event);
    this.events = this.events.slice(surplus);
  }

  clear(): void {
    this.events = [];
    this.byTicket.clear();
  }

  /** Events with `from` < seq ≤ `to`, of one ticket where one is named; null when some before them are forgotten already. */
  between(from: number, to: number, ticketId: string | null): readonly LoggedEvent[] | null {
    const oldest = this.events[0]?.seq ?? Number.POSITIVE_INFINITY;
    if (from + 1 < oldest) return null;
    if (ticketId !== null) return (this.byTicket.get(ticketId) ?? []).filter(({ seq }) => seq > from && seq <= to);
    const start = from + 1 - oldest;
    return this.events.slice(start, Math.max(start, start + to - from));
  }

  /** The oldest of all is also the oldest of its ticket. */
  private forget({ ticketId }: LoggedEvent): void {
    const others = ticketId === null ? undefined : this.byTicket.get(ticketId);
    if (!others || ticketId === null) return;
    others.shift();
    if (others.length === 0) this.byTicket.delete(ticketId);
  }
}
