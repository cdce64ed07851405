/** A part of a fault run: goes on where an earlier one stopped, until the volume is reached or the time is over. */
export interface Part {
  /** Of the unit, how many earlier parts have done. */
  readonly from: number;
  /** Where to stop: the full volume, or the quick one. */
  readonly upTo: number;
  /** Draws of this part come from it and from `from`; printed, so that a part can be repeated. */
  readonly seed: number;
  /** True once the time is over: the part then ends at its next quiet moment and tells how far it came. */
  readonly over: () => boolean;
  readonly say: (line: string) => void;
}

export interface PartOutcome {
  /** Of the unit, how many are done now, those of earlier parts included. */
  readonly done: number;
  /** What was counted, by name with its unit: `acknowledged`, `worstLateMs`. Added up over parts; those that begin with `worst` or `p99` as the greatest. */
  readonly figures: Readonly<Record<string, number>>;
  /** What must not be: empty when all held. */
  readonly findings: readonly string[];
}

/** A planted defect and what the same checker says of it. */
export interface Control {
  /** What was planted: `an acknowledged change deleted from the table`. */
  readonly planted: string;
  /** The checker's findings; none means that the checker is blind. */
  readonly findings: readonly string[];
}

/** One row of the list in README.md: what is done to the program, how often, and what must hold afterwards. */
export interface FaultRun {
  /** `R1`. */
  readonly id: string;
  readonly title: string;
  /** What is counted: `kills`. */
  readonly unit: string;
  readonly full: number;
  /** Enough for CI, a minute at most. */
  readonly quick: number;
  /** The full volume should be reached in this time. */
  readonly budgetMinutes: number;
  /** Starts what it needs on the database server of `serverUrl` (databases of its own, dropped afterwards) and ends it by pid. */
  run(serverUrl: string, part: Part): Promise<PartOutcome>;
  /** The same checker on planted defects. */
  controls(serverUrl: string): Promise<readonly Control[]>;
}
