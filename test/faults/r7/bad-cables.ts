import { BOTH_WAYS, type Fault, type FaultProxy, type Line } from '../../support/fault-proxy.ts';
import type { Draw } from '../../support/process-model-draw.ts';

/** What is done to one connection. Trouble passes, except where a reset ends it. */
interface Harm {
  readonly name: 'resets' | 'cuts' | 'silences' | 'slow' | 'late' | 'pieces' | 'held';
  readonly weight: number;
}

const HARMS: readonly Harm[] = [
  { name: 'resets', weight: 42 }, { name: 'cuts', weight: 28 }, { name: 'silences', weight: 6 },
  { name: 'slow', weight: 6 }, { name: 'late', weight: 6 }, { name: 'pieces', weight: 6 }, { name: 'held', weight: 6 },
];
const TROUBLE_MS = [500, 4000] as const;
/** Half of the troubles end with the connection. */
const ENDS_BADLY = 0.5;
/** One harm in so many is for a connection of requests. */
const REQUESTS_SHARE = 0.15;
/** A client waits a minute for its answer: of requests only a short silence, which a reset ends. */
const REQUEST_SILENCE_MS = 3000;

/** Two cables, of streams and of requests, on which one connection after the other is harmed. */
export class BadCables {
  readonly dealt: Record<string, number> = {};
  private readonly streams: FaultProxy;
  private readonly requests: FaultProxy;
  private readonly draw: Draw;
  private readonly harmed = new Set<Line>();
  /** Half-open for ever: they have lost bytes. */
  private readonly silent = new WeakSet<Line>();
  private readonly passing = new Set<NodeJS.Timeout>();

  constructor({ streams, requests, draw }: { readonly streams: FaultProxy; readonly requests: FaultProxy; readonly draw: Draw }) {
    this.streams = streams;
    this.requests = requests;
    this.draw = draw;
  }

  /** Harms one connection that is well. `silences`: also such of which neither side hears for a dozen seconds. */
  harm({ silences }: { readonly silences: boolean }): void {
    const ofRequests = this.draw.chance(REQUESTS_SHARE);
    const well = (ofRequests ? this.requests : this.streams).lines.filter((line) => !this.harmed.has(line) && !this.silent.has(line));
    const harm = this.draw.weighted(HARMS.filter(({ name }) => name !== 'silences' || silences), ({ weight }) => weight);
    const line = this.draw.pickOr(well, null);
    if (!line) return;
    this.dealt[harm.name] = (this.dealt[harm.name] ?? 0) + 1;
    if (harm.name === 'resets') return line.reset();
    line.set(this.faultOf(harm.name));
    if (harm.name === 'silences' && !ofRequests) return void this.silent.add(line);
    this.harmed.add(line);
    const ms = harm.name === 'silences' ? REQUEST_SILENCE_MS : this.draw.whole(...TROUBLE_MS);
    const endsBadly = harm.name === 'silences' || this.draw.chance(ENDS_BADLY);
    // What a cut waits for may come only with the next heartbeat, so it is not taken away meanwhile.
    if (harm.name !== 'cuts') this.later(ms, () => this.pass(line, endsBadly));
  }

  /** Everything is well again but what has lost bytes. */
  mend(): void {
    for (const timer of this.passing) clearTimeout(timer);
    this.passing.clear();
    for (const line of this.harmed) this.pass(line, false);
  }

  private pass(line: Line, endsBadly: boolean): void {
    this.harmed.delete(line);
    if (endsBadly || line.fault.loses) line.reset();
    else line.set(null);
  }

  private faultOf(name: Exclude<Harm['name'], 'resets'>): Fault {
    switch (name) {
      case 'cuts': return { cuts: this.draw.chance(0.8) ? ['to-client'] : ['to-server'] };
      case 'silences': return { loses: BOTH_WAYS };
      case 'slow': return { bytesPerSecond: this.draw.whole(2000, 50_000) };
      case 'late': return { latencyMs: this.draw.whole(50, 1500) };
      case 'pieces': return { pieceBytes: 1 };
      case 'held': return { holds: this.draw.pick([['to-client'], ['to-server'], BOTH_WAYS] as const) };
    }
  }

  private later(ms: number, work: () => void): void {
    const timer = setTimeout(() => {
      this.passing.delete(timer);
      work();
    }, ms);
    this.passing.add(timer);
  }
}
