import { fileURLToPath } from 'node:url';
import { generate } from '@graphql-codegen/cli';
import config from '../schema/codegen.ts';
import { splitDocuments } from './split-documents.ts';

const root = fileURLToPath(new URL('.', import.meta.url));

/** Writes `src/graphql/generated/` from the printed schema and the operations beside the pages and parts. */
export async function generateGraphqlTypes(): Promise<void> {
  await generate({ ...config, cwd: root, silent: true }, true);
  splitDocuments(`${root}src/graphql/generated/desk`, `${root}src`);
}

/** Vitest calls this once before the screen tests. */
export const setup = generateGraphqlTypes;

if (process.argv[1] === fileURLToPath(import.meta.url)) await generateGraphqlTypes();
