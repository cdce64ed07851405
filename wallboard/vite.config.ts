import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig, type Plugin } from 'vite';
import { generateGraphqlTypes } from './generate.ts';
import { precompileMessages } from './precompile-messages.ts';

const root = fileURLToPath(new URL('.', import.meta.url));

/** The generated modules do nothing but export, so a page takes the documents of its own folder and leaves the others. */
const generated: Plugin = {
  name: 'graphql-types',
  buildStart: generateGraphqlTypes,
  transform: { filter: { id: /graphql\/generated\// }, handler: (code) => ({ code, moduleSideEffects: false }) },
};

/** What the board and the desk's pages both stand on, by the end of a module's path. */
const CORE = /node_modules\/(react|react-dom|scheduler|graphql-ws)\/|vite\/preload-helper|src\/lib\/(reload-guard|letter-keys|ticking\/|messages\/(translator|format-message|locale-choice)|feed\/(graphql-ws-attempt|feed-reader|feed-update|feed-url|freshness|browser-timers|back-off|knock|server-clock|countdown|ordered-rows)\.|time\/format-time)|components\/clock-glyph|src\/pages\/board\/legibility|lib\/addressee/;

/**
 * Three chunks that are always fetched whole, since a file of many compresses better than many files: the core, the board,
 * and the desk with its first page. A screen never downloads the router or Apollo Client; each other page is a lazy chunk.
 */
const codeSplitting = {
  groups: [
    { name: 'core', test: CORE, priority: 3 },
    { name: 'board', test: /pages\/board\/mount-board/, priority: 2 },
    { name: 'desk', test: /app\/mount-desk/, priority: 1 },
  ],
};

export default defineConfig({
  root,
  plugins: [generated, precompileMessages(), react()],
  // RxJS written for the browsers of today: without it Apollo Client brings it written for ES5.
  resolve: { conditions: ['es2015', ...defaultClientConditions] },
  build: {
    outDir: 'dist', emptyOutDir: true, target: 'es2023', reportCompressedSize: true,
    // Every browser that the target fits knows modulepreload.
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { codeSplitting } },
  },
});
