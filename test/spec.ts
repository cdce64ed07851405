import { globSync, readFileSync } from 'node:fs';

/**
 * `pnpm spec [--missing] [ID …]`: every row of server/spec with the tests that name it, then the rows that no test names.
 * A test names a row by writing its id in its title, or in the title of the `describe` around it.
 */
interface Row {
  readonly id: string;
  readonly text: string;
  readonly tests: string[];
}

const ROW = /^\| ((?:[A-Z]{3,4})-\d{2}|D-\d{2}) \| (.+?) \|/;
const TITLE = /\b(?:describe|test|it)(?:\.\w+)?(?:\([^)]*\))?\(\s*(['"`])((?:\\.|(?!\1).)*)\1/g;
const ID = /\b(?:[A-Z]{3,4}|D)-\d{2}\b/g;

function readRows(): Map<string, Row> {
  const rows = new Map<string, Row>();
  for (const file of globSync('server/spec/*.md').toSorted()) {
    for (const line of readFileSync(file, 'utf8').split('\n')) {
      const match = ROW.exec(line);
      if (match && !rows.has(match[1]!)) rows.set(match[1]!, { id: match[1]!, text: match[2]!, tests: [] });
    }
  }
  return rows;
}

function readTests(rows: Map<string, Row>): void {
  const files = globSync(['server/src/**/*.test.ts', 'wallboard/src/**/*.test.{ts,tsx}', 'test/**/*.test.ts']).filter((file) => !file.includes('node_modules'));
  for (const file of files.toSorted()) {
    for (const [, , title] of readFileSync(file, 'utf8').matchAll(TITLE)) {
      for (const id of new Set(title!.match(ID) ?? [])) rows.get(id)?.tests.push(`${file}: ${title}`);
    }
  }
}

const asked = new Set(process.argv.slice(2).filter((argument) => !argument.startsWith('--')));
const onlyMissing = process.argv.includes('--missing');
const rows = readRows();
readTests(rows);
const chosen = [...rows.values()].filter(({ id }) => asked.size === 0 || asked.has(id));
if (!onlyMissing) {
  for (const { id, text, tests } of chosen.filter((row) => row.tests.length > 0)) {
    console.log(`${id}  ${text.slice(0, 110)}`);
    for (const title of tests) console.log(`    ${title}`);
  }
}
const missing = chosen.filter(({ tests }) => tests.length === 0);
console.log(`\nNamed by no test (${missing.length} of ${chosen.length}):`);
for (const { id, text } of missing) console.log(`  ${id}  ${text.slice(0, 110)}`);
