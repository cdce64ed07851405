/** What the first process and its server processes tell each other. */

export interface ProcessSettings {
  readonly databaseUrl: string;
  readonly port: number;
  readonly host: string;
  readonly wallboardDirectory: string;
  readonly brokerUrl: string | null;
  readonly replicaUrl: string | null;
  readonly proxies: readonly string[];
  /** Whether the demo is to be played; of all processes one does. */
  readonly demo: boolean;
}

/** Settings come over the channel, not by the environment: a password from a file stands in no environment. */
export type ToProcess =
  | { readonly kind: 'settings'; readonly settings: ProcessSettings }
  | { readonly kind: 'neighbours'; readonly neighbours: readonly Neighbour[] }
  | { readonly kind: 'stop' };

export type FromProcess =
  | { readonly kind: 'hello' }
  | { readonly kind: 'failed'; readonly code: string; readonly sentence: string }
  | { readonly kind: 'ready'; readonly url: string }
  | { readonly kind: 'alive'; readonly unready: Readonly<Record<string, string>> };

/** A server process as `/readyz` of each of them tells it. */
export interface Neighbour {
  readonly process: number;
  readonly pid: number | null;
  readonly state: 'starting' | 'ready' | 'not ready' | 'ended';
  readonly unready?: Readonly<Record<string, string>>;
}
