import { globSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { addTypenameToDocument } from '@apollo/client/utilities';
import { Kind, parse, print, visit, type DefinitionNode, type DocumentNode } from 'graphql';

const sources = fileURLToPath(new URL('src', import.meta.url));
/** Their pages use no Apollo Client: they follow streams. */
const WALLS = new Set(['board', 'screen']);

/** Every query and mutation that the desk's pages send over HTTP, by name, as Apollo Client prints it: with `__typename` in each selection. */
export function deskOperations(): ReadonlyMap<string, string> {
  const paths = globSync(`${sources}/**/*.graphql`).filter((path) => !WALLS.has(basename(dirname(path))));
  return operationsOf(paths.map((path) => readFileSync(path, 'utf8')), addTypenameToDocument);
}

/** Each operation of some files with the fragments that it spreads, by name. Streams are left out: they come by WebSocket. */
export function operationsOf(texts: readonly string[], transform: (document: DocumentNode) => DocumentNode = (document) => document): ReadonlyMap<string, string> {
  const definitions = texts.flatMap((text) => parse(text).definitions);
  return new Map(definitions.flatMap((definition): [string, string][] => {
    if (definition.kind !== Kind.OPERATION_DEFINITION || definition.operation === 'subscription' || !definition.name) return [];
    return [[definition.name.value, print(transform({ kind: Kind.DOCUMENT, definitions: withFragments(definition, definitions) }))]];
  }));
}

/** In the order in which the generator puts them: the operation, then its fragments as they are met. */
function withFragments(definition: DefinitionNode, all: readonly DefinitionNode[]): readonly DefinitionNode[] {
  const met = new Set<DefinitionNode>([definition]);
  for (const one of met) {
    visit(one, { FragmentSpread: ({ name }) => {
      const fragment = all.find((each) => each.kind === Kind.FRAGMENT_DEFINITION && each.name.value === name.value);
      if (!fragment) throw new Error(`Must hold: there is a fragment ${name.value}`);
      met.add(fragment);
    } });
  }
  return [...met];
}
