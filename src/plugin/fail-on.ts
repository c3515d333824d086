/** Which findings make synthesis fail. */
export enum FailOn {
  /** Errors. */
  ERROR = 'error',

  /** Errors and warnings. */
  WARNING = 'warning',

  /** None: all are only reported. */
  NEVER = 'never',
}
