const scalars = { DateTime: 'string', Seq: 'string', JSON: 'unknown', ID: 'string' };

const shared = {
  scalars, strictScalars: true, enumsAsTypes: true, useTypeImports: true, immutableTypes: true, skipTypename: false,
  nonOptionalTypename: false, avoidOptionals: { field: true, inputValue: false },
};

/**
 * Types and documents of the wallboard, made from the printed schema and the `*.graphql` files beside the pages and parts.
 * Paths are relative to wallboard/, where the generator is installed. The board has an output of its own, with documents as plain strings: it must not carry the desk's documents or a parser.
 */
const config = {
  schema: '../schema/schema.graphql',
  errorsOnly: true,
  generates: {
    'src/graphql/generated/board/': {
      preset: 'client',
      documents: ['src/pages/{board,screen}/*.graphql'],
      presetConfig: { fragmentMasking: false },
      config: { ...shared, documentMode: 'string' },
    },
    'src/graphql/generated/desk/': {
      preset: 'client',
      documents: ['src/{pages,components}/*/*.graphql', '!src/pages/{board,screen}/*.graphql', 'src/graphql/*.graphql'],
      presetConfig: { fragmentMasking: false },
      config: shared,
    },
  },
};

export default config;
