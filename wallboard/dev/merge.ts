import { readFileSync } from 'node:fs';
import { Kind, parse, print, type DefinitionNode, type DocumentNode } from 'graphql';

const hasFields = (node: DefinitionNode): node is DefinitionNode & { readonly name: { value: string }; readonly fields: readonly { readonly name: { value: string } }[] } =>
  'fields' in node && 'name' in node;

/** The printed schema plus what the contract promises and the server does not serve yet. Goes when nothing is pending. */
export function withPending(schemaFile: string, pendingFile: string): string {
  const real: DocumentNode = parse(readFileSync(schemaFile, 'utf8'));
  const names = new Set(real.definitions.flatMap((node) => ('name' in node && node.name ? [node.name.value] : [])));
  const fieldsOf = new Map(real.definitions.flatMap((node) => (hasFields(node) ? [[node.name.value, new Set(node.fields.map((field) => field.name.value))] as const] : [])));
  const pending = parse(readFileSync(pendingFile, 'utf8')).definitions.flatMap((node): DefinitionNode[] => {
    if (node.kind !== Kind.OBJECT_TYPE_EXTENSION) return 'name' in node && node.name && names.has(node.name.value) ? [] : [node];
    const fields = (node.fields ?? []).filter((field) => fieldsOf.get(node.name.value)?.has(field.name.value) !== true);
    return fields.length === 0 ? [] : [{ ...node, fields }];
  });
  console.warn('pending:', pending.map((node) => ('name' in node ? node.name?.value : '')).join(' '));
  return [...real.definitions, ...pending].map(print).join('\n');
}
