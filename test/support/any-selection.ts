import fc from 'fast-check';
import type { JsonShape } from '../../server/src/platform/graphql/json-shape.ts';

/** Any selection of what a shape can read, with aliases, fragments and fields twice; never empty. */
export function anySelection(shape: JsonShape): fc.Arbitrary<string> {
  const values = fc.subarray(['__typename', ...Object.keys(shape.values)], { minLength: 1 });
  const below = [...Object.entries(shape.one ?? {}), ...Object.entries(shape.many ?? {})].map(([name, { shape: inner }]) =>
    fc.option(anySelection(inner).map((selection) => `${name}${ARGUMENTS[name] ?? ''} { ${selection} }`), { nil: '', freq: 1 }));
  return fc.tuple(values, fc.tuple(...below), fc.constantFrom('plain', 'aliased', 'fragment', 'twice')).map(([names, objects, how]) => {
    const own = names.join(' ');
    const rest = objects.join(' ');
    switch (how) {
      case 'plain': return `${own} ${rest}`;
      case 'aliased': return `${names.map((name, index) => (index < 2 ? `a${index}: ${name}` : name)).join(' ')} ${rest}`;
      case 'fragment': return `... on ${shape.type} { ${own} } ${rest}`;
      default: return `${own} ${rest} ${own} ${rest}`;
    }
  });
}

const ARGUMENTS: Readonly<Record<string, string>> = { timeline: '(first: 7)' };
