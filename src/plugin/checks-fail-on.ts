/** The findings that make synthesis fail. */
export enum ChecksFailOn {
  /** Errors. */
  ERROR = 'error',

  /** Errors and warnings. */
  WARNING = 'warning',

  /** None: findings are only reported. */
  NEVER = 'never',
}
