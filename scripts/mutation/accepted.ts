/** A mutation that no test can tell from the source, or that needn't be told. */
export interface Accepted {
  readonly file: string;
  /** A part of the line that is mutated. */
  readonly line: string;
  /** What it becomes; any mutation of the line without it. */
  readonly replacement?: string;
  readonly reason: string;
}

export const ACCEPTED: readonly Accepted[] = [];
