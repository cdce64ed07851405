import { createContext, useContext, useLayoutEffect, useRef, type ReactNode, type RefObject } from 'react';
import type { Ticker, Write } from './ticker.ts';

const TickerContext = createContext<Ticker | null>(null);

export function TickerProvider({ ticker, children }: { readonly ticker: Ticker; readonly children: ReactNode }) {
  return <TickerContext value={ticker}>{children}</TickerContext>;
}

/** Calls `write` with the element and the time now and every second, outside React's rendering. */
export function useLiveElement<Tag extends HTMLElement>(write: (element: Tag, now: number) => void): RefObject<Tag | null> {
  const ticker = useContext(TickerContext);
  const ref = useRef<Tag>(null);
  useLayoutEffect(() => {
    const each: Write = (now) => { if (ref.current !== null) write(ref.current, now); };
    return ticker?.add(each);
  });
  return ref;
}

/** A text that follows the clock; the text node is touched only when the string changes. */
export function LiveText({ of, className }: { readonly of: (now: number) => string; readonly className?: string }) {
  const ref = useLiveElement<HTMLSpanElement>((element, now) => writeText(element, of(now)));
  return <span ref={ref} className={className} />;
}

export function writeText(element: Element, text: string): void {
  if (element.firstChild?.nodeValue !== text) element.textContent = text;
}

export function writeData(element: HTMLElement, name: string, value: string): void {
  if (element.dataset[name] !== value) element.dataset[name] = value;
}
