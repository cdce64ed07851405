/** What a feature gives to the whole; read by `app/features.ts` only. */
export interface FeatureManifest {
  readonly name: string;
  /** type-graphql resolver classes. */
  readonly resolvers?: readonly (new () => object)[];
}
