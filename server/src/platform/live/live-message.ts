import { textFrame, type TextFrame } from './text-frame.ts';

/** From here on bytes are worth sharing even when the operations' ids differ. */
const SHARED_FROM_BYTES = 4096;

/** A message as it was made once for everybody who hears it: all of it but the operation's id. */
export class LiveMessage {
  readonly head: Buffer;
  private framedFor: string | null = null;
  private framed: TextFrame | null = null;

  /** `json`: an object without its closing brace, to which the id is added: `{"type":"next","payload":{…}`. */
  constructor(json: string) {
    this.head = Buffer.from(json);
  }

  /** What stands behind the head for an operation. */
  static tailOf(id: string): Buffer {
    return Buffer.from(`,"id":${JSON.stringify(id)}}`);
  }

  /**
   * The whole frame for an operation, the same buffer for all who chose the same id, as wallboards do. Null for a large
   * message under yet another id: it would be one more copy of those bytes, and there is a way that shares them.
   */
  frameFor(id: string, tail: Buffer): TextFrame | null {
    if (this.framed && id === this.framedFor) return this.framed;
    if (this.framed && this.head.length >= SHARED_FROM_BYTES) return null;
    this.framedFor = id;
    this.framed = textFrame([this.head, tail]);
    return this.framed;
  }
}
