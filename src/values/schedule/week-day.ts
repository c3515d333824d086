/**
 * A day of the week, with the value that AWS's cron expressions use.
 */
export enum WeekDay {
  /** Sunday */
  SUNDAY = 'SUN',
  /** Monday */
  MONDAY = 'MON',
  /** Tuesday */
  TUESDAY = 'TUE',
  /** Wednesday */
  WEDNESDAY = 'WED',
  /** Thursday */
  THURSDAY = 'THU',
  /** Friday */
  FRIDAY = 'FRI',
  /** Saturday */
  SATURDAY = 'SAT',
}
