import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { deskOperations, operationsOf } from '../wallboard/desk-operations.ts';

const documents = fileURLToPath(new URL('documents', import.meta.url));

/** operations.json: the trusted documents by the SHA-256 of their text, in the order of their names. */
export function printOperations(): string {
  const texts = globSync(`${documents}/*.graphql`).toSorted().map((path) => readFileSync(path, 'utf8'));
  const ours = operationsOf(texts);
  const desk = deskOperations();
  const twice = [...ours.keys()].find((name) => desk.has(name));
  if (twice !== undefined) throw new Error(`Two operations are called ${twice}: rename the one in schema/documents/.`);
  const named = [...ours, ...desk].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `${JSON.stringify(Object.fromEntries(named.map(([, text]) => [createHash('sha256').update(text).digest('hex'), text])), null, 1)}\n`;
}
