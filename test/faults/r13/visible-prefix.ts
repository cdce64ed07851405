import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';

/**
 * Looks again and again, each time in one statement and so in one snapshot: what can be seen must have no hole below its greatest number.
 * Where that holds at every moment, the order of numbers is the order of commits. `table` has a `numbers` column without gaps.
 */
export class VisiblePrefix {
  looks = 0;
  readonly findings: string[] = [];
  private readonly client: Client;
  private readonly question: string;
  private known: number;
  private looking = true;
  private readonly over: Promise<void>;

  private constructor(client: Client, { table, numbers, from }: { table: string; numbers: string; from: number }) {
    this.client = client;
    this.known = from;
    this.question = `select count(*)::int as there, coalesce(max(${numbers}), $1)::float8 as last from ${table} where ${numbers} > $1`;
    this.over = this.look();
  }

  static async watch(url: string, what: { readonly table: string; readonly numbers: string; readonly from: number }): Promise<VisiblePrefix> {
    const client = new Client({ connectionString: url });
    client.on('error', () => undefined);
    await client.connect();
    return new VisiblePrefix(client, what);
  }

  async end(): Promise<void> {
    this.looking = false;
    await this.over;
    await this.client.end();
  }

  private async look(): Promise<void> {
    while (this.looking) {
      const { rows } = await this.client.query<{ there: number; last: number }>(this.question, [this.known]);
      const { there, last } = rows[0]!;
      this.looks += 1;
      if (there !== last - this.known) this.findings.push(`${last} can be seen, but only ${there} of the ${last - this.known} since ${this.known}`);
      this.known = last;
      await wait(2);
    }
  }
}
