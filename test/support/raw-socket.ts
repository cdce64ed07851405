import { randomBytes } from 'node:crypto';

/** What a client writes that opens a WebSocket by hand, to do afterwards what no library would. */
export function upgradeRequest(url: string): string {
  const { host } = new URL(url);
  return `GET /graphql HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n`;
}

/** A client's text frame of up to 64 kB, masked with zeros. */
export function textFrame(message: object): Buffer {
  return clientFrame(0x1, Buffer.from(JSON.stringify(message)));
}

export function clientFrame(opcode: number, payload: Buffer): Buffer {
  const head = payload.length < 126 ? [0x80 | opcode, 0x80 | payload.length] : [0x80 | opcode, 0x80 | 126, payload.length >> 8, payload.length & 255];
  return Buffer.concat([Buffer.from(head), Buffer.alloc(4), payload]);
}
