import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { generateGraphqlTypes } from './generate.ts';
import { precompileMessages } from './precompile-messages.ts';

const root = fileURLToPath(new URL('.', import.meta.url));

const generated: Plugin = { name: 'graphql-types', buildStart: generateGraphqlTypes };

/** The board and the desk pages are two lazy chunks: a screen never downloads the router or Apollo Client. */
export default defineConfig({
  root,
  plugins: [generated, precompileMessages(), react()],
  build: { outDir: 'dist', emptyOutDir: true, target: 'es2023', reportCompressedSize: true },
});
