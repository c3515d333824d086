/** A stream that text is written to. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
}

/** What the command has to do with the world. */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder that paths of output are relative to. */
  readonly cwd: string;
  readonly now: Date;
}

/** The exit codes of the contract. */
export const FINE = 0;
export const FOUND = 1;
export const UNUSABLE = 2;
