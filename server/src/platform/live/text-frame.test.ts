import { expect, test } from 'vitest';
import { LiveMessage } from './live-message.ts';
import { textFrame } from './text-frame.ts';
import { framesAgree } from './wire.ts';

const addressed = (id: string): [string, Buffer] => [id, LiveMessage.tailOf(id)];

test('LIV-02 our frames are those of ws, byte by byte', () => {
  expect(framesAgree()).toBe(true);
});

test('LIV-02 where ws frames differently, or cannot be asked, nothing is written beside it', () => {
  class Masking {
    readonly stream: { write(chunk: Buffer): void };
    constructor(stream: { write(chunk: Buffer): void }) {
      this.stream = stream;
    }
    send(data: Buffer): void {
      this.stream.write(Buffer.from([0x81, 0x80 | data.length]));
    }
  }
  expect(framesAgree(Masking)).toBe(false);
  expect(framesAgree(null)).toBe(false);
});

test('LIV-02 lengths on both sides of 125 and 65,535 bytes are told as RFC 6455 says', () => {
  expect([125, 126, 65_535, 65_536].map((length) => [...textFrame([Buffer.alloc(length, 'x')]).whole.subarray(0, 10)])).toEqual([
    [0x81, 125, 120, 120, 120, 120, 120, 120, 120, 120],
    [0x81, 126, 0, 126, 120, 120, 120, 120, 120, 120],
    [0x81, 126, 255, 255, 120, 120, 120, 120, 120, 120],
    [0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0],
  ]);
});

test('LIV-06 screens that chose the same id get the same buffer', () => {
  const message = new LiveMessage('{"type":"next"');
  const frame = message.frameFor(...addressed('feed'));
  expect(message.frameFor(...addressed('feed'))).toBe(frame);
  expect(String(frame?.payload)).toBe('{"type":"next","id":"feed"}');
  expect(String(message.frameFor(...addressed('a"b'))?.payload)).toBe('{"type":"next","id":"a\\"b"}');
});

test('LIV-06 a large message is not copied for each further id', () => {
  const message = new LiveMessage('x'.repeat(4096));
  const frame = message.frameFor(...addressed('feed'));
  expect(message.frameFor(...addressed('other'))).toBeNull();
  expect(message.frameFor(...addressed('feed'))).toBe(frame);
});
