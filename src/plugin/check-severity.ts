/** How bad a finding of a check is. */
export enum CheckSeverity {
  /** AWS refuses it, or the backup certainly fails. */
  ERROR = 'error',

  /** It is silently ignored, works worse than it looks, or costs money. */
  WARNING = 'warning',

  /** Nothing certain is known before deployment. */
  NOTE = 'note',
}
