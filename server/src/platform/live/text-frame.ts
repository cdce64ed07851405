export interface TextFrame {
  /** Header and payload, as they go over the wire. */
  readonly whole: Buffer;
  /** The same bytes without the header. */
  readonly payload: Buffer;
}

/** One unmasked, unfragmented text message as RFC 6455 §5.2 puts it on the wire. */
export function textFrame(parts: readonly Buffer[]): TextFrame {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const header = headerOf(length);
  const whole = Buffer.concat([header, ...parts], header.length + length);
  return { whole, payload: whole.subarray(header.length) };
}

/** FIN and opcode 1, then the length in 7, 16 or 64 bits. */
function headerOf(length: number): Buffer {
  if (length < 126) return Buffer.from([0x81, length]);
  if (length < 65_536) return Buffer.from([0x81, 126, length >> 8, length & 255]);
  const header = Buffer.alloc(10);
  header[0] = 0x81;
  header[1] = 127;
  header.writeUIntBE(length, 4, 6);
  return header;
}
