import { WebSocket } from 'ws';

/** A raw graphql-transport-ws client that queues what it hears: tests read messages one after the other, without sleeping. */
export class LiveClient {
  readonly socket: WebSocket;
  readonly heard: Message[] = [];
  private readonly waiting: (() => void)[] = [];
  private closing: { code: number; reason: string } | null = null;
  private next = 1;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data) => {
      this.heard.push(JSON.parse(String(data)) as Message);
      this.tell();
    });
    socket.on('close', (code, reason) => {
      this.closing = { code, reason: String(reason) };
      this.tell();
    });
    socket.on('error', () => undefined);
  }

  /** Connects and is acknowledged, or throws with the close code. */
  static async connect(url: string, authorization: string | null, headers: Record<string, string> = {}): Promise<LiveClient> {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { headers });
    const client = new LiveClient(socket);
    await new Promise<void>((done, failed) => socket.once('open', done).once('error', failed));
    client.send({ type: 'connection_init', ...(authorization && { payload: { authorization: `Bearer ${authorization}` } }) });
    const ack = await client.message((message) => message.type === 'connection_ack');
    if (!ack) throw new Error(`closed with ${JSON.stringify(client.closing)}`);
    return client;
  }

  send(message: object): void {
    this.socket.send(JSON.stringify(message));
  }

  /** Starts an operation; answers its id. */
  subscribe(query: string, variables: Record<string, unknown> = {}): string {
    const id = `op${this.next++}`;
    this.send({ id, type: 'subscribe', payload: { query, variables } });
    return id;
  }

  /** The next message that fits, taken out of the queue; undefined when the socket closed first. Fails after 15 s. */
  async message(fits: (message: Message) => boolean = () => true, patienceMs = 15_000): Promise<Message | undefined> {
    const until = performance.now() + patienceMs;
    for (;;) {
      const at = this.heard.findIndex(fits);
      if (at >= 0) return this.heard.splice(at, 1)[0]!;
      if (this.closing) return undefined;
      if (performance.now() > until) throw new Error(`nothing that fits within ${patienceMs} ms; heard ${JSON.stringify(this.heard).slice(0, 2000)}`);
      await this.news(until - performance.now());
    }
  }

  /** The close code and reason. */
  async closed(patienceMs = 15_000): Promise<{ code: number; reason: string }> {
    const until = performance.now() + patienceMs;
    while (!this.closing) {
      if (performance.now() > until) throw new Error(`not closed within ${patienceMs} ms`);
      await this.news(until - performance.now());
    }
    return this.closing;
  }

  close(): void {
    this.socket.terminate();
  }

  private news(patienceMs: number): Promise<void> {
    return new Promise((done) => {
      const timer = setTimeout(done, Math.max(0, patienceMs));
      this.waiting.push(() => {
        clearTimeout(timer);
        done();
      });
    });
  }

  private tell(): void {
    for (const done of this.waiting.splice(0)) done();
  }
}

export interface Message {
  readonly type: string;
  readonly id?: string;
  readonly payload?: { readonly data?: Record<string, never>; readonly errors?: readonly { message: string; extensions?: Record<string, unknown> }[] };
}
