/** Arguments that can't be used: one line for stderr, lower case, no full stop. */
export class UsageError extends Error {
  /** @param command whose help tells more */
  constructor(
    message: string,
    public readonly command?: string,
  ) {
    super(message);
    this.name = 'UsageError';
  }
}
