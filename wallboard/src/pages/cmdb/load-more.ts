/** The next page of a list that Apollo holds: `fetchMore` joins its rows to those there. */
export interface PageInfo {
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}

/** Both pages as one: rows of the first, then of the second, and where the second ended. */
export function joined<Row>(before: { readonly nodes: readonly Row[] }, after: { readonly nodes: readonly Row[]; readonly pageInfo: PageInfo }) {
  return { nodes: [...before.nodes, ...after.nodes], pageInfo: after.pageInfo };
}
