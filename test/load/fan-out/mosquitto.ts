import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Started } from '../harness/started.ts';
import { portOf } from './port-of.ts';

const BINARY = process.env['MOSQUITTO_PATH'] || '/usr/sbin/mosquitto';
const TOPIC = Buffer.from([0, 4, ...Buffer.from('feed')]);

export const hasMosquitto = (): boolean => existsSync(BINARY);

/** Debian's broker in C. Its package is built without WebSockets, so it speaks MQTT 3.1.1 over plain TCP: less than the others do. */
export async function startMosquitto(started: Started): Promise<{ readonly pid: number; readonly port: number; readonly version: string }> {
  const free = createServer();
  const port = await portOf(free);
  await new Promise((done) => free.close(done));
  const folder = started.ends(mkdtempSync(join(tmpdir(), 'watchfloor-mqtt-')), (path) => rmSync(path, { recursive: true, force: true }));
  const file = join(folder, 'mosquitto.conf');
  writeFileSync(file, `listener ${port} 127.0.0.1\nallow_anonymous true\nset_tcp_nodelay true\nlog_dest stderr\n`);
  const child = started.ends(spawn(BINARY, ['-c', file], { stdio: ['ignore', 'ignore', 'pipe'] }), async (broker) => {
    if (broker.exitCode !== null) return;
    broker.kill('SIGTERM');
    await once(broker, 'exit');
  });
  const version = await new Promise<string>((done, failed) => {
    let said = '';
    child.once('exit', () => failed(new Error(`mosquitto has ended: ${said}`)));
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('running')) done(/mosquitto version (\S+) running/.exec(said)?.[1] ?? 'unknown');
    });
  });
  return { pid: child.pid!, port, version };
}

/** One MQTT connection that has subscribed (or only publishes); each message it gets is handed over whole. */
export async function mqttClient(port: number, id: string, hear: ((data: Buffer) => void) | null): Promise<{ publish(text: string): void; close(): void }> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  const name = Buffer.from(id);
  socket.write(packet(0x10, [Buffer.from([0, 4, ...Buffer.from('MQTT'), 4, 2, 0, 0, 0, name.length]), name]));
  await once(socket, 'data');
  if (hear) {
    socket.write(packet(0x82, [Buffer.from([0, 1]), TOPIC, Buffer.from([0])]));
    await once(socket, 'data');
    read(socket, hear);
  }
  return { publish: (text) => void socket.write(packet(0x30, [TOPIC, Buffer.from(text)])), close: () => void socket.destroy() };
}

/** A control byte, the remaining length in groups of 7 bits, the rest. */
function packet(control: number, parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const length: number[] = [];
  for (let left = body.length; ;) {
    const group = left % 128;
    left = Math.floor(left / 128);
    length.push(left > 0 ? group | 0x80 : group);
    if (left === 0) break;
  }
  return Buffer.concat([Buffer.from([control, ...length]), body]);
}

function read(socket: Socket, hear: (data: Buffer) => void): void {
  let held: Buffer = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    for (let end = endOf(held); end !== null; end = endOf(held)) {
      hear(held.subarray(0, end));
      held = held.subarray(end);
    }
  });
}

/** Where the first packet ends; null while it is not whole. */
function endOf(bytes: Buffer): number | null {
  let length = 0;
  for (let at = 1; at < Math.min(bytes.length, 5); at += 1) {
    length += (bytes[at]! & 0x7f) * 128 ** (at - 1);
    if ((bytes[at]! & 0x80) === 0) return bytes.length >= at + 1 + length ? at + 1 + length : null;
  }
  return null;
}
