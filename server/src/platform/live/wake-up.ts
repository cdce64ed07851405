import { log } from '../log/log.ts';

/** One hint for all commits of this span. Inside the transactions it would serialise them: 0.37 of the commits here. */
const GATHER_MS = 10;

/**
 * What brings the hint from one process to all others: PostgreSQL itself (`listen-carrier.ts`), or a broker where there
 * are too many processes for that (`nats-carrier.ts`). It may lose any hint and be away for any time.
 */
export interface WakeUpCarrier {
  /** Connects, and connects again for ever; the first failure is not fatal either. Calls `heard` also after each silence. */
  start(heard: () => void): Promise<void>;
  /** Tells the other processes; does nothing while it is away. */
  tell(): Promise<void>;
  close(): Promise<void>;
}

/** A hint between processes that the log has grown, told after commits. It may be lost at any time; whoever listens polls as well. */
export class WakeUp {
  private readonly carrier: WakeUpCarrier;
  private gathering: NodeJS.Timeout | null = null;
  private telling = false;
  private again = false;
  private closed = false;

  constructor(carrier: WakeUpCarrier) {
    this.carrier = carrier;
  }

  start(heard: () => void): Promise<void> {
    return this.carrier.start(heard);
  }

  /** Tells every process, at most once in 10 ms. To be called after the commit. */
  send(): void {
    if (this.closed) return;
    if (this.telling) {
      this.again = true;
      return;
    }
    this.telling = true;
    void this.tell();
  }

  async close(): Promise<void> {
    this.closed = true;
    if (this.gathering) clearTimeout(this.gathering);
    await this.carrier.close();
  }

  private async tell(): Promise<void> {
    try {
      await this.carrier.tell();
    } catch (error) {
      log.debug({ err: error }, 'a wake-up was not sent; polling will find the change');
    }
    // The first hint goes at once; those of the next moment are one.
    if (!this.closed) this.gathering = setTimeout(() => this.gathered(), GATHER_MS);
  }

  private gathered(): void {
    this.gathering = null;
    this.telling = false;
    if (!this.again) return;
    this.again = false;
    this.send();
  }
}
