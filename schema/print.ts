import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { graphqlSchema } from '../server/src/app/schema.ts';
import { printWithDescriptions, undescribed } from '../server/src/platform/graphql/printed-schema.ts';
import { printOperations } from './operations.ts';

/**
 * `pnpm schema` writes schema.graphql and operations.json; `pnpm schema --check` fails when they are not what the code serves and
 * the wallboard asks, or a field lacks its description.
 */
const file = fileURLToPath(new URL('schema.graphql', import.meta.url));
const schema = await graphqlSchema();
const printed = printWithDescriptions(schema);
const operationsFile = fileURLToPath(new URL('operations.json', import.meta.url));
const operations = printOperations();
const silent = undescribed(schema);

if (process.argv.includes('--check')) {
  if (readIfThere(file) !== printed) fail('schema/schema.graphql is not what the code serves: run "pnpm schema" and look at the difference.');
  if (readIfThere(operationsFile) !== operations) fail('schema/operations.json is not what the wallboard and schema/documents/ ask: run "pnpm schema".');
  if (silent.length > 0) fail(`Without a description: ${silent.join(', ')}.`);
} else {
  writeFileSync(file, printed);
  writeFileSync(operationsFile, operations);
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function fail(sentence: string): void {
  console.error(sentence);
  process.exitCode = 1;
}
