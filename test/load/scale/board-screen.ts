import type { WebSocket } from 'ws';
import { BOARD_FEED, type Update } from '../../support/board-follower.ts';
import { openScreen } from '../harness/screen.ts';

interface Message {
  readonly type: string;
  readonly payload?: { readonly data?: { readonly board: Update }; readonly errors?: unknown };
}

/** A screen of one board whose owner waits for certain updates. */
export class BoardScreen {
  private readonly heard: Update[] = [];
  private tell: () => void = () => undefined;
  private failure: string | null = null;
  private socket: WebSocket | null = null;

  /** Resolves when the connection stands; the snapshot is what it hears first. */
  async open(url: string, token: string, boardId: string): Promise<void> {
    this.socket = await openScreen(url, token, [{ id: 'feed', query: BOARD_FEED, variables: { id: boardId } }], (text) => this.hear(text));
  }

  /** The next update that fits; those before it are forgotten. */
  async until(fits: (update: Update) => boolean): Promise<Update> {
    const late = AbortSignal.timeout(20_000);
    for (;;) {
      if (this.failure !== null) throw new Error(this.failure);
      const at = this.heard.findIndex(fits);
      if (at >= 0) return this.heard.splice(0, at + 1).at(-1)!;
      await new Promise<void>((done, failed) => {
        this.tell = done;
        late.addEventListener('abort', () => failed(new Error('The screen heard nothing that fits for 20 s.')), { once: true });
      });
    }
  }

  close(): void {
    this.socket?.terminate();
  }

  private hear(text: string): void {
    const { type, payload } = JSON.parse(text) as Message;
    const update = payload?.data?.board;
    if (update) this.heard.push(update);
    else if (type === 'error' || payload?.errors) this.failure = text.slice(0, 1000);
    this.tell();
  }
}
