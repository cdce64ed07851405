import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parse } from 'graphql';

/** `export const XDocument = {…} as unknown as DocumentNode<XQuery, XQueryVariables>;`, one a line, as the generator writes it. */
const DOCUMENT = /^export const (\w+)Document = .* as unknown as DocumentNode<(\w+), (\w+)>;$/;

/** A document holds its fragments itself; only the documents' modules name the type of a document. */
const LEFT_OUT = /^(export const \w+FragmentDoc = |import .* as DocumentNode )/;

/**
 * Moves the generated documents into one module per folder of pages, and exports them from where they were: each page then
 * loads the documents of its own folder, and the queue none of the others.
 */
export function splitDocuments(generated: string, sources: string): void {
  const file = join(generated, 'graphql.ts');
  const folders = foldersOf(sources);
  const parts = new Map<string, { readonly lines: string[]; readonly types: Set<string>; readonly names: string[] }>();
  const kept = readFileSync(file, 'utf8').split('\n').filter((line) => {
    const [, name, result, variables] = DOCUMENT.exec(line) ?? [];
    if (name === undefined || result === undefined || variables === undefined) return !LEFT_OUT.test(line);
    const folder = folders.get(name);
    if (folder === undefined) throw new Error(`Must hold: the operation ${name} stands in a .graphql file below ${sources}`);
    const part = parts.get(folder) ?? { lines: [], types: new Set<string>(), names: [] };
    parts.set(folder, part);
    part.lines.push(line);
    part.names.push(`${name}Document`);
    part.types.add(result).add(variables);
    return false;
  });
  // The lookup by source text, which nobody uses, would tie all documents together again.
  for (const gone of ['documents', 'gql.ts', 'index.ts']) rmSync(join(generated, gone), { recursive: true, force: true });
  mkdirSync(join(generated, 'documents'));
  for (const [folder, { lines, types, names }] of parts) {
    kept.push(`export { ${names.join(', ')} } from './documents/${folder}.ts';`);
    const imports = [
      "import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';",
      `import type { ${[...types].join(', ')} } from '../graphql.ts';`,
    ];
    writeFileSync(join(generated, 'documents', `${folder}.ts`), `${[...imports, '', ...lines].join('\n')}\n`);
  }
  writeFileSync(file, `${kept.join('\n')}\n`);
}

/** The folder that each operation stands in. */
function foldersOf(sources: string): Map<string, string> {
  const folders = new Map<string, string>();
  for (const path of globSync(join(sources, '**/*.graphql'))) {
    for (const definition of parse(readFileSync(path, 'utf8')).definitions) {
      if (definition.kind === 'OperationDefinition' && definition.name !== undefined) folders.set(definition.name.value, basename(dirname(path)));
    }
  }
  return folders;
}
