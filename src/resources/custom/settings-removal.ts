/** What happens to shared settings when the construct that set them leaves the stack. */
export enum SettingsRemoval {
  /**
   * What the construct changed is set to what it was before; what somebody else wants as well, or has changed since,
   * stays as it is.
   */
  RESTORE = 'RESTORE',

  /** All stays as it is. */
  KEEP = 'KEEP',
}
