/** The kinds of scopes of a control. */
export type ControlScopeKind =
  | 'everything'
  | 'resourceTypes'
  | 'tag'
  | 'resource'
  | 'backupPlan'
  | 'backupVault';

/** A whole number, passed as a string. */
export interface NumberParameter {
  readonly kind: 'number';
  readonly unit: 'days' | 'minutes';
  readonly max?: number;
  readonly required?: boolean;
}

/** A duration in hours or days: the number in one parameter, the unit in another. */
export interface AgeParameter {
  readonly kind: 'age';
  readonly unitParameter: string;
  readonly hours: readonly [number, number];
  readonly days: readonly [number, number];
  /** The minimum that AWS recommends. */
  readonly recommendedDays?: number;
}

/** A comma-separated list of strings. */
export interface ListParameter {
  readonly kind: 'list';
  readonly item: RegExp;
  /** Describes the items, with an example. */
  readonly items: string;
  readonly max?: number;
}

export type ControlParameter = NumberParameter | AgeParameter | ListParameter;

/** What AWS documents about a control. */
export interface ControlFacts {
  readonly parameters: Readonly<Record<string, ControlParameter>>;
  /** The kinds of scopes beside everything. */
  readonly scopes: readonly ControlScopeKind[];
  readonly source: string;
  readonly asOf: string;
}

const CONTROLS = 'https://docs.aws.amazon.com/aws-backup/latest/devguide/controls-and-remediation.html';
const CONFIG = 'https://docs.aws.amazon.com/config/latest/developerguide/';
/** If the guide doesn't list the parameters, those of the AWS Config rule behind the control apply. */
const CONFIG_PROTECTED = `${CONFIG}ec2-resources-protected-by-backup-plan.html`;
const CONFIG_FREQUENCY = `${CONFIG}backup-plan-min-frequency-and-min-retention-check.html`;

const AS_OF = '2026-09-24';
const ANY = ['resourceTypes', 'tag', 'resource'] as const;
const MAX_DAYS = 36_500;

/** The controls of AWS Backup Audit Manager, by API name. */
export const CONTROL_FACTS: Readonly<Record<string, ControlFacts>> = {
  BACKUP_RESOURCES_PROTECTED_BY_BACKUP_PLAN: { parameters: {}, scopes: ANY, source: CONTROLS, asOf: AS_OF },
  BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK: {
    parameters: {
      requiredFrequencyValue: {
        kind: 'age',
        unitParameter: 'requiredFrequencyUnit',
        hours: [1, 24],
        days: [1, 31],
      },
      requiredRetentionDays: { kind: 'number', unit: 'days', max: MAX_DAYS },
    },
    scopes: ['tag', 'backupPlan'],
    source: CONFIG_FREQUENCY,
    asOf: AS_OF,
  },
  BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED: {
    parameters: {
      principalArnList: {
        kind: 'list',
        item: /^arn:[a-z-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/,
        items: 'ARNs of roles such as `arn:aws:iam::111122223333:role/BackupAdmin`',
        max: 5,
      },
    },
    scopes: ['tag', 'backupVault'],
    source: CONTROLS,
    asOf: AS_OF,
  },
  BACKUP_RECOVERY_POINT_ENCRYPTED: { parameters: {}, scopes: ['tag'], source: CONTROLS, asOf: AS_OF },
  BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK: {
    parameters: { requiredRetentionDays: { kind: 'number', unit: 'days', max: MAX_DAYS } },
    scopes: ['tag'],
    source: CONTROLS,
    asOf: AS_OF,
  },
  BACKUP_RESOURCES_PROTECTED_BY_CROSS_REGION: {
    parameters: {
      crossRegionList: {
        kind: 'list',
        item: /^[a-z]{2,4}(-[a-z]+)+-\d+$/,
        items: 'Regions such as `eu-west-1`',
      },
    },
    scopes: ANY,
    source: CONFIG_PROTECTED,
    asOf: AS_OF,
  },
  BACKUP_RESOURCES_PROTECTED_BY_CROSS_ACCOUNT: {
    parameters: {
      crossAccountList: { kind: 'list', item: /^\d{12}$/, items: '12-digit account IDs', max: 5 },
    },
    scopes: ANY,
    source: CONFIG_PROTECTED,
    asOf: AS_OF,
  },
  BACKUP_RESOURCES_PROTECTED_BY_BACKUP_VAULT_LOCK: {
    parameters: {
      minRetentionDays: { kind: 'number', unit: 'days', max: MAX_DAYS },
      maxRetentionDays: { kind: 'number', unit: 'days', max: MAX_DAYS },
    },
    scopes: ANY,
    source: CONFIG_PROTECTED,
    asOf: AS_OF,
  },
  BACKUP_LAST_RECOVERY_POINT_CREATED: {
    parameters: {
      recoveryPointAgeValue: {
        kind: 'age',
        unitParameter: 'recoveryPointAgeUnit',
        hours: [1, 744],
        days: [1, 31],
      },
    },
    scopes: ANY,
    source: CONTROLS,
    asOf: AS_OF,
  },
  RESTORE_TIME_FOR_RESOURCES_MEET_TARGET: {
    parameters: { maxRestoreTime: { kind: 'number', unit: 'minutes', required: true } },
    scopes: ANY,
    source: CONTROLS,
    asOf: AS_OF,
  },
  RESOURCES_IN_LOGICALLY_AIR_GAPPED_VAULT: {
    parameters: {
      recoveryPointAgeValue: {
        kind: 'age',
        unitParameter: 'recoveryPointAgeUnit',
        hours: [24, 2184],
        days: [1, 91],
        recommendedDays: 7,
      },
    },
    scopes: ['resourceTypes', 'resource'],
    source: CONTROLS,
    asOf: AS_OF,
  },
};
