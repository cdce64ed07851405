import { crc32, deflateSync } from 'node:zlib';
import type { Page } from 'playwright-core';

const MOST_COLOURS = 256;
const FREQUENT = 96;

/** The same picture as a PNG with a palette of at most 256 colours, about a third of the size. The page only decodes it. */
export async function smallPicture(page: Page, png: Buffer): Promise<Buffer> {
  const { width, height, pixels } = await decode(page, png);
  const { palette, indexOf } = choosePalette(pixels);
  const lines = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) lines[y * (width + 1) + 1 + x] = indexOf(pixels[y * width + x] ?? 0);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits a pixel, by palette.
  header.set([8, 3, 0, 0, 0], 8);
  const colours = Buffer.from(palette.flatMap((colour) => [(colour >> 16) & 255, (colour >> 8) & 255, colour & 255]));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('PLTE', colours), chunk('IDAT', deflateSync(lines, { level: 9 })), chunk('IEND', Buffer.alloc(0))]);
}

async function decode(page: Page, png: Buffer): Promise<{ width: number; height: number; pixels: Uint32Array }> {
  const { width, height, bytes } = await page.evaluate(async (address) => {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
    const drawing = canvas.getContext('2d');
    drawing?.drawImage(image, 0, 0);
    const data = drawing?.getImageData(0, 0, canvas.width, canvas.height).data ?? new Uint8ClampedArray();
    let text = '';
    for (let at = 0; at < data.length; at += 32_768) text += String.fromCharCode(...data.subarray(at, at + 32_768));
    return { width: canvas.width, height: canvas.height, bytes: btoa(text) };
  }, `data:image/png;base64,${png.toString('base64')}`);
  const raw = Buffer.from(bytes, 'base64');
  const pixels = Uint32Array.from({ length: width * height }, (_, at) => raw.readUInt32BE(at * 4) >>> 8);
  return { width, height, pixels };
}

/** The most frequent colours, then those that these would show most wrongly; every other becomes the nearest of them. */
function choosePalette(pixels: Uint32Array): { palette: readonly number[]; indexOf: (colour: number) => number } {
  const counts = new Map<number, number>();
  for (const colour of pixels) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const rest = [...counts].toSorted((a, b) => b[1] - a[1]).map(([colour, count]) => ({ colour, count, off: Infinity }));
  const palette: number[] = [];
  while (palette.length < MOST_COLOURS && palette.length < rest.length) {
    const next = palette.length < FREQUENT ? rest[palette.length]?.colour ?? 0 : worst(rest).colour;
    palette.push(next);
    for (const one of rest) one.off = Math.min(one.off, distance(one.colour, next));
  }
  const known = new Map(palette.map((colour, index) => [colour, index]));
  const indexOf = (colour: number): number => {
    const kept = known.get(colour);
    if (kept !== undefined) return kept;
    let nearest = 0;
    for (let index = 1; index < palette.length; index += 1) if (distance(colour, palette[index] ?? 0) < distance(colour, palette[nearest] ?? 0)) nearest = index;
    known.set(colour, nearest);
    return nearest;
  };
  return { palette, indexOf };
}

interface Shade {
  readonly colour: number;
  readonly count: number;
  /** Squared distance to the nearest colour of the palette. */
  off: number;
}

/** A rare colour that is far off counts as much as a frequent one that is nearly right. */
function worst(shades: readonly Shade[]): Shade {
  return shades.reduce((most, one) => (one.off * Math.sqrt(one.count) > most.off * Math.sqrt(most.count) ? one : most));
}

function distance(a: number, b: number): number {
  const red = (a >> 16) - (b >> 16);
  const green = ((a >> 8) & 255) - ((b >> 8) & 255);
  const blue = (a & 255) - (b & 255);
  return red * red + green * green + blue * blue;
}

function chunk(name: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), body]);
  const whole = Buffer.alloc(named.length + 8);
  whole.writeUInt32BE(body.length, 0);
  whole.set(named, 4);
  whole.writeUInt32BE(crc32(named), named.length + 4);
  return whole;
}
