import { performance } from 'node:perf_hooks';

const LABEL_WIDTH = 12;
/** Without a terminal to rewrite, a long step still gives a sign of life. */
const SIGN_OF_LIFE_MS = 5000;

/** One line a step: what, how it ended, how long it took. In a terminal the line of a running step is rewritten in place. */
export class Progress {
  private readonly out: NodeJS.WriteStream;
  private readonly started = performance.now();
  private written = 0;

  constructor(out: NodeJS.WriteStream) {
    this.out = out;
  }

  /** Runs a step; what it resolves to is its closing word. */
  async step<Result>(label: string, work: (tell: (state: string) => void) => Promise<Result>, word: (result: Result) => string): Promise<Result> {
    const from = performance.now();
    this.rewrite(label, '…');
    const result = await work((state) => this.rewrite(label, state));
    const seconds = ((performance.now() - from) / 1000).toFixed(1);
    this.line(`  ${label.padEnd(LABEL_WIDTH)} ${word(result)}  (${seconds} s)`);
    return result;
  }

  line(text: string): void {
    this.out.write(`${this.out.isTTY ? '\r\x1b[2K' : ''}${text}\n`);
    this.written = performance.now();
  }

  /** Seconds since the start, as text. */
  elapsed(): string {
    return `${((performance.now() - this.started) / 1000).toFixed(1)} s`;
  }

  private rewrite(label: string, state: string): void {
    const text = `  ${label.padEnd(LABEL_WIDTH)} ${state}`;
    if (this.out.isTTY) this.out.write(`\r\x1b[2K${text.slice(0, (this.out.columns || 80) - 1)}`);
    else if (performance.now() - this.written > SIGN_OF_LIFE_MS) this.line(text);
  }
}
