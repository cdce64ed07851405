/** A relation that starts from an item of a baseline. */
export interface BaselineRelation {
  readonly type: string;
  readonly targetId: string;
}
