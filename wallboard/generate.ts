import { fileURLToPath } from 'node:url';
import { generate } from '@graphql-codegen/cli';
import config from '../schema/codegen.ts';

const root = fileURLToPath(new URL('.', import.meta.url));

/** Writes `src/graphql/generated/` from the printed schema and the operations beside the pages. */
export async function generateGraphqlTypes(): Promise<void> {
  await generate({ ...config, cwd: root, silent: true }, true);
}

/** Vitest calls this once before the screen tests. */
export const setup = generateGraphqlTypes;

if (process.argv[1] === fileURLToPath(import.meta.url)) await generateGraphqlTypes();
