/**
 * What can no longer be done to a backup.
 */
export enum ImmutabilityLevel {
  /** The access policy of the vault, or a service control policy, denies deletion. */
  DENIAL = 'denial',
  /** A lock in governance mode, which a privileged user can remove. */
  GOVERNANCE = 'governance',
  /** A lock in compliance mode, or a logically air-gapped vault: nobody can remove it. */
  COMPLIANCE = 'compliance',
}

/**
 * The numbers that requirements are measured with. Hardly any clause has a number: where one does, that number applies, and can
 * only be made stricter. All others are choices of yours.
 */
export interface StandardThresholds {
  /**
   * The longest time between two backups: 1 to 8784 hours.
   *
   * @default - the number of the clause; otherwise 24, the default of AWS Config
   */
  readonly maxBackupIntervalHours?: number;

  /**
   * How long backups must be kept: 1 to 36500 days.
   *
   * @default - the number of the clause; otherwise 35, the default of AWS Config
   */
  readonly minRetentionDays?: number;

  /**
   * After how many days all backups must be deleted: 1 to 36500 days.
   *
   * @default - any number of days, but not forever
   */
  readonly maxRetentionDays?: number;

  /**
   * How long a lock that nobody can remove may keep data in backups after a request to erase it: 1 to 36500 days.
   *
   * @default - the number of the clause; otherwise 30, since GDPR 12(3) gives a month to answer a request
   */
  readonly maxErasureDays?: number;

  /**
   * The longest time between two restore tests: 1 to 1096 days.
   *
   * @default - the number of the clause; otherwise 365, which auditors expect
   */
  readonly maxTestIntervalDays?: number;

  /**
   * The longest time that a restore may take: 1 to 525600 minutes.
   *
   * @default - the number of the clause; otherwise it isn't measured
   */
  readonly maxRestoreTimeMinutes?: number;

  /**
   * How long reports must be kept: 1 to 36500 days.
   *
   * @default - the number of the clause; otherwise as long as the bucket keeps them
   */
  readonly minEvidenceRetentionDays?: number;

  /**
   * The Regions in which backups may be stored.
   *
   * @default - those of the standard, if it restricts them; otherwise any Region
   */
  readonly allowedRegions?: string[];

  /**
   * The weakest protection from deletion that counts.
   *
   * @default - that of the clause; otherwise ImmutabilityLevel.DENIAL
   */
  readonly immutability?: ImmutabilityLevel;

  /**
   * Whether only keys that you manage count as encryption.
   *
   * @default - as the clause requires; otherwise false
   */
  readonly ownKey?: boolean;

  /**
   * Whether a multi-party approval team must protect the backups.
   *
   * @default - as the clause requires; otherwise false
   */
  readonly approvalTeam?: boolean;

  /**
   * Whether restore tests must pick recovery points at random.
   *
   * @default - as the clause requires; otherwise false
   */
  readonly randomSample?: boolean;
}

/** The thresholds that are numbers. */
export type NumericThreshold =
  | 'maxBackupIntervalHours'
  | 'minRetentionDays'
  | 'maxRetentionDays'
  | 'maxErasureDays'
  | 'maxTestIntervalDays'
  | 'maxRestoreTimeMinutes'
  | 'minEvidenceRetentionDays';

/** What is known of a threshold that is a number. */
interface ThresholdFacts {
  readonly max: number;
  readonly unit: 'hours' | 'days' | 'minutes';
  /** Whether a larger or a smaller number is stricter. */
  readonly stricter: 'larger' | 'smaller';
  /** Used where neither the clause nor the user has a number. */
  readonly default?: number;
  /** Where the default comes from. */
  readonly defaultSource?: string;
}

const CONFIG_DEFAULT = 'the default of AWS Config, which no standard has';

/** All thresholds that are numbers, in the order of reports. */
export const THRESHOLD_FACTS: Readonly<Record<NumericThreshold, ThresholdFacts>> = {
  maxBackupIntervalHours: {
    max: 8_784,
    unit: 'hours',
    stricter: 'smaller',
    default: 24,
    defaultSource: CONFIG_DEFAULT,
  },
  minRetentionDays: {
    max: 36_500,
    unit: 'days',
    stricter: 'larger',
    default: 35,
    defaultSource: CONFIG_DEFAULT,
  },
  maxRetentionDays: { max: 36_500, unit: 'days', stricter: 'smaller' },
  maxErasureDays: {
    max: 36_500,
    unit: 'days',
    stricter: 'smaller',
    default: 30,
    defaultSource: 'GDPR 12(3) gives a month to answer a request; no clause says how long backups may take',
  },
  maxTestIntervalDays: {
    max: 1_096,
    unit: 'days',
    stricter: 'smaller',
    default: 365,
    defaultSource: 'what auditors expect; few clauses have a number',
  },
  maxRestoreTimeMinutes: { max: 525_600, unit: 'minutes', stricter: 'smaller' },
  minEvidenceRetentionDays: { max: 36_500, unit: 'days', stricter: 'larger' },
};

export const NUMERIC_THRESHOLDS = Object.keys(THRESHOLD_FACTS) as readonly NumericThreshold[];

/** Weakest first. */
export const IMMUTABILITY_LEVELS: readonly ImmutabilityLevel[] = [
  ImmutabilityLevel.DENIAL,
  ImmutabilityLevel.GOVERNANCE,
  ImmutabilityLevel.COMPLIANCE,
];
