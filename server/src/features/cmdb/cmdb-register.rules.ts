/** One line of a register's file: its cells by column key, as they were read. */
export interface RegisterRow {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}
