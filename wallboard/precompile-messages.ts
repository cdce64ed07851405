import { pathToFileURL } from 'node:url';
import type { Plugin } from 'vite';
import { compileMessage } from './src/lib/messages/compile-message.ts';
import { isPlainMessage } from './src/lib/messages/plain-message.ts';

/**
 * Compiles the ICU messages while building, so that no screen carries a parser or a formatter for all of ICU (14 kB gzipped).
 * Tests and the development server compile the plain strings as they go.
 */
export function precompileMessages(): Plugin {
  return {
    name: 'precompile-messages',
    apply: 'build',
    async load(id) {
      if (!/\/lib\/messages\/[\w-]+\/(zh-CN|en)\.ts$/.test(id) || id.includes('.test.')) return null;
      const catalogs: Record<string, Record<string, string>> = await import(pathToFileURL(id).href);
      return Object.entries(catalogs).map(([name, catalog]) => {
        const parsed = Object.entries(catalog).map(([key, text]) => [key, isPlainMessage(text) ? text : compileMessage(text)]);
        return `export const ${name} = ${JSON.stringify(Object.fromEntries(parsed))};`;
      }).join('\n');
    },
  };
}
