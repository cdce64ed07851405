import { fileURLToPath, pathToFileURL } from 'node:url';
import { parse } from '@formatjs/icu-messageformat-parser';
import type { Plugin } from 'vite';

/**
 * Parses the ICU messages while building, so that no screen carries the parser (11 kB gzipped).
 * Tests and the development server parse the plain strings as they go.
 */
export function precompileMessages(): Plugin {
  return {
    name: 'precompile-messages',
    apply: 'build',
    config: () => ({
      resolve: { alias: { '@formatjs/icu-messageformat-parser': fileURLToPath(import.meta.resolve('@formatjs/icu-messageformat-parser/no-parser.js')) } },
    }),
    async load(id) {
      if (!/\/lib\/messages\/\w+\/[\w-]+\.ts$/.test(id) || id.includes('.test.')) return null;
      const catalogs: Record<string, Record<string, string>> = await import(pathToFileURL(id).href);
      return Object.entries(catalogs).map(([name, catalog]) => {
        const parsed = Object.entries(catalog).map(([key, text]) => [key, parse(text, { captureLocation: false })]);
        return `export const ${name} = ${JSON.stringify(Object.fromEntries(parsed))};`;
      }).join('\n');
    },
  };
}
