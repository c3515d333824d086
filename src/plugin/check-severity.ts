/** The severity of a finding. */
export enum CheckSeverity {
  /** AWS refuses it, or backups certainly fail. */
  ERROR = 'error',

  /** It is silently ignored, weaker than it looks, or costs money. */
  WARNING = 'warning',

  /** It can't be determined before deployment. */
  NOTE = 'note',
}
