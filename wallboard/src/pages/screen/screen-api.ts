import {
  ReportScreenDocument, ScreenPairingDocument, StartScreenPairingDocument, type ReportScreenInput, type ReportScreenMutation, type ScreenPairingQuery,
  type ScreenPairingState, type StartScreenPairingMutation,
} from '../../graphql/generated/board/graphql.ts';

export type OwnScreen = NonNullable<ReportScreenMutation['reportScreen']['screen']>;

export interface PairingCode {
  readonly code: string;
  /** By the server's clock. */
  readonly expiresAt: string;
  readonly serverTime: string;
}

/** `away`: the server cannot be reached, or what answers is not the server. */
export interface ScreenApi {
  readonly report: (told: ReportScreenInput) => Promise<OwnScreen | 'refused' | 'away'>;
  readonly pairing: () => Promise<ScreenPairingState | 'away'>;
  readonly startPairing: () => Promise<PairingCode | 'limited' | 'away'>;
}

interface Answer<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
}

/** The server must not be waited for longer than this; a request that hangs is a server that is away. */
const PATIENCE_MS = 10_000;

/** The requests of a screen. `instance` names this page load: with it, and only with it, the screen's cookie counts. */
export function screenApi(instance: string): ScreenApi {
  async function ask<Data>(query: string, variables: object = {}): Promise<Answer<Data> | 'away'> {
    try {
      const response = await fetch('/graphql', {
        method: 'POST', headers: { 'content-type': 'application/json', 'watchfloor-screen': instance }, body: JSON.stringify({ query, variables }),
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      return (await response.json()) as Answer<Data>;
    } catch {
      return 'away';
    }
  }
  return {
    async report(input) {
      const answer = await ask<ReportScreenMutation>(ReportScreenDocument.toString(), { input });
      if (answer === 'away') return 'away';
      const screen = answer.data?.reportScreen.screen;
      if (screen != null) return screen;
      return (answer.errors ?? []).some(({ extensions }) => extensions?.code === 'UNAUTHENTICATED') ? 'refused' : 'away';
    },
    async pairing() {
      const answer = await ask<ScreenPairingQuery>(ScreenPairingDocument.toString());
      return answer === 'away' ? 'away' : answer.data?.screenPairing ?? 'away';
    },
    async startPairing() {
      const answer = await ask<StartScreenPairingMutation>(StartScreenPairingDocument.toString());
      if (answer === 'away') return 'away';
      const started = answer.data?.startScreenPairing;
      return started?.pairing ?? (started?.userErrors.some(({ code }) => code === 'RATE_LIMITED') === true ? 'limited' : 'away');
    },
  };
}
