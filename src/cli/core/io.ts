/** A stream that text is written to. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  /** The width of a terminal. */
  readonly columns?: number;
}

/** The environment of the command. */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  /** The whole text of stdin. */
  readonly stdin: () => string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The working directory. */
  readonly cwd: string;
  readonly now: Date;
}

/** The exit codes. */
export const NOTHING_FOUND = 0;
export const FOUND = 1;
export const INVALID_INPUT = 2;
