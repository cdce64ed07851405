import { render } from '@testing-library/react';
import { expect, test } from 'vitest';
import { LiveText, TickerProvider } from './live-text.tsx';
import { createTicker } from './ticker.ts';

function fixture(start: number) {
  let now = start;
  let pending: { ms: number; task: () => void } | null = null;
  const ticker = createTicker(() => now, {
    after(ms, task) {
      const entry = { ms, task };
      pending = entry;
      return () => { if (pending === entry) pending = null; };
    },
  });
  const pass = (): void => {
    const due = pending;
    if (due === null) throw new Error('no timer runs');
    pending = null;
    now += due.ms;
    due.task();
  };
  return { ticker, pass, wait: () => pending?.ms ?? null };
}

test('LIV-03 the clock ticks just after each full second', () => {
  const { ticker, pass, wait } = fixture(10_300);
  const seen: number[] = [];
  ticker.add((now) => seen.push(now));
  expect(wait()).toBe(705);
  pass();
  pass();
  expect(seen).toEqual([10_300, 11_005, 12_005]);
});

test('WBD-02 without anything to write no timer runs', () => {
  const { ticker, wait } = fixture(0);
  const first = ticker.add(() => {});
  const second = ticker.add(() => {});
  first();
  expect(wait()).not.toBeNull();
  second();
  expect(wait()).toBeNull();
});

test('LIV-03 a text node is replaced only when its string changes', () => {
  const { ticker, pass } = fixture(0);
  const { container } = render(<TickerProvider ticker={ticker}><LiveText of={(now) => `${Math.floor(now / 2000)}`} /></TickerProvider>);
  const span = container.querySelector('span');
  const before = span?.firstChild;
  expect(span?.textContent).toBe('0');
  pass();
  expect(span?.firstChild).toBe(before);
  pass();
  expect(span?.textContent).toBe('1');
});

test('LIV-03 a text that left the page is not written any more', () => {
  const { ticker, wait } = fixture(0);
  const { unmount } = render(<TickerProvider ticker={ticker}><LiveText of={() => 'x'} /></TickerProvider>);
  expect(wait()).not.toBeNull();
  unmount();
  expect(wait()).toBeNull();
});
