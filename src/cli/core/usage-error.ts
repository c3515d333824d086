/** Invalid arguments: one line for stderr, lower case, no full stop. */
export class UsageError extends Error {
  /** @param command the command whose help to refer to */
  constructor(
    message: string,
    public readonly command?: string,
  ) {
    super(message);
    this.name = 'UsageError';
  }
}
