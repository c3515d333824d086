/** What happens to shared settings when the construct that set them leaves the stack. */
export enum SettingsRemoval {
  /**
   * Settings that the construct changed get the value that they had before. A setting that another stack wants too, or
   * that somebody changed since, stays as it is.
   */
  RESTORE = 'RESTORE',

  /** All settings stay as they are. */
  KEEP = 'KEEP',
}
