import { expect, test } from 'vitest';
import { blankOf, innerShape, kindOf, type Shape } from './json-shape.ts';

const target: Shape = { anyOf: [{ type: 'object', properties: { minutes: { type: 'integer' } } }, { type: 'object', properties: { workingDays: { type: 'integer' } } }] };

test('a policy\'s values find their controls by their shape', () => {
  const level: Shape = { type: 'object', properties: { response: target } };
  const shapes: readonly Shape[] = [
    target, { type: 'integer' }, { type: 'boolean' }, { type: 'string', enum: ['a', 'b'] }, { type: 'string' }, { type: 'array', items: { type: 'array', items: { enum: ['LV1'] } } },
    { type: 'array', items: { type: 'integer' } }, { type: 'array', items: { type: 'string' } }, { type: 'array', items: level }, { type: 'object', properties: { LV1: level, LV2: level, LV3: level } }, level,
  ];
  expect(shapes.map(kindOf)).toEqual(['target', 'number', 'flag', 'choice', 'text', 'grid', 'numbers', 'words', 'list', 'same', 'object']);
});

test('what may be left out is told from what may not', () => {
  expect(innerShape({ anyOf: [{ type: 'integer' }, { type: 'null' }] })).toEqual({ shape: { type: 'integer' }, optional: true });
  expect(innerShape({ anyOf: [...(target.anyOf ?? []), { type: 'null' }] })).toEqual({ shape: target, optional: true });
  // As the server prints "target or nothing": the choice stands inside a choice.
  expect(innerShape({ anyOf: [target, { type: 'null' }] })).toEqual({ shape: target, optional: true });
  expect(innerShape(target)).toEqual({ shape: target, optional: false });
});

test('a new entry begins with every value that its shape asks for', () => {
  expect(blankOf({ type: 'object', properties: { key: { type: 'string' }, pauses: { type: 'boolean' }, to: { type: 'array', items: { type: 'string' } }, response: target, past: { anyOf: [{ type: 'integer' }, { type: 'null' }] } } }))
    .toEqual({ key: '', pauses: false, to: [], response: { minutes: 60 }, past: null });
});
