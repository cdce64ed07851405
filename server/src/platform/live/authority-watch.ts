import type { Actor } from '../../kernel/actor.ts';
import { log } from '../log/log.ts';
import { authorityKey } from './authority.ts';

/** A revoked screen goes dark within seconds (LIV-05); the reference for others is a minute, or never. */
const EVERY_MS = 3000;

export interface Watched {
  readonly actor: Actor;
  readonly lost: () => void;
}

/** Asks again and again whether those who are connected may still see what they see. */
export class AuthorityWatch {
  private readonly stillValid: (actor: Actor) => Promise<boolean>;
  private readonly watched = new Set<Watched>();
  private readonly clock: NodeJS.Timeout;
  private asking: Promise<void> | null = null;
  private again = false;

  /** `stillValid`: whether the session or token still holds and means the same rights. */
  constructor(stillValid: (actor: Actor) => Promise<boolean>, everyMs = EVERY_MS) {
    this.stillValid = stillValid;
    this.clock = setInterval(() => void this.askAll(), everyMs);
  }

  add(watched: Watched): () => void {
    this.watched.add(watched);
    return () => this.watched.delete(watched);
  }

  /** At once, because something about accounts, roles or tokens has changed. */
  askSoon(): void {
    this.again = true;
    void this.askAll();
  }

  async close(): Promise<void> {
    clearInterval(this.clock);
    this.watched.clear();
    await this.asking;
  }

  private askAll(): Promise<void> {
    this.asking ??= this.round().finally(() => {
      this.asking = null;
      if (this.again) void this.askAll();
    });
    return this.asking;
  }

  private async round(): Promise<void> {
    this.again = false;
    // Screens that share a token are asked about once.
    const groups = Map.groupBy(this.watched, ({ actor }) => `${actor.credentialId ?? actor.id} ${authorityKey(actor)}`);
    for (const group of groups.values()) await this.askOne(group);
  }

  private async askOne(group: readonly Watched[]): Promise<void> {
    try {
      if (!(await this.stillValid(group[0]!.actor))) for (const { lost } of group) lost();
    } catch (error) {
      // The database does not answer: nothing is shown to anybody meanwhile, so nobody needs to be thrown out.
      log.warn({ err: error }, 'rights could not be checked; trying again');
    }
  }
}
