import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { graphqlSchema } from '../server/src/app/schema.ts';
import { printWithDescriptions, undescribed } from '../server/src/platform/graphql/printed-schema.ts';

/** `pnpm schema` writes schema.graphql; `pnpm schema --check` fails when it is not what the code serves, or a field lacks its description. */
const file = fileURLToPath(new URL('schema.graphql', import.meta.url));
const schema = await graphqlSchema();
const printed = printWithDescriptions(schema);
const silent = undescribed(schema);

if (process.argv.includes('--check')) {
  if (readIfThere(file) !== printed) fail('schema/schema.graphql is not what the code serves: run "pnpm schema" and look at the difference.');
  if (silent.length > 0) fail(`Without a description: ${silent.join(', ')}.`);
} else {
  writeFileSync(file, printed);
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
