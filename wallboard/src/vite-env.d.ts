declare module '*.css';

/** Vite says by it whether this is a build. */
interface ImportMeta {
  readonly env: { readonly PROD: boolean };
}
