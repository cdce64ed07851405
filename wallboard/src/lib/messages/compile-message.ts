import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import type { Message, Part } from './format-message.ts';

/**
 * Parses an ICU message into the short form that a screen carries. What our messages use is values, plain numbers, plural
 * and select; anything else throws, so it never reaches a build.
 */
export function compileMessage(text: string): Message {
  return parse(text, { captureLocation: false }).map(compilePart);
}

function compilePart(element: MessageFormatElement): Part {
  if (element.type === TYPE.literal) return element.value;
  if (element.type === TYPE.pound) return 0;
  if (element.type === TYPE.argument) return [element.value];
  if (element.type === TYPE.number && element.style == null) return [element.value, 'number'];
  if (element.type === TYPE.select) return [element.value, 'select', compileOptions(element.options)];
  if (element.type === TYPE.plural && element.pluralType === 'cardinal' && element.offset === 0) return [element.value, 'plural', compileOptions(element.options)];
  throw new Error(`A message may hold values, plain numbers, plural and select; this one has ${JSON.stringify(element)}`);
}

function compileOptions(options: Readonly<Record<string, { readonly value: MessageFormatElement[] }>>): Readonly<Record<string, Message>> {
  return Object.fromEntries(Object.entries(options).map(([name, { value }]) => [name, value.map(compilePart)]));
}
