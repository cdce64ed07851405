import { readFileSync } from 'node:fs';
import { differenceCiede2000, filterDeficiencyDeuter, filterDeficiencyProt, filterDeficiencyTrit, parse, wcagContrast, wcagLuminance, type Color } from 'culori';
import { describe, expect, test } from 'vitest';

type Tokens = Readonly<Record<string, string>>;

const css = readFileSync(`${import.meta.dirname}/tokens.css`, 'utf8');
const boardCss = readFileSync(`${import.meta.dirname}/../pages/board/board.css`, 'utf8');

function tokensOf(selector: string): Tokens {
  const block = css.slice(css.indexOf(selector)).split('}')[0] ?? '';
  return Object.fromEntries([...block.matchAll(/--([\w-]+): (#[\da-f]{6})/g)].map(([, name = '', value = '']) => [name, value]));
}

const dark = tokensOf(':root');
const light = { ...dark, ...tokensOf(`[data-theme='light']`) };
const THEMES: readonly [string, Tokens][] = [['dark', dark], ['light', light]];
const GROUNDS = ['ground', 'raised', 'raised-2'];
const colour = (tokens: Tokens, name: string): string => {
  const value = tokens[name];
  if (value === undefined) throw new Error(`Must hold: tokens.css has --${name}`);
  return value;
};
const contrast = (tokens: Tokens, text: string, ground: string): number => wcagContrast(colour(tokens, text), colour(tokens, ground));

/** What is short of the contrast that it needs: "text on ground 4.2". */
function short(tokens: Tokens, pairs: readonly (readonly [string, string])[], need: number): string[] {
  return pairs.map(([text, ground]) => [`${text} on ${ground}`, contrast(tokens, text, ground)] as const).filter(([, ratio]) => ratio < need).map(([name, ratio]) => `${name} ${ratio.toFixed(2)}`);
}
const on = (grounds: readonly string[], ...texts: string[]) => texts.flatMap((text) => grounds.map((ground) => [text, ground] as const));

describe.each(THEMES)('%s', (_name, tokens) => {
  test('W9 every text is readable on every ground: 4.5 to 1', () => {
    const texts = on(GROUNDS, 'text', 'text-2', 'text-3', 'breached-text', 'due15', 'due60', 'suspended', 'handoff', 'good', 'accent', 'danger');
    expect(short(tokens, [...texts, ['on-breached', 'breached'], ['on-accent', 'accent']], 4.5)).toEqual([]);
  });

  test('W9 shapes and fills stand out from every ground: 3 to 1', () => {
    expect(short(tokens, on(GROUNDS, 'breached', 'due15', 'due60', 'suspended', 'good'), 3)).toEqual([]);
  });

  /** Machado, Oliveira and Fernandes 2009, severity 1, as culori has their matrices; CIEDE2000. */
  const SIGHT: readonly [string, (one: Color) => Color][] = [
    ['usual', (one) => one], ['protan', filterDeficiencyProt(1)], ['deutan', filterDeficiencyDeuter(1)], ['tritan', filterDeficiencyTrit(1)],
  ];
  const STATES = ['breached', 'due15', 'due60', 'suspended', 'text-2'];

  test.each(SIGHT)('W9 states of clocks differ by ΔE00 ≥ 15 in %s sight', (sight, seen) => {
    const distance = differenceCiede2000();
    const pairs = STATES.flatMap((one, index) => STATES.slice(index + 1).map((other) => {
      const [left, right] = [one, other].map((name) => seen(parse(colour(tokens, name))!));
      return [`${one}/${other}`, distance(left!, right!)] as const;
    }));
    const least = pairs.reduce((low, pair) => (pair[1] < low[1] ? pair : low));
    console.log(`W9 ${_name} ${sight}: least ${least[0]} ΔE00 ${least[1].toFixed(1)}`);
    expect(pairs.filter(([, apart]) => apart < 15)).toEqual([]);
  });
});

test('W9 the text of a board\'s rows: 7 to 1', () => {
  expect(short(dark, on(['ground'], 'text', 'text-2', 'suspended', 'due15', 'due60', 'handoff', 'breached-text'), 7)).toEqual([]);
});

test('W10 a new breach pulses at 1 Hz, three times, and its change of light is below that of a flash', () => {
  const [, seconds, times] = /draw-the-eye (\d+)s ease-in-out (\d+)/.exec(boardCss) ?? [];
  expect([Number(seconds), Number(times)]).toEqual([1, 3]);
  const dimmed = Number(/draw-the-eye \{ 50% \{ opacity: ([\d.]+)/.exec(boardCss)?.[1]);
  const mixed = (name: string): Color => {
    const [top, under] = [parse(colour(dark, name)), parse(colour(dark, 'ground'))];
    if (top?.mode !== 'rgb' || under?.mode !== 'rgb') throw new Error('Must hold: tokens are hexadecimal');
    const mix = (channel: 'r' | 'g' | 'b'): number => top[channel] * dimmed + under[channel] * (1 - dimmed);
    return { mode: 'rgb', r: mix('r'), g: mix('g'), b: mix('b') };
  };
  // WCAG: a general flash is a pair of opposing changes of 10 % of the greatest relative luminance or more; a red one has R/(R+G+B) ≥ 0.8.
  const swing = wcagLuminance(colour(dark, 'breached')) - wcagLuminance(mixed('breached'));
  console.log(`W10 swing of relative luminance ${swing.toFixed(3)}`);
  expect(swing).toBeGreaterThan(0.05);
  expect(swing).toBeLessThan(0.1);
  const breached = parse(colour(dark, 'breached'));
  if (breached?.mode !== 'rgb') throw new Error('Must hold: tokens are hexadecimal');
  expect(breached.r / (breached.r + breached.g + breached.b)).toBeLessThan(0.8);
});

test('W10 nothing else on a board moves, and without motion nothing pulses', () => {
  const animated = [...boardCss.matchAll(/animation: ([\w-]+)/g)].map(([, name]) => name);
  expect(animated).toEqual(['shift', 'none', 'draw-the-eye']);
  expect(/prefers-reduced-motion: no-preference\) \{\s*\.row\[data-new='true'\] \.clock \{ animation: draw-the-eye/.test(boardCss)).toBe(true);
});
